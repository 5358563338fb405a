"""The import of kit lists: each kit of the file is published as the first or the next version of its template."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from kits.contents import contents, load
from kits.enums import TemplateKind
from kits.models import KitTemplate, TemplateVersion
from kits.recipes import MOST_OF_ONE, check_lines
from kits.templates import DraftLine, create_template, new_draft, publish, save_draft
from network.models import House
from stock.catalogue_operations import create_item
from stock.enums import Category, Unit
from stock.formula import names_formula
from stock.models import Item
from web.errors import Refused
from web.imports.columns import CountField, RowForm, WordField
from web.imports.kinds import ImportKind
from web.imports.report import Plan, Row, RowError

CATEGORIES = {kind.value: kind for kind in Category if kind != Category.KIT}


class KitListRow(RowForm):
    kit = forms.CharField(max_length=80, help_text=_("The name of the kit: the rows of a kit have the same one."))
    item_fr = forms.CharField(max_length=120, help_text=_("The article in French; one that is new is added."))
    item_en = forms.CharField(max_length=120, required=False)
    category = WordField(CATEGORIES)
    quantity = CountField(minimum=1, maximum=MOST_OF_ONE)
    unit = WordField({unit.value: unit for unit in Unit if unit != Unit.KIT}, required=False, empty=Unit.PIECE.value)
    size_or_note = forms.CharField(max_length=120, required=False, help_text=_("A note for the packers."))
    source = forms.CharField(max_length=200, required=False, help_text=_("Where the list comes from; it is not kept."))


@dataclass
class KitList:
    """The rows of one kit, the template that has its name, and its latest published version."""

    name: str
    rows: list[Row]
    template: KitTemplate | None
    version: TemplateVersion | None

    def lines(self, items: dict[str, Item]) -> list[DraftLine]:
        return [
            DraftLine((items[row.data["item_fr"]],), row.data["quantity"], note=row.data["size_or_note"])
            for row in self.rows
        ]

    def is_unchanged(self, items: dict[str, Item]) -> bool:
        """Whether the version holds just these articles, so many of each, with these notes; substitutes may differ."""
        if self.version is None:
            return False
        own = [line for line in contents(self.version) if line.part.pk == self.version.pk]
        held = [(line.item.pk, line.quantity, line.note) for line in own]
        return held == [(line.items[0].pk, line.quantity, line.note) for line in self.lines(items)]


class KitListsImport(ImportKind):
    slug = "kit-lists"
    label = _("kit lists")
    row_form = KitListRow

    def plan(self, rows: Sequence[Row], acting: Any) -> Plan:
        """Compare each kit with the latest version of the template of its name."""
        items = _known_items(acting.house)
        for row in rows:
            items.setdefault(row.data["item_fr"], _new_item(acting.house, row))
        plan = Plan(work=([], items))
        for kit in _kits(acting.house, rows):
            if error := _wrong(kit, items, acting.house):
                plan.errors.append(error)
            elif kit.is_unchanged(items):
                plan.unchanged += 1
            else:
                plan.change += bool(kit.template)
                plan.create += not kit.template
                plan.work[0].append(kit)
        return plan

    def apply(self, plan: Plan, acting: Any) -> None:
        kits, items = plan.work
        for kit in kits:
            for name in {row.data["item_fr"] for row in kit.rows}:
                if items[name].pk is None:
                    items[name] = _added(items[name], acting.user)
            template = kit.template or create_template(house=acting.house, name=kit.name, actor=acting.user)
            draft = new_draft(template=template, actor=acting.user)
            parts = list(kit.version.parts.all()) if kit.version else []
            save_draft(version=draft, lines=kit.lines(items), parts=parts, actor=acting.user)
            publish(version=draft, actor=acting.user)


def _known_items(house: House) -> dict[str, Item]:
    """By French name; where an article is there in several sizes, the one without a size or the first."""
    items = Item.objects.filter(house=house).loose().order_by("-size")
    return {item.name: item for item in items}


def _new_item(house: House, row: Row) -> Item:
    data = row.data
    return Item(
        house=house,
        name=data["item_fr"],
        name_en=data["item_en"],
        category=data["category"],
        unit=data["unit"],
        is_formula=names_formula(data["item_fr"], data["item_en"]),
    )


def _added(item: Item, actor: User) -> Item:
    fields = {name: getattr(item, name) for name in ("name", "name_en", "category", "unit")}
    return create_item(house=item.house, actor=actor, **fields)


def _kits(house: House, rows: Sequence[Row]) -> list[KitList]:
    templates = {template.name: template for template in KitTemplate.objects.filter(house=house)}
    versions = list(TemplateVersion.objects.current().filter(template__house=house).with_contents())
    load(versions)
    by_template = {version.template_id: version for version in versions}
    kits: dict[str, KitList] = {}
    for row in rows:
        name = row.data["kit"]
        template = templates.get(name)
        version = by_template.get(template.pk) if template else None
        kits.setdefault(name, KitList(name, [], template, version)).rows.append(row)
    return list(kits.values())


def _wrong(kit: KitList, items: dict[str, Item], house: House) -> RowError | None:
    first = kit.rows[0]
    if kit.template and kit.template.versions.drafts().filter(lines__isnull=False).exists():
        return RowError(
            first.number,
            "kit",
            kit.name,
            _("Somebody is writing the next version of this template."),
            _("Publish or empty its draft first, then import the file again."),
        )
    if kit.template and kit.template.kind == TemplateKind.MODULE:
        return RowError(
            first.number, "kit", kit.name, _("This is the name of a module, not of a kit."), _("Choose another name.")
        )
    try:
        check_lines(house.pk, kit.lines(items))
    except Refused as refused:
        row = kit.rows[refused.line or 0]
        return RowError(row.number, "item_fr", row.data["item_fr"], str(refused), _("Correct the row, or delete it."))
    return None
