"""Where the apps above the ledger say, when they start (AppConfig.ready), what of theirs goes with it."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from django.db.models import QuerySet, TextChoices

from stock.enums import DatePrecision, Reason

if TYPE_CHECKING:
    from stock.ledger import Move
    from stock.models import Operation, Place

Check = Callable[[], Iterable[str]]
Follower = Callable[["Operation", Sequence["Move"]], None]
Reversal = Callable[..., "Operation"]  # (*, operation, actor, key)
Document = Callable[["Operation"], str | None]
Numbers = Callable[[Collection[int]], QuerySet]  # ids of operations -> rows of such an id and its document's number

# Each answers one sentence for each thing that is wrong; `manage.py check_ledger` runs them all.
checks: dict[str, Check] = {}

# Called inside `post`, in its transaction: what carries a code of its own follows its lot.
followers: list[Follower] = []

# By kind of operation: how it is reversed, with what its app keeps beside it. A kind that is not here is not reversed.
reversals: dict[str, Reversal] = {}

# By kind of operation: the address of the page of its document (a donation, a shipment …), or None where it has none.
documents: dict[str, Document] = {}

# By kind of operation: the numbers of the documents, for those kinds whose document bears the number that people know.
numbers: dict[str, Numbers] = {}

# The kinds whose document lets go of an operation that is taken back: one that no document bears stands no more.
let_go: set[str] = set()

# The lists whose stored words may stand in what an operation was asked: they are shown by their labels.
choices: list[type[TextChoices]] = [DatePrecision, Reason]

# By kind of operation: the lists whose words it stores, where another of `choices` says one of them otherwise.
own_choices: dict[str, Sequence[type[TextChoices]]] = {}

# Each answers why a place must stay open, in a sentence for who would close it, or None.
keepers: list[Callable[["Place"], str | None]] = []


def document_url(operation: "Operation") -> str | None:
    """The address of the document that `operation` was recorded for, or None."""
    build = documents.get(operation.kind)
    return build(operation) if build else None


def give_numbers(operations: Iterable["Operation"]) -> None:
    """Write on each the number that people know it by: one statement, the same whatever kinds are among them.

    None where its document has let go of it: its own number would be read as that of another document.
    """
    told = list(operations)
    ids = [operation.pk for operation in told]
    first, *others = [read(ids) for read in numbers.values()]
    known = dict(first.union(*others, all=True))
    for operation in told:
        operation.number = known.get(operation.pk, None if operation.kind in let_go else operation.pk)
