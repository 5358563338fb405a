"""What the packing slip of a shipment says."""

from collections import defaultdict
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from distribution.inside import taken_by, what_is_inside
from distribution.models import Shipment
from kits.contents import load
from kits.models import Kit, Pack
from printing.internal import render_internal
from printing.papers import Told
from printing.pdf import render_pdf
from stock.codes import spoken
from stock.models import Item

TEMPLATE = "distribution/shipment_slip.html"
LIGHT = 1000  # grams: one decimal of a kilogram says too little of less


def shipment_slip(shipment: Shipment, told: Told | None = None) -> bytes:
    """The packing slip: to count by, and to sign, or for a confidential place with a code to send back.

    It bears the mark and no name of the house. That of a confidential place bears neither: its pseudonym, its relay
    point, and its file says nothing of itself.
    """
    if shipment.organisation.is_confidential:
        return render_pdf(TEMPLATE, {**_contents(shipment), "base": "printing/paper.html"})
    context = {**_contents(shipment), "base": "printing/internal.html"}
    return render_internal(TEMPLATE, [context], title=str(shipment), told=told)


def _contents(shipment: Shipment) -> dict[str, Any]:
    lines = list(shipment.lines.select_related("item"))
    weights = [_grams(line.item, line.quantity) for line in lines]
    for line, grams in zip(lines, weights, strict=True):
        line.weight = _weight(grams)  # type: ignore[attr-defined]
    return {
        "shipment": shipment,
        "lines": lines,
        "weight": _weight(sum(grams or 0 for grams in weights) or None),
        "is_weight_whole": None not in weights,
        "kinds": _kinds(shipment),
        "receipt_code": shipment.receipt_code and spoken(shipment.receipt_code),
    }


def _kinds(shipment: Shipment) -> list[dict[str, Any]]:
    """Each kind of kit of the shipment, with its contents and its codes; none once these are forgotten."""
    kits = list(Kit.objects.filter(in_shipment__shipment=shipment).order_by("code"))
    packs = list(
        Pack.objects.filter(lot__in={kit.lot_id for kit in kits})
        .select_related("version__template", "version__item")
        .order_by("pk")
    )
    load([pack.version for pack in packs])
    taken, by_item = taken_by(packs), defaultdict(list)
    for pack in packs:
        by_item[pack.version.item].append(pack)
    return [
        {
            "item": item,
            "groups": what_is_inside(group[0].version, group, taken),
            "codes": [kit for kit in kits if kit.lot_id in {pack.lot_id for pack in group}],
        }
        for item, group in by_item.items()
    ]


def _grams(item: Item, quantity: int) -> int | None:
    return None if item.grams is None else item.grams * quantity


def _weight(grams: int | None) -> str:
    """In kilograms with one decimal, the reader's way; what is light in grams, and a dash where nobody knows."""
    if grams is None:
        return "–"
    if grams < LIGHT:
        return _("%(number)s g") % {"number": grams}
    return _("%(number)s kg") % {"number": number_format(grams / 1000, 1, force_grouping=True)}
