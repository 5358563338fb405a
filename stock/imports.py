"""The import of articles: made or changed by name and size; what the file leaves out stays as it is."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.acting import Acting
from stock.catalogue_forms import MOST_GRAMS
from stock.catalogue_operations import change_item, clean_gtin, create_item
from stock.enums import Category, DateRule, Unit
from stock.formula import names_formula
from stock.models import Item
from web.errors import Refused
from web.imports.columns import CountField, RowForm, WordField, YesNoField
from web.imports.kinds import ImportKind
from web.imports.report import Plan, Row, RowError


class GtinsField(forms.CharField):
    """Several GTINs, separated by spaces. Its value is a list of 14 digits each."""

    remedy = _("Read the number under the bar code again; separate several by spaces.")

    def clean(self, value: Any) -> list[str]:
        try:
            return [clean_gtin(word) for word in super().clean(value).replace(",", " ").split()]
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from None


class ItemRow(RowForm):
    name = forms.CharField(max_length=120)
    name_en = forms.CharField(max_length=120, required=False)
    category = WordField({kind.value: kind for kind in Category if kind != Category.KIT})
    unit = WordField({unit.value: unit for unit in Unit if unit != Unit.KIT}, required=False, empty=Unit.PIECE)
    gtin = GtinsField(required=False)
    grams = CountField(required=False, minimum=1, maximum=MOST_GRAMS)
    date_rule = WordField({rule.value: rule for rule in DateRule}, required=False, empty=DateRule.NONE)
    formula = YesNoField(required=False)
    size = forms.CharField(max_length=60, required=False)

    def clean(self) -> dict[str, Any]:
        """Keep what the row says, under the names of an article's fields: an empty cell takes nothing away."""
        said = super().clean() or {}
        data = {name: value for name, value in said.items() if str(self.data.get(name) or "").strip()}
        data["size"] = data.get("size", "")
        if "formula" in data:
            data["is_formula"] = data.pop("formula")
        if names_formula(data.get("name", ""), data.get("name_en", "")):
            data["is_formula"] = True
        if "grams" in data:
            data["is_weight_assumed"] = False
        return data


class ItemsImport(ImportKind):
    slug = "items"
    label = _("articles")
    row_form = ItemRow

    def plan(self, rows: Sequence[Row], acting: Acting) -> Plan:
        """Compare each row with the article of its name and size; a GTIN leads to one article alone."""
        items = Item.objects.filter(house=acting.house).prefetch_related("gtins")
        known = {(item.name, item.size): item for item in items}
        owners = {gtin.code: gtin.item_id for item in known.values() for gtin in item.gtins.all()}
        plan = Plan(work=[])
        seen: dict[Any, int] = {}
        for row in rows:
            item = known.get((row.data["name"], row.data["size"]))
            error = _clash(row, item, owners, seen)
            if error:
                plan.errors.append(error)
            else:
                _add(plan, item, dict(row.data))
        return plan

    def apply(self, plan: Plan, acting: Acting) -> None:
        for item, fields, gtins in plan.work:
            if item is None:
                create_item(house=acting.house, actor=acting.user, gtins=gtins, **fields)  # type: ignore[arg-type]
            else:
                kept = {gtin.code for gtin in item.gtins.all()}
                change_item(item=item, actor=acting.user, gtins=kept | set(gtins), **fields)


def _add(plan: Plan, item: Item | None, fields: dict[str, Any]) -> None:
    """Put a row into the plan: a new article, a change, or nothing to do."""
    gtins = fields.pop("gtin", [])
    if item is None:
        plan.create += 1
    elif _says_something_new(item, fields, gtins):
        plan.change += 1
    else:
        plan.unchanged += 1
        return
    plan.work.append((item, fields, gtins))


def _says_something_new(item: Item, fields: dict[str, Any], gtins: list[str]) -> bool:
    if set(gtins) - {gtin.code for gtin in item.gtins.all()}:
        return True
    return any(getattr(item, name) != value for name, value in fields.items())


def _clash(row: Row, item: Item | None, owners: dict[str, int], seen: dict[Any, int]) -> RowError | None:
    """What the row says that another row or another article says already, or None; and note what it says."""
    name = (row.data["name"], row.data["size"])
    if item is not None and item.is_kit:
        return _error(row, "name", name[0], _("This is the name of a kit."), _("Give the article another name."))
    first = seen.setdefault(name, row.number)
    if first != row.number:
        return _error(row, "name", name[0], _("This name and size come twice in the file."), _("Keep one of the rows."))
    for code in row.data.get("gtin", []):
        if seen.setdefault(code, row.number) != row.number or owners.get(code, item and item.pk) != (item and item.pk):
            sentence = _("This GTIN belongs to another article.")
            return _error(row, "gtin", code, sentence, _("Read the number on both articles and keep it with one."))
    return None


def _error(row: Row, column: str, value: str, sentence: Promise | str, remedy: Promise | str) -> RowError:
    return RowError(row.number, column, value, sentence, remedy)
