"""Kits follow their lots: whatever moves a lot of kits moves as many parcels. Registered with the ledger (apps.py)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from kits.enums import STATES_IN_PLACE, KitState
from kits.models import Kit
from stock.enums import Category, OperationKind, PlaceKind
from stock.ledger import Move, MovedOn
from stock.models import Balance, Operation, Place

GONE = {
    PlaceKind.PACKED: KitState.UNDONE,
    PlaceKind.RECIPIENTS: KitState.GIVEN,
    PlaceKind.ORGANISATIONS: KitState.SHIPPED,
    PlaceKind.WASTE: KitState.WRITTEN_OFF,
    PlaceKind.CORRECTION: KitState.LOST,
}
End = tuple[int | None, KitState]  # the place while it has one, and the state


def follow(operation: Operation, moves: Sequence[Move]) -> None:
    """Give the parcels of each moved lot of kits their new place and state; packing makes its own.

    Which ones: those that the caller named, else any that are there and not held; held ones leave with a shipment
    alone. Raises MovedOn where there are fewer, and where a named one is no longer there.
    """
    moves = [move for move in moves if move.lot.item.is_kit and not _is_packing(operation, move)]
    if not moves:
        return
    chosen = _choose(moves)
    for (start, end), kits in _by_ends(moves, chosen).items():
        place, state = start
        states = STATES_IN_PLACE if operation.kind == OperationKind.SHIP and place else (state,)
        there = Kit.objects.filter(pk__in=kits, place=place, state__in=states)
        if there.update(place=end[0], state=end[1]) != len(kits):
            raise MovedOn(_TOO_FEW)


_TOO_FEW = _(
    "Some of these kits have left or are kept for a shipment. Nothing was recorded: look at the list and try again."
)


def _is_packing(operation: Operation, move: Move) -> bool:
    return operation.kind == OperationKind.PACK and move.source.kind == PlaceKind.PACKED


def _end(place: Place) -> End:
    return (place.pk, KitState.HERE) if place.is_internal else (None, GONE[PlaceKind(place.kind)])


def _choose(moves: Sequence[Move]) -> list[list[int]]:
    """The kits of each move, in their order."""
    named = {kit for move in moves for kit in move.units or ()}
    pools: dict[tuple[int, End], list[int]] = defaultdict(list)
    drawing = [move for move in moves if not move.units]
    if drawing:
        ends = {_end(move.source) for move in drawing}
        there = Kit.objects.filter(
            lot__in={move.lot.pk for move in drawing}, state__in={state for _place, state in ends}
        )
        rows = there.select_for_update().order_by("pk").values_list("pk", "lot", "place", "state")
        for pk, lot, place, state in rows:
            if pk not in named:
                pools[lot, (place, KitState(state))].append(pk)
    return [list(move.units) if move.units else _draw(pools[move.lot.pk, _end(move.source)], move) for move in moves]


def _draw(pool: list[int], move: Move) -> list[int]:
    if len(pool) < move.quantity:
        raise MovedOn(_TOO_FEW)
    drawn, pool[:] = pool[: move.quantity], pool[move.quantity :]
    return drawn


def _by_ends(moves: Sequence[Move], chosen: Sequence[list[int]]) -> dict[tuple[End, End], list[int]]:
    ends: dict[tuple[End, End], list[int]] = defaultdict(list)
    for move, kits in zip(moves, chosen, strict=True):
        ends[_end(move.source), _end(move.target)].extend(kits)
    return ends


def check_kits() -> Iterable[str]:
    """For `check_ledger`: the kits of a lot at a place are the balance of the lot there, held ones what is reserved."""
    rows = Kit.objects.filter(state__in=STATES_IN_PLACE).order_by().values_list("lot", "place")
    counted = {
        (lot, place): (every, held)
        for lot, place, every, held in rows.annotate(every=Count("pk"), held=Count("pk", filter=Q(state=KitState.HELD)))
    }
    balances = Balance.objects.filter(lot__item__category=Category.KIT, on_hand__gt=0)
    kept = {
        (lot, place): (on_hand, reserved)
        for lot, place, on_hand, reserved in balances.values_list("lot", "place", "on_hand", "reserved")
    }
    for pair in sorted(counted.keys() | kept.keys()):
        here, balance = counted.get(pair, (0, 0)), kept.get(pair, (0, 0))
        if here != balance:
            yield f"Kits of lot {pair[0]} at place {pair[1]}: {here} parcels (all, held), {balance} in the balance."
    yield from _codes()


def _codes() -> Iterable[str]:
    """Each lot of kits has as many codes as its pack made."""
    rows = Kit.objects.order_by().values("lot").annotate(codes=Count("pk"))
    for lot, codes, made in rows.values_list("lot", "codes", "lot__pack__quantity"):
        if codes != made:
            yield f"Lot {lot}: {codes} codes for {made} kits packed."
