"""Shipments from the shelf to the door of an organisation. Each function is all or nothing, and once for a key."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from distribution.drafts import check_destination, check_items, locked
from distribution.enums import AcknowledgedBy, ShipmentState
from distribution.models import Shipment, ShipmentKit, ShipmentLine
from kits.enums import KitState
from kits.models import Kit
from stock.codes import clean_code, new_code
from stock.enums import OperationKind, PlaceKind
from stock.ledger import Move, MovedOn, forget, held_by, lock, operate, post, release, reserve
from stock.lots import can_be_given, check_can_be_given
from stock.models import Operation, Place
from stock.operations import reverse, virtual_place
from stock.picking import Picks, Want, pick
from web.errors import Refused
from web.forms import MOST_PIECES


def pack_shipment(*, shipment: Shipment, actor: User, key: str) -> Operation:
    """Reserve what the lines ask for, first expired first out, and keep the kits, oldest lots first.

    Raises NotEnoughStock, which names every article that is short, and changes nothing. What could not be given any
    more on the planned day stays on the shelf.
    """

    def work(operation: Operation) -> None:
        draft = locked(shipment, ShipmentState.DRAFT)
        check_destination(draft.organisation, draft.mode)
        lines = list(draft.lines.select_related("item"))
        check_items(line.item for line in lines)
        day = max(timezone.localdate(), draft.planned_on)
        free = [b for b in lock(draft.place, [line.item for line in lines]) if can_be_given(b.lot, day=day)]
        picks = pick([Want((line.item,), line.quantity) for line in lines], free)
        reserve(operation, dict(picks))
        _hold(draft, picks)
        draft.state, draft.packing = ShipmentState.PACKED, operation
        draft.receipt_code = new_code() if draft.organisation.is_confidential else ""
        draft.save(update_fields=["state", "packing", "receipt_code"])

    return _operate(OperationKind.RESERVE, key, work, shipment, actor)


def cancel_shipment(*, shipment: Shipment, actor: User, key: str) -> None:
    """Give a draft or a packed shipment up: what it kept is free again. Of one that was cancelled nothing changes."""

    def work(operation: Operation) -> None:
        packed = locked(shipment, ShipmentState.PACKED)
        release(held_by(Operation.objects.get(packed_shipment=packed)))
        _free_kits(packed)
        ShipmentKit.objects.filter(shipment=packed).delete()
        _cancel(packed, actor)

    if Shipment.objects.filter(pk=shipment.pk, state=ShipmentState.PACKED).exists():
        _operate(OperationKind.RELEASE, key, work, shipment, actor)
    else:
        with transaction.atomic():
            _cancel(locked(shipment, ShipmentState.DRAFT, ShipmentState.CANCELLED), actor)


def _cancel(shipment: Shipment, actor: User) -> None:
    shipment.cancelled_by = shipment.cancelled_by or actor
    shipment.state, shipment.receipt_code = ShipmentState.CANCELLED, ""
    shipment.save(update_fields=["state", "receipt_code", "cancelled_by"])


def hand_over_shipment(*, shipment: Shipment, actor: User, key: str) -> Operation:
    """The organisation, or who brings it there, takes the shipment: its goods leave the house.

    Raises Refused where something in it was blocked since it was packed, or could not be given today.
    """

    def work(operation: Operation) -> None:
        packed = locked(shipment, ShipmentState.PACKED)
        check_destination(packed.organisation, packed.mode)
        reservations = held_by(Operation.objects.get(packed_shipment=packed))
        check_items(reservation.balance.lot.item for reservation in reservations)
        for reservation in reservations:
            check_can_be_given(reservation.balance.lot, day=timezone.localdate())
        units = _units(packed)
        away = virtual_place(packed.house, PlaceKind.ORGANISATIONS)
        moves = [
            Move(r.balance.lot, r.quantity, packed.place, away, units=units.get(r.balance.lot_id)) for r in reservations
        ]
        post(
            operation,
            moves,
            released={r.balance_id: r.quantity for r in reservations},
            locked=[r.balance for r in reservations],
        )
        forget(reservations)
        packed.state, packed.leaving = ShipmentState.HANDED_OVER, operation
        packed.save(update_fields=["state", "leaving"])

    return _operate(OperationKind.SHIP, key, work, shipment, actor)


def take_back_shipment(*, operation: Operation, actor: User, key: str) -> Operation:
    """Undo the leaving of a shipment nobody acknowledged: its goods are on the shelf, and it is a draft again."""
    shipment = Shipment.objects.filter(leaving=operation)

    def also(reversal: Operation) -> None:
        gone = locked(shipment.get(), ShipmentState.HANDED_OVER)
        ShipmentKit.objects.filter(shipment=gone).delete()
        gone.state, gone.packing, gone.leaving, gone.receipt_code = ShipmentState.DRAFT, None, None, ""
        gone.save(update_fields=["state", "packing", "leaving", "receipt_code"])

    return reverse(operation=operation, actor=actor, key=key, also=also, units=lambda: _units(shipment.get()))


def acknowledge_shipment(
    *,
    shipment: Shipment,
    arrived: Mapping[int, int],
    way: AcknowledgedBy,
    actor: User,
    key: str,
    receipt_code: str = "",
) -> Operation:
    """Record what arrived, by line id, and forget which parcels these were: a code leads nowhere from then on.

    `way` is LOGIN for somebody of the organisation, PAPER for a coordinator who holds the signed slip. A confidential
    place signs nothing: its paper is the receipt code that came back. Raises Refused where that is not the shipment's.
    """

    def work(operation: Operation) -> None:
        gone = locked(shipment, ShipmentState.HANDED_OVER)
        _check_receipt(gone, way, receipt_code)
        lines = list(gone.lines.select_related("item"))
        for index, line in enumerate(lines):
            line.arrived = _counted(line, arrived.get(line.pk), index)
        ShipmentLine.objects.bulk_update(lines, ["arrived"])
        ShipmentKit.objects.filter(shipment=gone).delete()
        gone.state, gone.acknowledged_by, gone.receipt_code = ShipmentState.ACKNOWLEDGED, way, ""
        gone.acknowledgement = operation
        gone.save(update_fields=["state", "acknowledged_by", "acknowledgement", "receipt_code"])

    counts = {str(line): count for line, count in arrived.items()}
    return _operate(OperationKind.ACKNOWLEDGE, key, work, shipment, actor, arrived=counts, way=way)


def _operate(kind: OperationKind, key: str, work, shipment: Shipment, actor: User, **content) -> Operation:
    return operate(kind, key, work, house=shipment.house, actor=actor, content={"shipment": shipment, **content})


def _hold(shipment: Shipment, picks: Picks) -> None:
    """Keep as many parcels of each picked lot of kits as were picked. The lots' balances are locked."""
    wanted = {balance.lot_id: quantity for balance, quantity in picks if balance.lot.item.is_kit}
    if not wanted:
        return
    here = Kit.objects.here().filter(place=shipment.place, lot__in=wanted).select_for_update().order_by("pk")
    chosen = choose(here.values_list("pk", "lot"), wanted)
    kits = [kit for lot in chosen.values() for kit in lot]
    Kit.objects.filter(pk__in=kits).update(state=KitState.HELD)
    ShipmentKit.objects.bulk_create(ShipmentKit(shipment=shipment, kit_id=kit) for kit in kits)


