"""Where the apps above the ledger say, when they start (AppConfig.ready), what of theirs goes with it."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stock.ledger import Move
    from stock.models import Operation, Place

Check = Callable[[], Iterable[str]]
Follower = Callable[["Operation", Sequence["Move"]], None]
Reversal = Callable[..., "Operation"]  # (*, operation, actor, key)
Document = Callable[["Operation"], str | None]

# Each answers one sentence for each thing that is wrong; `manage.py check_ledger` runs them all.
checks: dict[str, Check] = {}

# Called inside `post`, in its transaction: what carries a code of its own follows its lot.
followers: list[Follower] = []

# By kind of operation: how it is reversed, with what its app keeps beside it. A kind that is not here is not reversed.
reversals: dict[str, Reversal] = {}

# By kind of operation: the address of the page of its document (a donation, a shipment …), or None where it has none.
documents: dict[str, Document] = {}

# Each answers why a place must stay open, in a sentence for who would close it, or None.
keepers: list[Callable[["Place"], str | None]] = []


def document_url(operation: "Operation") -> str | None:
    """The address of the document that `operation` was recorded for, or None."""
    build = documents.get(operation.kind)
    return build(operation) if build else None
