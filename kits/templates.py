"""Templates and their versions: a draft is written and written again, then published once, and never changes after."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from kits.contents import contents, grams, is_weight_assumed
from kits.enums import TemplateKind
from kits.models import AcceptedItem, KitLine, KitTemplate, TemplateVersion
from kits.naming import name_article, name_articles
from kits.recipes import check_lines, check_parts
from network.models import House
from stock.enums import Category, Unit
from stock.models import Item
from web.errors import Refused


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One line as it was typed: so many of the first of `items`, or of those after it, its substitutes in order."""

    items: tuple[Item, ...]
    quantity: int
    is_optional: bool = False
    note: str = ""


def create_template(
    *, house: House, name: str, actor: User, name_en: str = "", kind: str = TemplateKind.KIT
) -> KitTemplate:
    """Open a template with an empty draft of its first version; the same form again answers the first.

    Raises Refused where the name is taken.
    """
    with transaction.atomic():
        same = KitTemplate.objects.filter(
            house=house, name=name.strip(), name_en=name_en.strip(), kind=kind
        ).untouched()
        if same.exists():
            return same.get()
        template = KitTemplate(house=house, kind=kind)
        _name(template, name, name_en, actor)
        _save(TemplateVersion(template=template, number=1), actor)
    return template


def rename_template(*, template: KitTemplate, name: str, name_en: str, is_active: bool, actor: User) -> None:
    """Change how a template and its kits are called, and whether it is still in use; what its versions hold stays."""
    with transaction.atomic():
        template.is_active = is_active
        _name(template, name, name_en, actor)
        name_articles(template, actor)


def new_draft(*, template: KitTemplate, actor: User) -> TemplateVersion:
    """Open the next version as a draft that holds what the latest one holds, or answer the draft that is there."""
    with transaction.atomic():
        KitTemplate.objects.select_for_update(no_key=True).get(pk=template.pk)
        versions = template.versions.all()
        draft = versions.drafts().first()
        if draft:
            return draft
        latest = versions.published().with_contents().first()
        number = (versions.aggregate(last=Max("number"))["last"] or 0) + 1
        draft = _save(TemplateVersion(template=template, number=number), actor)
        if latest:
            own = [line for line in contents(latest) if line.part.pk == latest.pk]
            _write(draft, [DraftLine(line.items, line.quantity, line.is_optional, line.note) for line in own])
            draft.parts.add(*latest.parts.all())
    return draft


def save_draft(
    *, version: TemplateVersion, lines: Sequence[DraftLine], actor: User, parts: Sequence[TemplateVersion] = ()
) -> None:
    """Make `lines`, in their order, and `parts` all that the draft holds. The number of statements does not grow.

    Raises Refused, with the line, for infant formula, a kit in a kit, an article twice, a quantity out of 1 to 999; and
    for a part that may not be one.
    """
    template = version.template
    check_lines(template.house_id, lines)
    check_parts(template, parts)
    with transaction.atomic():
        _lock_draft(version)
        version.lines.all().delete()
        _write(version, lines)
        version.parts.set(parts)
        _save(version, actor, update_fields=["number"])  # nothing of its own changed: who wrote it, and when
    version.content_lines = None


def publish(*, version: TemplateVersion, actor: User) -> TemplateVersion:
    """Freeze a draft. A kit gets the article under which its kits are counted; a version published already is answered.

    Raises Refused where nothing obligatory is in it, or where a line or a part may no longer be there.
    """
    with transaction.atomic():
        version = TemplateVersion.objects.select_for_update(of=("self",)).with_contents().get(pk=version.pk)
        if version.is_published:
            return version
        lines = contents(version)
        if not any(not line.is_optional for line in lines):
            raise Refused(_("Put at least one article that is not optional into the kit before you publish it."))
        own = [line for line in lines if line.part.pk == version.pk]
        check_lines(version.template.house_id, [DraftLine(line.items, line.quantity) for line in own])
        check_parts(version.template, version.parts.select_related("template"))
        if version.template.kind == TemplateKind.KIT:
            version.item = _counted_as(version, actor)
        version.published_on = timezone.localdate()
        _save(version, actor, update_fields=["item", "published_on"])
        name_articles(version.template, actor)
    return version


def _save(version: TemplateVersion, actor: User, **kwargs: Any) -> TemplateVersion:
    version._history_user = actor  # type: ignore[attr-defined]  # read by simple_history
    version.save(**kwargs)
    return version


def _counted_as(version: TemplateVersion, actor: User) -> Item:
    lines = contents(version)
    item = name_article(version, is_only=not version.template.versions.exclude(item=None).exists())
    item.category, item.unit = Category.KIT, Unit.KIT
    item.grams, item.is_weight_assumed = grams(lines) or None, is_weight_assumed(lines)
    item._history_user = actor  # type: ignore[attr-defined]
    item.save()
    return item


def _name(template: KitTemplate, name: str, name_en: str, actor: User) -> None:
    template.name, template.name_en = name.strip(), name_en.strip()
    namesakes = KitTemplate.objects.filter(house=template.house_id, name=template.name).exclude(pk=template.pk)
    if namesakes.exists():
        raise Refused(
            _("A kit template is called “%(name)s” already. Choose another name.") % {"name": template.name},
            field="name",
        )
    template._history_user = actor  # type: ignore[attr-defined]
    template.save()


def _lock_draft(version: TemplateVersion) -> None:
    now = TemplateVersion.objects.select_for_update().get(pk=version.pk)
    if now.is_published:
        raise Refused(_("This version is published: it does not change any more. Prepare a new version from it."))


def _write(version: TemplateVersion, lines: Sequence[DraftLine]) -> None:
    rows = KitLine.objects.bulk_create(
        KitLine(
            version=version, position=position, quantity=line.quantity, is_optional=line.is_optional, note=line.note
        )
        for position, line in enumerate(lines, start=1)
    )
    AcceptedItem.objects.bulk_create(
        AcceptedItem(line=row, item=item, position=position)
        for row, line in zip(rows, lines, strict=True)
        for position, item in enumerate(line.items)
    )
