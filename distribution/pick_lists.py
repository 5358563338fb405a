"""The pick list of a shipment: what to take from the shelf, and where. It says nothing of who receives it."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone

from distribution.enums import ShipmentState
from distribution.models import Shipment, ShipmentKit
from kits.models import Kit
from printing.internal import render_internal
from printing.papers import Told
from stock.lots import can_be_given
from stock.models import Balance, Reservation
from stock.pick_rows import Missing, Shelf, shelves
from stock.picking import Want, pick

WITH_PICK_LIST = (ShipmentState.DRAFT, ShipmentState.PACKED)


@dataclass(frozen=True, slots=True)
class PickList:
    """Of a draft what the shelf would give now, of a packed shipment what is kept for it."""

    shelves: list[Shelf]
    missing: list[Missing]

    @property
    def pieces(self) -> int:
        return sum(shelf.pieces for shelf in self.shelves)


def pick_list(shipment: Shipment) -> PickList:
    """First expired first out, kits by their codes once these are chosen; the statements do not grow with the lines."""
    if shipment.state == ShipmentState.DRAFT:
        return _of_draft(shipment)
    reservations = Reservation.objects.filter(holder=shipment.packing_id).select_related(
        "balance__lot__item", "balance__place__site"
    )
    taken = [(reservation.balance, reservation.quantity) for reservation in reservations]
    return PickList(shelves(taken, _codes(shipment)), [])


def render_pick_list(shipment: Shipment, found: PickList, told: Told | None = None) -> bytes:
    context = {"shipment": shipment, "found": found, "house": shipment.house, "printed_at": timezone.now()}
    return render_internal("distribution/shipment_pick_list.html", [context], title=str(shipment), told=told)


def _of_draft(shipment: Shipment) -> PickList:
    lines = list(shipment.lines.select_related("item"))
    day = max(timezone.localdate(), shipment.planned_on)
    here = Balance.objects.at(shipment.place).free().filter(lot__item__in=[line.item_id for line in lines])
    free = [balance for balance in here.for_display() if can_be_given(balance.lot, day=day)]
    picks = pick([Want((line.item,), line.quantity, is_optional=True) for line in lines], free)
    taken: dict[int, int] = defaultdict(int)
    for balance, quantity in picks:
        taken[balance.lot.item_id] += quantity
    short = [(line, line.quantity - taken[line.item_id]) for line in lines]
    return PickList(shelves(picks), [Missing(line.item, line.quantity, lack) for line, lack in short if lack])


def _codes(shipment: Shipment) -> dict[int, list[Kit]]:
    codes: dict[int, list[Kit]] = defaultdict(list)
    for row in ShipmentKit.objects.filter(shipment=shipment).select_related("kit").order_by("kit__code"):
        codes[row.kit.lot_id].append(row.kit)
    return codes