def choose(here: Iterable[tuple[int, int]], wanted: Mapping[int, int]) -> dict[int, tuple[int, ...]]:
    """The first kits of each lot from `here` (kit, lot), as many as are `wanted`. Raises MovedOn where they lack."""
    chosen: dict[int, list[int]] = {lot: [] for lot in wanted}
    for kit, lot in here:
        if len(chosen[lot]) < wanted[lot]:
            chosen[lot].append(kit)
    if any(len(kits) < wanted[lot] for lot, kits in chosen.items()):
        raise MovedOn(_("Some of these kits have just left. Nothing was recorded: look at the list and try again."))
    return {lot: tuple(kits) for lot, kits in chosen.items()}


def _units(shipment: Shipment) -> dict[int, tuple[int, ...]]:
    """The parcels of a shipment by lot."""
    units: dict[int, tuple[int, ...]] = {}
    for lot, kit in ShipmentKit.objects.filter(shipment=shipment).values_list("kit__lot", "kit").order_by("pk"):
        units[lot] = (*units.get(lot, ()), kit)
    return units


def _free_kits(shipment: Shipment) -> None:
    Kit.objects.filter(in_shipment__shipment=shipment, state=KitState.HELD).update(state=KitState.HERE)


def _check_receipt(shipment: Shipment, way: AcknowledgedBy, typed: str) -> None:
    if way == AcknowledgedBy.PAPER and shipment.receipt_code and clean_receipt(typed) != shipment.receipt_code:
        raise Refused(
            _("This is not the receipt code of this shipment. Read it again on the slip that came back."),
            field="receipt_code",
        )


def clean_receipt(typed: str) -> str:
    """The receipt code behind what was typed, or nothing where it is none."""
    try:
        return clean_code(typed)
    except Refused:
        return ""


def _counted(line: ShipmentLine, count: int | None, index: int) -> int:
    if count is None or not 0 <= count <= MOST_PIECES:
        raise Refused(
            _("%(item)s: enter how many arrived, 0 where nothing did.") % {"item": line.item},
            field="arrived",
            line=index,
        )
    return count


def keeps_open(place: Place) -> str | None:
    """Why `place` must not be closed: a shipment that is to leave from there."""
    waiting = Shipment.objects.filter(place=place, state__in=[ShipmentState.DRAFT, ShipmentState.PACKED]).first()
    sentence = _("%(shipment)s is to leave from %(place)s: hand it over or cancel it first.")
    return sentence % {"shipment": waiting, "place": place} if waiting else None
