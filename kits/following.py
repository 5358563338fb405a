"""Kits follow their lots: whatever moves a lot of kits moves as many parcels. Registered with the ledger (apps.py)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from kits.enums import STATES_IN_PLACE, KitState
from kits.models import Kit
from stock.enums import PlaceKind
from stock.ledger import Move, MovedOn
from stock.models import Operation, Place

End = tuple[Place | None, KitState]
GONE = {
    PlaceKind.PACKED: KitState.UNDONE,
    PlaceKind.RECIPIENTS: KitState.GIVEN,
    PlaceKind.ORGANISATIONS: KitState.SHIPPED,
    PlaceKind.WASTE: KitState.WRITTEN_OFF,
    PlaceKind.CORRECTION: KitState.LOST,
}


def follow(operation: Operation, moves: Sequence[Move]) -> None:
    """Give the parcels of each moved lot of kits their new place and state; packing makes its own.

    Which ones: those that the caller named, else any that are there. A kit that is held, or that another operation
    took meanwhile, does not move: MovedOn.
    """
    del operation
    moves = [move for move in moves if move.lot.item.is_kit and move.source.kind != PlaceKind.PACKED]
    if not moves:
        return
    chosen = _choose(moves)
    for (there, here), kits in _by_ends(moves, chosen).items():
        free = Kit.objects.filter(pk__in=kits, place=there[0], state=there[1])
        if free.update(place=here[0], state=here[1]) != len(kits):
            raise MovedOn(_TOO_FEW)


_TOO_FEW = _(
    "Some of these kits have left or are kept for a shipment. Nothing was recorded: look at the list and try again."
)


def _choose(moves: Sequence[Move]) -> list[list[int]]:
    """The kits of each move, locked, in their order."""
    there = Kit.objects.filter(lot__in={move.lot.pk for move in moves}).select_for_update().order_by("pk")
    pools: dict[tuple[int, int | None, str], list[int]] = defaultdict(list)
    named = {kit for move in moves for kit in move.units or ()}
    if not all(move.units for move in moves):
        for pk, lot, place, state in there.values_list("pk", "lot", "place", "state"):
            if pk not in named:
                pools[lot, place, state].append(pk)
    return [list(move.units) if move.units else _draw(pools, move) for move in moves]


def _draw(pools: dict[tuple[int, int | None, str], list[int]], move: Move) -> list[int]:
    place, state = _end(move.source)
    pool = pools[move.lot.pk, place and place.pk, state]
    if len(pool) < move.quantity:
        raise MovedOn(_TOO_FEW)
    drawn, pool[:] = pool[: move.quantity], pool[move.quantity :]
    return drawn


def _end(place: Place) -> End:
    """What a kit says of itself at either end of a move."""
    return (place, KitState.HERE) if place.is_internal else (None, GONE[PlaceKind(place.kind)])


def _by_ends(moves: Sequence[Move], chosen: Sequence[list[int]]) -> dict[tuple[End, End], list[int]]:
    ends: dict[tuple[End, End], list[int]] = defaultdict(list)
    for move, kits in zip(moves, chosen, strict=True):
        ends[_end(move.source), _end(move.target)].extend(kits)
    return ends


def check_kits() -> Iterable[str]:
    """For `check_ledger`: the kits of a lot at a place are that place's balance of the lot, held ones what is reserved."""
    from django.db.models import Count, Q

    from stock.enums import Category
    from stock.models import Balance

    counted = {
        (row["lot"], row["place"]): (row["all"], row["held"])
        for row in Kit.objects.filter(state__in=STATES_IN_PLACE)
        .values("lot", "place")
        .annotate(all=Count("pk"), held=Count("pk", filter=Q(state=KitState.HELD)))
    }
    balances = Balance.objects.filter(lot__item__category=Category.KIT, on_hand__gt=0)
    kept = {
        (lot, place): (on_hand, reserved)
        for lot, place, on_hand, reserved in balances.values_list("lot", "place", "on_hand", "reserved")
    }
    for pair in sorted(counted.keys() | kept.keys()):
        if counted.get(pair, (0, 0)) != kept.get(pair, (0, 0)):
            yield f"Kits of lot {pair[0]} at place {pair[1]}: {counted.get(pair, (0, 0))} parcels, {kept.get(pair, (0, 0))} in the balance."
