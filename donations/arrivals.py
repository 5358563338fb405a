"""What donations and purchases share: counted lines come in, each into its lot, at a place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from donations.enums import Condition
from donations.models import Pledge
from network.models import Organisation
from stock.enums import OperationKind, PlaceKind
from stock.ledger import Move, operate, post
from stock.lots import Arrival, check_arrival, find_or_open
from stock.models import Item, Lot, Operation, Place
from stock.operations import virtual_place
from web.errors import Refused

LONGEST_BACK = 365  # days: an older date is a slip of the hand, or history, which comes in by an import


@dataclass(frozen=True, slots=True)
class ArrivalLine:
    """One line as it was typed. Only what the article's own rule asks for is required: never a lot, a code or a weight."""

    item: Item
    quantity: int
    condition: str = Condition.NEW
    number: str = ""
    best_before: date | None = None
    precision: str = "day"
    grams: int | None = None
    pledge: Pledge | None = None


def check_day(day: date, *, field: str) -> None:
    """Raise Refused where an arrival is dated after today or more than a year ago."""
    today = timezone.localdate()
    if day > today:
        raise Refused(_("This date is to come. Write the day on which it arrived."), field=field)
    if (today - day).days > LONGEST_BACK:
        raise Refused(_("This date is more than a year ago. Check the year."), field=field)


def take_in(
    kind: OperationKind,
    source_kind: PlaceKind,
    record: Callable[[Operation, Sequence[Lot]], Model],
    *,
    place: Place,
    lines: Sequence[ArrivalLine],
    day: date,
    actor: User,
    key: str,
    content: dict,
    donor: Organisation | None = None,
) -> Operation:
    """Post the arrival of `lines` at `place`; `record` writes the document with the lots of the lines, in their order."""
    arrivals = [Arrival(line.item, line.number, line.best_before, line.precision, donor) for line in lines]
    for index, arrival in enumerate(arrivals):
        check_arrival(arrival, today=timezone.localdate(), line=index)

    def work(operation: Operation) -> None:
        source = virtual_place(place.house, source_kind)
        lots = find_or_open(place.house, arrivals)
        record(operation, lots)
        moves = (Move(lot, line.quantity, source, place, line.grams) for lot, line in zip(lots, lines, strict=True))
        post(operation, list(moves))

    lines_content = [
        [
            line.item,
            line.quantity,
            line.condition,
            line.number,
            line.best_before,
            line.precision,
            line.grams,
            line.pledge,
        ]
        for line in lines
    ]
    return operate(
        kind,
        key,
        work,
        house=place.house,
        actor=actor,
        content={**content, "place": place, "day": day, "lines": lines_content},
        happened_at=_moment(day),
    )


def _moment(day: date) -> datetime | None:
    """Now for what arrives today, noon of its day for what is written down later."""
    return None if day == timezone.localdate() else timezone.make_aware(datetime.combine(day, time(12)))
