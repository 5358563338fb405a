"""The one way into the ledger: `operate` opens an operation, `lock` what it will change, `post` what it moved.

See docs/decisions/0001-ledger.md for the rules that hold and how each is kept.
"""

import hashlib
import json
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from datetime import time as clock
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, OperationalError, connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from network.models import House
from stock import registry
from stock.enums import OperationKind, Reason
from stock.models import Balance, Conflict, Item, Lot, Movement, Operation, Place, Reservation
from web.errors import Refused

ATTEMPTS = 6
PASSING_FAULTS = ("40001", "40P01")  # serialisation failure and deadlock, PostgreSQL's SQLSTATE
Work = Callable[[Operation], None]


class KeyConflict(Refused):
    """The key was used for something else. What came is set aside in Conflict."""


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


class _Encoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        return o.pk if isinstance(o, models.Model) else super().default(o)


def operate(
    kind: OperationKind,
    key: str,
    work: Work,
    *,
    house: House,
    actor: User,
    content: Mapping[str, Any],
    happened_at: datetime | None = None,
    day: date | None = None,
    reverses: Operation | None = None,
    reason: Reason | str = "",
    keeps_content: bool = True,
) -> Operation:
    """Do `work` once under `key`, all of it or nothing, and answer the operation; again with the same `content`, answer the first.

    `content` is everything that was asked, of JSON values, dates and model instances. `day` stamps the operation with
    that day alone, for handovers; else it happened at `happened_at`, or now. Passing faults of the database are tried
    again. Raises KeyConflict when `key` came before with other content, which is kept (without the content itself
    where `keeps_content` is false), and whatever `work` raises.
    """
    text = json.dumps({"kind": kind, "house": house.pk, "content": content}, cls=_Encoder, sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    midnight = timezone.make_aware(datetime.combine(day, clock.min)) if day else None
    now = timezone.now()
    operation = Operation(
        house=house,
        kind=kind,
        key=key,
        digest=digest,
        happened_at=midnight or happened_at or now,
        recorded_at=midnight or now,
        actor=actor,
        reverses=reverses,
        reason=reason,
    )
    try:
        return _attempt(operation, work)
    except IntegrityError:
        first = Operation.objects.filter(key=key).first()
        if first is None:
            raise
    if first.digest != digest or first.house_id != house.pk:
        _set_aside(first, digest, json.loads(text)["content"] if keeps_content else None, actor)
    return first


def _attempt(operation: Operation, work: Work) -> Operation:
    nested = connection.in_atomic_block
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with transaction.atomic():
                operation.pk = None
                operation.save(force_insert=True)
                work(operation)
                return operation
        except OperationalError as fault:
            if nested or attempt == ATTEMPTS or not _is_passing(fault):
                raise
            time.sleep(random.uniform(0.005, 0.02) * 2**attempt)
    raise AssertionError("unreachable")


def _is_passing(fault: OperationalError) -> bool:
    return getattr(fault.__cause__, "sqlstate", None) in PASSING_FAULTS or "locked" in str(fault)


def _set_aside(first: Operation, digest: str, content: Any, actor: User) -> None:
    Conflict.objects.bulk_create(
        [
            Conflict(
                house_id=first.house_id,
                operation=first,
                digest=digest,
                content=content,
                actor=actor,
                day=timezone.localdate(),
            )
        ],
        ignore_conflicts=True,
    )
    raise KeyConflict(
        _(
            "This form was already recorded with other content. Nothing was changed;"
            " what you sent is kept for a coordinator to settle."
        )
    )


def lock(place: Place, items: Iterable[Item | int]) -> list[Balance]:
    """Lock what `place` holds of `items`, with their lots and articles, and answer the balances that can be taken from."""
    ids = {item if isinstance(item, int) else item.pk for item in items}
    balances = Balance.objects.at(place).free().filter(lot__item__in=ids).select_related("lot__item")
    return list(balances.locked())


def lock_lots(place: Place, lots: Iterable[Lot | int]) -> dict[int, Balance]:
    """Lock what `place` holds of `lots`, blocked or not, by lot id."""
    ids = {lot if isinstance(lot, int) else lot.pk for lot in lots}
    balances = Balance.objects.at(place).filter(lot__in=ids).select_related("lot__item").locked()
    return {balance.lot_id: balance for balance in balances}


def post(operation: Operation, moves: Sequence[Move], released: Mapping[int, int] = {}) -> None:
    """Write `moves`: the balances, then the movements. Raises MovedOn where stock does not suffice, and nothing is written.

    `released` gives, by balance id, how many of its reserved units these moves take; they are no longer reserved.
    The number of statements does not depend on the number of moves.
    """
    taken, brought = _net(moves)
    pairs = {**taken, **brought}
    if pairs:
        locked = _lock_pairs(pairs)
        if taken:
            _write(
                {locked[pair]: -quantity for pair, quantity in taken.items() if pair in locked}, released, len(taken)
            )
        if brought:
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
    """Add to the balances, opening those that are not there yet."""
    rows = [(place, lot, quantity) for (place, lot), quantity in sorted(brought.items())]
    values = ", ".join(["(%s, %s, %s, 0)"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO stock_balance (place_id, lot_id, on_hand, reserved) VALUES {values}"
            " ON CONFLICT (place_id, lot_id) DO UPDATE SET on_hand = stock_balance.on_hand + excluded.on_hand",
            [value for row in rows for value in row],
        )


def _lock_pairs(pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], int]:
    places, lots = ({pair[side] for pair in pairs} for side in (0, 1))
    rows = Balance.objects.filter(place__in=places, lot__in=lots).locked().values_list("place_id", "lot_id", "pk")
    return {(place, lot): pk for place, lot, pk in rows}


def _write(changes: Mapping[int, int], released: Mapping[int, int], expected: int) -> None:
    """Change the balances, each by its own amount, in one statement that refuses to go below what is reserved or zero."""
    rows = [(pk, change, -released.get(pk, 0)) for pk, change in changes.items()]
    written = 0
    if rows and len(rows) == expected:
        values = ", ".join(["(%s, %s, %s)"] * len(rows))
        with connection.cursor() as cursor:
            cursor.execute(
                # Both databases name the columns of VALUES column1, column2, …: the balance, its change, that of reserved.
                "UPDATE stock_balance SET on_hand = on_hand + change.column2, reserved = reserved + change.column3"
                f" FROM (VALUES {values}) AS change WHERE stock_balance.id = change.column1"
                " AND reserved + change.column3 >= 0"
                " AND on_hand + change.column2 >= reserved + change.column3",
                [value for row in rows for value in row],
            )
            written = cursor.rowcount
    if written != expected:
        raise MovedOn(
            _(
                "Somebody else took some of these articles at the same moment. Nothing was recorded: look at the stock and try again."
            )
        )


def reserve(operation: Operation, takes: Mapping[Balance, int]) -> None:
    """Keep some of each balance for the document of `operation`. Raises MovedOn where not enough is free."""
    _write(
        {balance.pk: 0 for balance in takes}, {balance.pk: -quantity for balance, quantity in takes.items()}, len(takes)
    )
    Reservation.objects.bulk_create(
        Reservation(balance=balance, holder=operation, quantity=quantity) for balance, quantity in takes.items()
    )


def held_by(holder: Operation) -> list[Reservation]:
    """The reservations of `holder`, their balances locked, in the order of the balances."""
    return list(
        Reservation.objects.filter(holder=holder)
        .select_related("balance__lot__item", "balance__place")
        .select_for_update(of=("self", "balance"))
        .order_by("balance")
    )


def release(reservations: Sequence[Reservation]) -> None:
    """Free what `reservations` kept, and forget them. Their balances are locked already (`held_by`)."""
    freed = {reservation.balance_id: reservation.quantity for reservation in reservations}
    _write(dict.fromkeys(freed, 0), freed, len(freed))
    forget(reservations)


def forget(reservations: Sequence[Reservation]) -> None:
    """Delete reservations whose goods `post` has just moved with `released`."""
    Reservation.objects.filter(pk__in=[reservation.pk for reservation in reservations]).delete()
