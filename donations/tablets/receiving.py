"""What a tablet sent, taken in entry by entry: each is answered for itself, and none stops another."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DatabaseError

from donations.enums import Entered
from donations.models import Tablet
from donations.tablets.entries import record
from stock.ledger import KeyConflict
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


def take_in(
    entries: Sequence[Any], *, tablet: Tablet, sent_at: datetime, entered: Entered = Entered.TABLET
) -> list[Receipt]:
    """Record `entries` in their order and answer what became of each. What cannot be recorded stops no other."""
    return [_take_in(entry, tablet, sent_at, entered) for entry in entries]


def _take_in(entry: Any, tablet: Tablet, sent_at: datetime, entered: Entered) -> Receipt:
    fields = entry if isinstance(entry, dict) else {}
    name = str(fields.get("id", ""))[:64]
    try:
        operation = record(fields, tablet=tablet, sent_at=sent_at, entered=entered)
    except KeyConflict as conflict:
        return Receipt(name, SET_ASIDE, reason=str(conflict))
    except Refused as refused:
        return Receipt(name, REFUSED, reason=str(refused))
    except DatabaseError:
        logger.exception("An entry of a tablet could not be written; the tablet will send it again.")
        return Receipt(name, LATER)
    return Receipt(name, RECORDED, operation.pk)
