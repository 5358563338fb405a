"""The life of a lot: every movement with its why, handovers as the sum of a day, and what each place held after it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Case, F, Q, Sum, When
from django.db.models.functions import TruncDate
from django.utils import timezone

from stock.enums import OperationKind
from stock.models import Lot, Movement, Operation, Place

HANDED_OVER = Q(operation__kind=OperationKind.HAND_OVER) | Q(operation__reverses__kind=OperationKind.HAND_OVER)


@dataclass(slots=True)
class Line:
    """One movement, or without an operation the handovers of a day in sum.

    `left` is what each internal place that it touched held after it.
    """

    day: date
    source: Place
    target: Place
    quantity: int
    operation: Operation | None = None
    at: datetime | None = None
    left: list[tuple[Place, int]] = field(default_factory=list)


def history_of(lot: Lot) -> list[Line]:
    """The lines of `lot`, the latest first; three statements."""
    lines = sorted([*_movements(lot), *_days_of_handovers(lot)], key=_order)
    held: dict[int, int] = defaultdict(int)
    for line in lines:
        for place, change in ((line.source, -line.quantity), (line.target, line.quantity)):
            if place.is_internal:
                held[place.pk] += change
                line.left.append((place, held[place.pk]))
    return lines[::-1]


def _order(line: Line) -> tuple[date, bool, datetime | date, int]:
    """By day; the handovers of a day come last in it, as they say no hour."""
    if line.operation is None or line.at is None:
        return line.day, True, line.day, line.source.pk
    return line.day, False, line.at, line.operation.pk


def _movements(lot: Lot) -> Iterator[Line]:
    movements = lot.movements.exclude(HANDED_OVER).select_related(
        "operation__actor", "operation__reverses", "source__site", "target__site"
    )
    for movement in movements:
        day = timezone.localdate(movement.at)
        ends = movement.source, movement.target
        yield Line(day, *ends, movement.quantity, movement.operation, movement.at)


def _days_of_handovers(lot: Lot) -> Iterable[Line]:
    """What was handed over on a day from a place, less what was taken back."""
    rows = list(
        Movement.objects.filter(HANDED_OVER, lot=lot)
        .annotate(
            day=TruncDate("at"),
            here=Case(When(operation__kind=OperationKind.HAND_OVER, then=F("source")), default=F("target")),
            there=Case(When(operation__kind=OperationKind.HAND_OVER, then=F("target")), default=F("source")),
            given=Case(When(operation__kind=OperationKind.HAND_OVER, then=F("quantity")), default=-F("quantity")),
        )
        .order_by("day")
        .values("day", "here", "there")
        .annotate(sum=Sum("given"))
    )
    places = Place.objects.select_related("site").in_bulk({row[end] for row in rows for end in ("here", "there")})
    return [
        _sum_of_a_day(row["day"], places[row["here"]], places[row["there"]], row["sum"]) for row in rows if row["sum"]
    ]


def _sum_of_a_day(day: date, here: Place, there: Place, given: int) -> Line:
    """More may come back than went out on a day: when a handover of the evening is undone after midnight."""
    return Line(day, here, there, given) if given > 0 else Line(day, there, here, -given)
