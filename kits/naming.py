"""How kits are called: as their template is; with the version too once it has several that kits are made of.

The article of each version bears that name, and lists and papers say it. Who works on versions reads the number.
"""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from kits.models import KitTemplate, TemplateVersion
from stock.models import Item
from web.errors import Refused


def name_article(version: TemplateVersion, *, is_only: bool) -> Item:
    """The article under which kits of `version` are counted, with its name as it should be; nothing is saved.

    The number is said of the only version too where another article is called as the template is. Raises Refused where
    that name is taken as well.
    """
    template = version.template
    item = version.item or Item(house_id=template.house_id)
    others = Item.objects.filter(house=template.house_id, size="").exclude(pk=item.pk)
    is_plain = is_only and not others.filter(name=template.name).exists()
    item.name, item.name_en = (
        name if is_plain or not name else f"{name}, version {version.number}"
        for name in (template.name, template.name_en)
    )
    if others.filter(name=item.name).exists():
        raise Refused(
            _("An article is called “%(name)s” already, so the kits could not be counted. Rename one of the two.")
            % {"name": item.name},
            field="name",
        )
    return item


def name_articles(template: KitTemplate, actor: User) -> None:
    """Call the articles of the versions of a template as they should be, after one was added or it was renamed."""
    items = list(Item.objects.filter(kit_version__template=template).select_related("kit_version__template"))
    for item in items:
        before = (item.name, item.name_en)
        item.kit_version.item = item
        name_article(item.kit_version, is_only=len(items) == 1)
        if (item.name, item.name_en) != before:
            item._history_user = actor  # type: ignore[attr-defined]  # read by simple_history
            item.save(update_fields=["name", "name_en"])
