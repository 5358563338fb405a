"""Why a number is what it is: every movement with its why, handovers as the sum of a day, and what was there after it.

Of a lot wherever it lay, or of an article at one place. What was there is counted back from the balances of now, so
that a stretch of time costs what happened in it and since, and not all that ever happened.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Case, F, Q, QuerySet, Sum, When
from django.db.models.functions import TruncDate
from django.utils import timezone

from stock.enums import OperationKind
from stock.models import Balance, Item, Lot, Movement, Operation, Place

HANDED_OVER = Q(operation__kind=OperationKind.HAND_OVER) | Q(operation__reverses__kind=OperationKind.HAND_OVER)
MOST_UNASKED = 1000  # movements that a page reads where nobody says of which days
LATELY = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `since` to `until`, both of them included; None is without an end."""

    since: date | None = None
    until: date | None = None

    @property
    def within(self) -> Q:
        begins = Q(at__gte=midnight(self.since)) if self.since else Q()
        return begins & Q(at__lt=midnight(self.until + timedelta(days=1))) if self.until else begins

    @property
    def after(self) -> Q | None:
        """What came later, or None where nothing can have."""
        if self.until is None or self.until >= timezone.localdate():
            return None
        return Q(at__gte=midnight(self.until + timedelta(days=1)))


@dataclass(slots=True)
class Line:
    """One movement, or without an operation the handovers of a day in sum.

    `left` is what each internal place that it touched held after it: of the lot, or of the article.
    """

    day: date
    source: Place
    target: Place
    quantity: int
    lot: Lot
    operation: Operation | None = None
    at: datetime | None = None
    left: list[tuple[Place, int]] = field(default_factory=list)

    def change_at(self, place: Place) -> int:
        """By how much it changed what `place` holds."""
        return self.quantity if self.target == place else -self.quantity


def history_of(lot: Lot, span: Span = Span()) -> list[Line]:
    """The lines of `lot` within `span`, the latest first; three statements, five where `span` ends before today."""
    moved = Movement.objects.filter(lot=lot)
    here = Balance.objects.filter(lot=lot)
    return _lines(moved, _held(here, moved, span), span)


def history_at(item: Item, place: Place, span: Span = Span()) -> list[Line]:
    """The lines of every lot of `item` that came to `place` or left it within `span`, the latest first."""
    moved = Movement.objects.filter(lot__item=item).of_place(place)
    here = Balance.objects.at(place).filter(lot__item=item)
    lines = _lines(moved, _held(here, moved, span), span)
    for line in lines:
        line.left = [(where, held) for where, held in line.left if where == place]
    return lines


def lately(moved: QuerySet[Movement]) -> Span:
    """All of it, or where that is long the last three months in which something happened."""
    if moved.order_by()[: MOST_UNASKED + 1].count() <= MOST_UNASKED:
        return Span()
    latest = moved.order_by("-at").values_list("at", flat=True)[0]
    return Span(since=timezone.localdate(latest) - LATELY)


def _held(here: QuerySet[Balance], moved: QuerySet[Movement], span: Span) -> dict[int, int]:
    """What each place held at the end of `span`: what it holds now, less what came since, and what went."""
    held: dict[int, int] = defaultdict(int)
    sums: list[tuple[QuerySet, int]] = [(here.order_by().values_list("place").annotate(sum=Sum("on_hand")), 1)]
    if span.after is not None:
        later = moved.filter(span.after).order_by()
        sums += [(later.values_list("target").annotate(sum=Sum("quantity")), -1)]
        sums += [(later.values_list("source").annotate(sum=Sum("quantity")), 1)]
    for rows, sign in sums:
        for place, quantity in rows:
            held[place] += sign * quantity
    return held


def _lines(moved: QuerySet[Movement], held: dict[int, int], span: Span) -> list[Line]:
    within = moved.filter(span.within)
    lines = sorted([*_movements(within), *_days_of_handovers(within)], key=_order, reverse=True)
    for line in lines:
        for place, change in ((line.target, line.quantity), (line.source, -line.quantity)):
            if place.is_internal:
                line.left.insert(0, (place, held[place.pk]))
                held[place.pk] -= change
    return lines


def _order(line: Line) -> tuple[date, bool, datetime | date, int]:
    """By day; the handovers of a day come last in it, as they say no hour."""
    if line.operation is None or line.at is None:
        return line.day, True, line.day, line.source.pk
    return line.day, False, line.at, line.operation.pk


def _movements(moved: QuerySet[Movement]) -> Iterator[Line]:
    related = (
        "operation__actor",
        "operation__device",
        "operation__reverses",
        "source__site",
        "target__site",
        "lot__item",
    )
    for movement in moved.exclude(HANDED_OVER).select_related(*related):
        day = timezone.localdate(movement.at)
        ends = movement.source, movement.target
        yield Line(day, *ends, movement.quantity, movement.lot, movement.operation, movement.at)


def _days_of_handovers(moved: QuerySet[Movement]) -> Iterable[Line]:
    """What was handed over on a day from a place, less what was taken back."""
    rows = list(
        moved.filter(HANDED_OVER)
        .annotate(
            day=TruncDate("at"),
            here=Case(When(operation__kind=OperationKind.HAND_OVER, then=F("source")), default=F("target")),
            there=Case(When(operation__kind=OperationKind.HAND_OVER, then=F("target")), default=F("source")),
            given=Case(When(operation__kind=OperationKind.HAND_OVER, then=F("quantity")), default=-F("quantity")),
        )
        .order_by("day")
        .values("day", "lot", "here", "there")
        .annotate(sum=Sum("given"))
    )
    places = Place.objects.select_related("site").in_bulk({row[end] for row in rows for end in ("here", "there")})
    lots = Lot.objects.with_item().in_bulk({row["lot"] for row in rows})
    return [
        _sum_of_a_day(row["day"], places[row["here"]], places[row["there"]], row["sum"], lots[row["lot"]])
        for row in rows
        if row["sum"]
    ]


def _sum_of_a_day(day: date, here: Place, there: Place, given: int, lot: Lot) -> Line:
    """More may come back than went out on a day: when a handover of the evening is undone after midnight."""
    return Line(day, here, there, given, lot) if given > 0 else Line(day, there, here, -given, lot)


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
