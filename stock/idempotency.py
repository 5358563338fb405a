"""One thing that somebody did, once for its key: the transaction, the repeated key, the faults that pass."""

import hashlib
import json
import random
import time
from collections.abc import Callable, Mapping
from datetime import date, datetime
from datetime import time as clock
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, OperationalError, connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from network.models import Device, House
from stock.enums import OperationKind, Reason
from stock.models import Conflict, Operation
from web.errors import Refused

ATTEMPTS = 6
PASSING_FAULTS = ("40001", "40P01")  # serialisation failure and deadlock, PostgreSQL's SQLSTATE
Work = Callable[[Operation], None]


class KeyConflict(Refused):
    """The key was used for something else. What came is set aside in Conflict."""


class _ByKey(DjangoJSONEncoder):
    """Rows as their primary keys: what the digest is taken of, the same in every language."""

    def default(self, o: Any) -> Any:
        return o.pk if isinstance(o, models.Model) else super().default(o)


class _InWords(DjangoJSONEncoder):
    """Rows as they are called: what a person reads who settles a conflict."""

    def default(self, o: Any) -> Any:
        return str(o) if isinstance(o, models.Model) else super().default(o)


def operate(
    kind: OperationKind,
    key: str,
    work: Work,
    *,
    house: House,
    actor: User | Device,
    content: Mapping[str, Any],
    happened_at: datetime | None = None,
    day: date | None = None,
    reverses: Operation | None = None,
    reason: Reason | str = "",
    keeps_content: bool = True,
) -> Operation:
    """Do `work` once under `key`, all of it or nothing; again with the same `content`, answer the first operation.

    `content` is everything that was asked, of JSON values, dates and model instances. `day` stamps the operation with
    that day alone, for handovers; else it happened at `happened_at`, or now. Passing faults of the database are tried
    again, unless a transaction around this one makes that impossible. What may have changed since the first time is
    checked inside `work`, which a repeated key never reaches. Raises KeyConflict when `key` came before with other
    content, which is kept (without the content itself where `keeps_content` is false), and whatever `work` raises.
    """
    if not key:
        raise ValueError("An operation needs a key.")
    operation = Operation(house=house, kind=kind, key=str(key), digest=digest_of(kind, house, content), reason=reason)
    operation.reverses_id = reverses.pk if reverses else None  # alone: where this fails, that one is not changed
    operation.actor, operation.device = (None, actor) if isinstance(actor, Device) else (actor, None)
    try:
        return _attempt(operation, work, happened_at, day)
    except IntegrityError:
        # Its savepoint or transaction is rolled back: either the key is there already, or the work itself failed.
        first = Operation.objects.filter(key=operation.key).first()
        if first is None:
            raise
    if first.digest != operation.digest or first.house_id != house.pk:
        _set_aside(first, operation, content if keeps_content else None)
    return first


def digest_of(kind: OperationKind, house: House, content: Mapping[str, Any]) -> str:
    """The sha256 by which a repeated key is told from a conflict."""
    text = json.dumps({"kind": kind, "house": house.pk, "content": content}, cls=_ByKey, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _attempt(operation: Operation, work: Work, happened_at: datetime | None, day: date | None) -> Operation:
    nested = connection.in_atomic_block
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with transaction.atomic():
                _stamp(operation, happened_at, day)
                operation.pk = None
                operation.save(force_insert=True)
                work(operation)
                return operation
        except OperationalError as fault:
            if nested or attempt == ATTEMPTS or not _is_passing(fault):
                raise
            time.sleep(random.uniform(0.005, 0.02) * 2**attempt)  # noqa: S311 (spreads the attempts, guards nothing)
    raise AssertionError("unreachable")


def _stamp(operation: Operation, happened_at: datetime | None, day: date | None) -> None:
    """Say when, once the transaction is open: a writer that had to wait comes after the one it waited for."""
    midnight = timezone.make_aware(datetime.combine(day, clock.min)) if day else None
    now = timezone.now()
    operation.happened_at = midnight or happened_at or now
    operation.recorded_at = midnight or now


def _is_passing(fault: OperationalError) -> bool:
    return getattr(fault.__cause__, "sqlstate", None) in PASSING_FAULTS or "locked" in str(fault)


def _set_aside(first: Operation, refused: Operation, content: Mapping[str, Any] | None) -> None:
    """Keep what came, once, for a person of the house that sent it; the sender is told, and nothing waits for it."""
    kept = None if content is None else json.loads(json.dumps(content, cls=_InWords))
    conflict = Conflict(
        house_id=refused.house_id,
        operation=first,
        digest=refused.digest,
        content=kept,
        actor=refused.actor,
        device=refused.device,
        day=timezone.localdate(),
    )
    Conflict.objects.bulk_create([conflict], ignore_conflicts=True)
    raise KeyConflict(
        _(
            "This form was already recorded with other content. Nothing was changed;"
            " what you sent is kept for a coordinator to settle."
        )
    )
