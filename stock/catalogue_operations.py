"""What is done to the catalogue: articles and their GTINs. The same article twice is one article."""

from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from stdnum import ean
from stdnum.exceptions import ValidationError as NotAGtin

from accounts.models import User
from network.models import House
from stock.enums import Category, Unit
from stock.formula import names_formula
from stock.models import Gtin, Item, Lot
from web.errors import Refused

FIELDS = (
    "name",
    "name_en",
    "size",
    "category",
    "unit",
    "grams",
    "is_weight_assumed",
    "date_rule",
    "is_formula",
    "is_active",
)


def clean_gtin(typed: str) -> str:
    """The GTIN behind what was typed or scanned, padded to its 14 digits; Refused where its check digit is wrong.

    GTIN-8, -12, -13 and -14 (GS1 General Specifications, section 7.9).
    """
    digits = "".join(typed.replace("-", "").split())
    try:
        ean.validate(digits)
    except NotAGtin:
        raise Refused(
            _(
                "%(typed)s is not a GTIN: it has 8, 12, 13 or 14 digits, and the last one checks the others."
                " Read it again."
            )
            % {"typed": typed[:20]},
            field="gtins",
        ) from None
    return digits.zfill(14)


def create_item(*, house: House, actor: User, gtins: Collection[str] = (), **fields: Any) -> Item:
    """Add an article to the catalogue of `house`; the very same one again is answered and changes nothing.

    `fields` are those of FIELDS; what is named like infant formula is marked as it. Raises Refused where another
    article has this name and size or one of the GTINs, and for a kit, whose article comes from publishing its template.
    """
    fields["is_formula"] = fields.get("is_formula", False) or names_formula(fields["name"], fields.get("name_en", ""))
    with transaction.atomic():
        item = Item.objects.filter(house=house, name=fields["name"], size=fields.get("size", "")).first()
        if item is not None:
            if _differs(item, fields) or set(gtins) - set(
                Gtin.objects.filter(item=item).values_list("code", flat=True)
            ):
                raise Refused(_("An article of this name and size exists already."), field="name")
            return item
        item = Item(house=house, **fields)
        _check(item)
        _save(item, actor)
        if gtins:
            _set_gtins(item, gtins)
    return item


def change_item(*, item: Item, actor: User, gtins: Collection[str] | None = None, **fields: Any) -> Item:
    """Change an article: `fields` are those of FIELDS; `gtins`, where given, are all that it has from now on.

    Raises Refused as `create_item` does, and where infant formula that came in would be so no more.
    """
    if names_formula(fields.get("name", item.name), fields.get("name_en", item.name_en)):
        fields["is_formula"] = True
    with transaction.atomic():
        _check_formula(item, fields)
        alike = Item.objects.filter(
            house=item.house_id, name=fields.get("name", item.name), size=fields.get("size", item.size)
        )
        if alike.exclude(pk=item.pk).exists():
            raise Refused(_("An article of this name and size exists already."), field="name")
        has_new_gtins = gtins is not None and _set_gtins(item, gtins)
        if has_new_gtins or _differs(item, fields):
            for name, value in fields.items():
                setattr(item, name, value)
            _check(item)
            _save(item, actor)
    return item


def attach_gtin(*, item: Item, code: str, actor: User) -> Item:
    """Say that the GTIN `code`, of 14 digits, is printed on `item`; said again it changes nothing.

    Raises Refused where it is printed on another article, which is named, and for a kit.
    """
    try:
        with transaction.atomic():
            _check_free(item, [code], field="code")
            _check(item)
            _made, is_new = Gtin.objects.get_or_create(house_id=item.house_id, item=item, code=code)
            if is_new:
                _save(item, actor)
    except IntegrityError:  # somebody attached it at the same moment
        _check_free(item, [code], field="code")
    return item


def _differs(item: Item, fields: dict[str, Any]) -> bool:
    return any(getattr(item, name) != value for name, value in fields.items())


def _check_formula(item: Item, fields: dict[str, Any]) -> None:
    if item.is_formula and not fields.get("is_formula", True) and Lot.objects.filter(item=item).exists():
        raise Refused(
            _("%(item)s came in as infant formula, a bottle or a teat, and stays so. Add another article instead.")
            % {"item": item},
            field="is_formula",
        )


def _check(item: Item) -> None:
    if item.category == Category.KIT or item.unit == Unit.KIT:
        raise Refused(_("A kit comes from its template: publish one, and its article is made."), field="category")


def _save(item: Item, actor: User) -> None:
    item._history_user = actor  # type: ignore[attr-defined]  # read by simple_history
    item.save()


def _set_gtins(item: Item, gtins: Collection[str]) -> bool:
    """Give the article these GTINs and no other, and answer whether that changed any.

    Raises Refused where one belongs to another article, which is named.
    """
    codes = list(dict.fromkeys(gtins))
    _check_free(item, codes)
    own = Gtin.objects.filter(item=item)
    gone, _by_model = own.exclude(code__in=codes).delete()
    kept = set(own.values_list("code", flat=True))
    new = [Gtin(house_id=item.house_id, item=item, code=code) for code in codes if code not in kept]
    Gtin.objects.bulk_create(new)
    return bool(gone or new)


def _check_free(item: Item, codes: Collection[str], *, field: str = "gtins") -> None:
    """Raise Refused where one of `codes` is printed on another article of the house."""
    taken = Gtin.objects.filter(house=item.house_id, code__in=codes).exclude(item=item).select_related("item").first()
    if taken:
        raise Refused(
            _("The GTIN %(code)s belongs to “%(item)s” already.") % {"code": taken.code, "item": taken.item},
            field=field,
        )
