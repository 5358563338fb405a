"""What a tablet sent, taken in entry by entry: each is answered for itself, and none stops another."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import DatabaseError, transaction

from donations.enums import Entered
from donations.models import Tablet
from donations.tablets.entries import Unreadable, key_of, record
from stock.ledger import KeyConflict
from stock.models import Operation
from web.errors import Refused

RECORDED = "recorded"  # it is here, now or since before: the tablet may forget it
SET_ASIDE = "set_aside"  # kept for a coordinator: the tablet may forget it, and says so
REFUSED = "refused"  # it stays on the tablet, with the reason
LATER = "later"  # our own fault: the tablet tries again

MOST_ENTRIES = 50  # of one request

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of the entry that the tablet calls `entry`; `number` is the operation's, `reason` a sentence."""

    entry: str
    result: str
    number: int | None = None
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"id": self.entry, "result": self.result, "number": self.number, "reason": self.reason}


def nothing_more() -> None:
    """What is written beside the entries where nothing is."""


def take_in(
    entries: Sequence[Any],
    *,
    tablet: Tablet,
    sent_at: datetime,
    entered: Entered = Entered.TABLET,
    contact: Callable[[], None] = nothing_more,
) -> list[Receipt]:
    """Record `entries` in their order and answer what became of each. What cannot be recorded stops no other.

    What is only counted waits for nothing that others hold: a run of it is written at once, so that the disk is waited
    for once. Any other entry is written alone. `contact` notes that the tablet was heard of, with what it sent first.
    """
    if not (entries and _is_counted(entries[0])):
        contact()
    receipts: list[Receipt] = []
    for is_counted, run in groupby(entries, key=_is_counted):
        if is_counted:
            also = nothing_more if receipts else contact
            receipts += _at_once(list(run), tablet, sent_at, entered, also)
        else:
            receipts += [_take_in(entry, tablet, sent_at, entered) for entry in run]
    return receipts


def _is_counted(entry: Any) -> bool:
    return isinstance(entry, dict) and entry.get("kind") in ("drop_off", "refusal")


def _at_once(
    entries: Sequence[Any], tablet: Tablet, sent_at: datetime, entered: Entered, also: Callable[[], None]
) -> list[Receipt]:
    """Record `entries` in one transaction, each in a part of its own. No receipt is given before all is on the disk."""
    try:
        with transaction.atomic():
            receipts = [_take_in(entry, tablet, sent_at, entered) for entry in entries]
            also()
            if transaction.get_rollback():  # a part could not be undone: nothing of it all will be written
                raise DatabaseError("What a tablet sent cannot be written.")
    except DatabaseError:
        logger.exception("What a tablet sent could not be written; it will send it again.")
        return [Receipt(_name(entry), LATER) for entry in entries]
    return receipts


def _take_in(entry: Any, tablet: Tablet, sent_at: datetime, entered: Entered) -> Receipt:
    fields, name = entry if isinstance(entry, dict) else {}, _name(entry)
    try:
        operation = record(fields, tablet=tablet, sent_at=sent_at, entered=entered)
    except KeyConflict as conflict:
        return Receipt(name, SET_ASIDE, reason=str(conflict))
    except Unreadable as unreadable:
        return Receipt(name, REFUSED, reason=str(unreadable))
    except Refused as refused:
        first = _recorded_before(fields, tablet)
        return Receipt(name, RECORDED, first.pk) if first else Receipt(name, REFUSED, reason=str(refused))
    except Exception:  # whatever we did wrong with this one, the others must not wait for its mending
        logger.exception("An entry of a tablet could not be written; the tablet will send it again.")
        return Receipt(name, LATER)
    return Receipt(name, RECORDED, operation.pk)


def _recorded_before(entry: dict[str, Any], tablet: Tablet) -> Operation | None:
    """What the entry recorded when it came for the first time, whatever is true of it by now.

    The answer was lost on its way, and since then its partner or its article is no longer to be chosen: were it refused
    now, somebody would note it anew.
    """
    return Operation.objects.filter(device=tablet.device, key=key_of(entry)).first()


def _name(entry: Any) -> str:
    """The id by which the tablet calls its entry, as far as it is one."""
    name = entry.get("id") if isinstance(entry, dict) else None
    return name[:64] if isinstance(name, str) else ""
