"""The one way into the ledger: `operate` opens an operation, `lock` what it will change, `post` what it moved.

See docs/decisions/0001-ledger.md for the rules that hold and how each is kept. Balances are always locked by place
and lot, in that order, all that an operation changes at once: a second lock taken later is how two people deadlock.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext_lazy as _

from stock import registry
from stock.idempotency import KeyConflict, operate
from stock.models import Balance, Item, Lot, Movement, Operation, Place, Reservation
from web.errors import Refused

__all__ = [
    "KeyConflict",
    "Move",
    "MovedOn",
    "forget",
    "held_by",
    "lock",
    "lock_lots",
    "lock_pairs",
    "operate",
    "post",
    "release",
    "reserve",
]


# Both databases call the columns of VALUES column1, column2 …: the balance, its change, the change of what is reserved.
CHANGE = """
    UPDATE stock_balance SET on_hand = on_hand + change.column2, reserved = reserved + change.column3
    FROM (VALUES {}) AS change
    WHERE stock_balance.id = change.column1
      AND reserved + change.column3 >= 0
      AND on_hand + change.column2 >= reserved + change.column3
"""
BRING = """
    INSERT INTO stock_balance (place_id, lot_id, on_hand, reserved) VALUES {}
    ON CONFLICT (place_id, lot_id) DO UPDATE SET on_hand = stock_balance.on_hand + excluded.on_hand
