"""What the printed papers say: the slip inside a kit, and the packing slip of a shipment."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from distribution.models import Shipment
from kits.contents import ContentLine, contents, load
from kits.models import Kit, Pack, TemplateVersion
from printing.pdf import render_pdf
from stock.codes import spoken
from stock.enums import Category, PlaceKind
from stock.models import Item, Movement

MOST_SLIPS = 50  # on one PDF: some seconds of work
Taken = dict[int, dict[int, int]]


@dataclass(frozen=True, slots=True)
class Row:
    quantity: int
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one category, in the order of the categories."""

    label: str
    rows: Sequence[Row]


def kit_slip(pack: Pack, kits: Sequence[Kit]) -> bytes:
    """The slips that lie inside `kits` of `pack`, one a page: contents and code, and no name of anybody."""
    groups = _contents(pack.version, [pack], _taken([pack]))
    return render_pdf("distribution/kit_slip.html", {"slips": [{"kit": kit, "groups": groups} for kit in kits]})


def shipment_slip(shipment: Shipment) -> bytes:
    """The packing slip: to count by, and to sign, or for a confidential place with a code to send back.

    That of a confidential place says its pseudonym and its relay point, and its file says nothing of itself.
    """
    lines = list(shipment.lines.select_related("item"))
    weights = [_grams(line.item, line.quantity) for line in lines]
    for line, grams in zip(lines, weights, strict=True):
        line.weight = _kilograms(grams)  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "shipment": shipment,
        "lines": lines,
        "weight": _kilograms(sum(grams or 0 for grams in weights) or None),
        "is_weight_whole": None not in weights,
        "kinds": _kinds(shipment),
        "receipt_code": spoken(shipment.receipt_code),
    }
    title = None if shipment.organisation.is_confidential else str(shipment)
    return render_pdf("distribution/shipment_slip.html", context, title=title)


def _kinds(shipment: Shipment) -> list[dict[str, Any]]:
    """Each kind of kit of the shipment, with its contents and its codes; none once these are forgotten."""
    kits = list(Kit.objects.filter(in_shipment__shipment=shipment).order_by("code"))
    packs = list(
        Pack.objects.filter(lot__in={kit.lot_id for kit in kits})
        .select_related("version__template", "version__item")
        .order_by("pk")
    )
    load([pack.version for pack in packs])
    taken, by_item = _taken(packs), defaultdict(list)
    for pack in packs:
        by_item[pack.version.item].append(pack)
    return [
        {
            "item": item,
            "groups": _contents(group[0].version, group, taken),
            "codes": [kit for kit in kits if kit.lot_id in {pack.lot_id for pack in group}],
        }
        for item, group in by_item.items()
    ]


def _taken(packs: Iterable[Pack]) -> Taken:
    """How many of each article went into each of `packs`, by operation and item id; one statement."""
    moved = Movement.objects.filter(operation__in=[pack.operation_id for pack in packs], target__kind=PlaceKind.PACKED)
    taken: Taken = defaultdict(dict)
    for operation, item, quantity in moved.order_by().values_list("operation", "lot__item").annotate(Sum("quantity")):
        taken[operation][item] = quantity
    return taken


def _contents(version: TemplateVersion, packs: Sequence[Pack], taken: Taken) -> list[Group]:
    """What kits of `version` hold as `packs` made them: the substitutes that were put in, and nothing that was not."""
    left: dict[int, int] = defaultdict(int)
    for pack in packs:
        for item, quantity in taken.get(pack.operation_id, {}).items():
            left[item] += quantity
    count = sum(pack.quantity for pack in packs)
    lines = list(contents(version))
    used = {
        index: _used(lines[index], count, left)
        for index in sorted(range(len(lines)), key=lambda index: lines[index].is_optional)
    }
    rows: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for index, line in enumerate(lines):
        items, is_whole = used[index]
        if items:
            rows[items[0].category][_words(items, is_whole)] += line.quantity
    return [
        Group(str(category.label), [Row(quantity, text) for text, quantity in rows[category].items()])
        for category in Category
        if category in rows
    ]


def _used(line: ContentLine, count: int, left: dict[int, int]) -> tuple[list[Item], bool]:
    """The articles that a line of `count` kits took from what is `left` of the packs, and whether every kit has it."""
    need, items = line.quantity * count, []
    for item in line.items:
        taking = min(need, left[item.pk])
        if taking:
            items.append(item)
            left[item.pk] -= taking
            need -= taking
    return items, not need


def _words(items: Sequence[Item], is_whole: bool) -> str:
    """ "Soap"; where some kits hold another article, "Soap or Gel"; where some hold none, "Soap (in some kits)"."""
    text = str(items[0])
    for item in items[1:]:
        text = _("%(article)s or %(other)s") % {"article": text, "other": item}
    return text if is_whole else _("%(article)s (in some kits)") % {"article": text}


def _grams(item: Item, quantity: int) -> int | None:
    return None if item.grams is None else item.grams * quantity


def _kilograms(grams: int | None) -> str:
    """In kilograms with one decimal, the reader's way; a dash where nobody knows."""
    if grams is None:
        return "–"
    return _("%(number)s kg") % {"number": number_format(grams / 1000, 1, force_grouping=True)}