"""


class MovedOn(Refused):
    """The stock changed between the reading and the writing, or is no longer where it was."""


@dataclass(frozen=True, slots=True)
class Move:
    """`quantity` units of `lot` that go from `source` to `target`; `grams` if they were weighed.

    `units` says which ones, by primary key, where each unit has a code of its own (kits) and the caller chose them.
    """

    lot: Lot
    quantity: int
    source: Place
    target: Place
    grams: int | None = None
    units: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.quantity, int) or self.quantity < 1:
            raise ValueError(f"A movement is of whole units, at least one: not {self.quantity!r}.")
        if self.units is not None and len(set(self.units)) != self.quantity:
            raise ValueError(f"{len(set(self.units))} units were named for a movement of {self.quantity}.")


def lock(place: Place, items: Iterable[Item | int]) -> list[Balance]:
    """Lock what `place` holds of `items`, lots and articles loaded, and answer what can be taken from."""
    ids = {item if isinstance(item, int) else item.pk for item in items}
    balances = Balance.objects.at(place).free().filter(lot__item__in=ids).select_related("lot__item")
    return list(balances.locked())


def lock_lots(place: Place, lots: Iterable[Lot | int]) -> dict[int, Balance]:
    """Lock what `place` holds of `lots`, blocked or not, by lot id."""
    return {lot: balance for (_place, lot), balance in lock_pairs([place], lots).items()}


def lock_pairs(places: Iterable[Place], lots: Iterable[Lot | int]) -> dict[tuple[int, int], Balance]:
    """Lock what `places` hold of `lots`, blocked or not, by (place id, lot id): for goods that go between them."""
    ids = {lot if isinstance(lot, int) else lot.pk for lot in lots}
    balances = Balance.objects.filter(place__in=places, lot__in=ids).select_related("lot__item").locked()
    return {(balance.place_id, balance.lot_id): balance for balance in balances}


def post(
    operation: Operation,
    moves: Sequence[Move],
    released: Mapping[int, int] = {},
    locked: Iterable[Balance] = (),
) -> None:
    """Write `moves`: the balances, then the movements. Raises MovedOn where stock does not suffice.

    `released` gives, by balance id, how many of its reserved units these moves take; they are no longer reserved.
    `locked` are balances locked already: where all that is taken from is among them, none is locked twice.
    The number of statements does not depend on the number of moves.
    """
    taken, brought = _net(moves)
    known = {(balance.place_id, balance.lot_id): balance.pk for balance in locked}
    if not taken.keys() <= known.keys():
        known = _lock_pairs({**taken, **brought})
    changes = {known[pair]: -quantity for pair, quantity in taken.items() if pair in known}
    missing = len(taken) - len(changes)
    changes |= {balance: 0 for balance in released if balance not in changes}
    _write(changes, released, missing)
    _bring(brought)
    Movement.objects.bulk_create(
        Movement(
            operation=operation,
            lot=move.lot,
            quantity=move.quantity,
            source=move.source,
            target=move.target,
            grams=move.grams,
            at=operation.happened_at,
        )
        for move in moves
    )
    for follow in registry.followers:
        follow(operation, moves)


def _net(moves: Sequence[Move]) -> tuple[dict[tuple[int, int], int], dict[tuple[int, int], int]]:
    """What the internal places give and get in all, by (place, lot)."""
    changes: dict[tuple[int, int], int] = defaultdict(int)
    for move in moves:
        if move.source.is_internal:
            changes[move.source.pk, move.lot.pk] -= move.quantity
        if move.target.is_internal:
            changes[move.target.pk, move.lot.pk] += move.quantity
    taken = {pair: -change for pair, change in changes.items() if change < 0}
    brought = {pair: change for pair, change in changes.items() if change > 0}
    return taken, brought


def _bring(brought: Mapping[tuple[int, int], int]) -> None:
    """Add to the balances, in the order in which they are locked, opening those that are not there yet."""
    rows = [(place, lot, quantity) for (place, lot), quantity in sorted(brought.items())]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(BRING.format(_placeholders("(%s, %s, %s, 0)", rows)), [cell for row in rows for cell in row])


def _lock_pairs(pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], int]:
    places, lots = ({pair[side] for pair in pairs} for side in (0, 1))
    rows = Balance.objects.filter(place__in=places, lot__in=lots).locked().values_list("place_id", "lot_id", "pk")
    return {(place, lot): pk for place, lot, pk in rows}


def _write(changes: Mapping[int, int], released: Mapping[int, int], missing: int = 0) -> None:
    """Change the balances, each by its own amount, in one statement that refuses to go below what is reserved or zero.

    `missing` tells how many balances are not there at all, which is refused likewise.
    """
    rows = [(pk, change, -released.get(pk, 0)) for pk, change in changes.items()]
    written = 0
    if rows and not missing:
        with connection.cursor() as cursor:
            cursor.execute(CHANGE.format(_placeholders("(%s, %s, %s)", rows)), [cell for row in rows for cell in row])
            written = cursor.rowcount
    if missing or written != len(rows):
        raise MovedOn(
            _(
                "Somebody else took some of these articles at the same moment. Nothing was recorded:"
                " look at the stock and try again."
            )
        )


def _placeholders(row: str, rows: Sequence[tuple[int, ...]]) -> str:
    return ", ".join([row] * len(rows))


def reserve(operation: Operation, takes: Mapping[Balance, int]) -> None:
    """Keep some of each balance for the document of `operation`. Raises MovedOn where not enough is free."""
    _write({balance.pk: 0 for balance in takes}, {balance.pk: -quantity for balance, quantity in takes.items()})
    Reservation.objects.bulk_create(
        Reservation(balance=balance, holder=operation, quantity=quantity) for balance, quantity in takes.items()
    )


def held_by(holder: Operation) -> list[Reservation]:
    """The reservations of `holder`, their balances locked, in the order of the balances."""
    return list(
        Reservation.objects.filter(holder=holder)
        .select_related("balance__lot__item", "balance__place")
        .select_for_update(of=("self", "balance"))
        .order_by("balance__place_id", "balance__lot_id")
    )


def release(reservations: Sequence[Reservation]) -> None:
    """Free what `reservations` kept, and forget them. Their balances are locked already (`held_by`)."""
    freed = {reservation.balance_id: reservation.quantity for reservation in reservations}
    _write(dict.fromkeys(freed, 0), freed)
    forget(reservations)


def forget(reservations: Sequence[Reservation]) -> None:
    """Delete reservations whose goods `post` has just moved with `released`."""
    Reservation.objects.filter(pk__in=[reservation.pk for reservation in reservations]).delete()
