"""What donations and purchases share: counted lines come in, each into its lot, at a place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from donations.drop_offs.moments import NOW, Moment
from donations.enums import Condition
from donations.models import Drive, Pledge
from network.models import Device, Organisation
from stock.enums import OperationKind, PlaceKind
from stock.ledger import Move, operate, post
from stock.lots import Arrival, check_arrival, find_or_open
from stock.models import Item, Lot, Operation, Place
from stock.operations import virtual_place
from web.errors import Refused
from web.forms import MOST_PIECES

LONGEST_BACK = 365  # days: an older date is a slip of the hand, or history, which comes in by an import


@dataclass(frozen=True, slots=True)
class ArrivalLine:
    """One line as it was typed. Nothing but what the article's own rule asks for is required."""

    item: Item
    quantity: int
    condition: str = Condition.NEW
    number: str = ""
    best_before: date | None = None
    precision: str = "day"
    grams: int | None = None
    pledge: Pledge | None = None

    def arrival(self, donor: Organisation | None = None) -> Arrival:
        """What the ledger knows of it: a lot of `donor`'s."""
        return Arrival(self.item, self.number, self.best_before, self.precision, donor)


def check_giver(partner: Organisation, house_id: int) -> None:
    """Raise Refused for a partner of another house, and for a confidential place, which no gift may name."""
    if partner.house_id != house_id or partner.is_confidential:
        raise Refused(
            _("%(partner)s cannot be named as the giver. Choose another one.") % {"partner": partner}, field="partner"
        )


def check_drive(drive: Drive | None, place: Place) -> None:
    """Raise Refused for a drive of another house."""
    if drive and drive.house_id != place.house_id:
        raise Refused(_("%(drive)s is not a drive of this house.") % {"drive": drive}, field="drive")


def check_quantity(quantity: int, *, item: Item | None = None, line: int | None = None) -> None:
    """Raise Refused for less than one unit or more than anybody brings, naming the article where it is a line's."""
    if 1 <= quantity <= MOST_PIECES:
        return
    sentence = _("%(item)s: Enter a quantity from 1 to 100,000.") if item else _("Enter a quantity from 1 to 100,000.")
    raise Refused(sentence % {"item": item}, field="quantity", line=line)


def check_formula(line: ArrivalLine, *, index: int) -> None:
    """Raise Refused, at the line, for infant formula that the public gave."""
    if line.item.is_formula:
        raise Refused(
            _(
                "%(item)s: infant formula, bottles and teats are never accepted from the public (décret n° 98-688)."
                " Thank the giver and give it back."
            )
            % {"item": line.item},
            field="item",
            line=index,
        )


def check_lines(lines: Sequence[ArrivalLine], place: Place) -> None:
    """Raise Refused, at the line, for what cannot be taken in: a kit, another house's article, its date."""
    today = timezone.localdate()
    for index, line in enumerate(lines):
        if line.item.house_id != place.house_id:
            raise Refused(
                _("%(item)s is not an article of this house.") % {"item": line.item}, field="item", line=index
            )
        if line.item.is_kit:
            raise Refused(
                _("%(item)s: a kit comes from packing. Enter what it holds, article by article.") % {"item": line.item},
                field="item",
                line=index,
            )
        check_quantity(line.quantity, item=line.item, line=index)
        check_arrival(line.arrival(), today=today, line=index)


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
    actor: User | Device,
    key: str,
    content: dict,
    donor: Organisation | None = None,
    may_be_empty: bool = False,
    moment: Moment = NOW,
) -> Operation:
    """Post the arrival of `lines` at `place`; `record` writes the document with their lots, in their order.

    What a tablet counted, `moment` says when. The same entry is known again by what the tablet told, not by the day
    that is made of it: where its clock is wrong, that is another day each time that it is sent.
    Raises Refused where there is no line, unless it `may_be_empty`.
    """
    if not place.is_internal:
        raise Refused(_("Choose the place where it lies now."), field="place")
    if not lines and not may_be_empty:
        raise Refused(_("Enter at least one line."))
    check_lines(lines, place)
    arrivals = [line.arrival(donor) for line in lines]

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
        content={**content, "place": place, "day": moment.told_at or day, "lines": lines_content},
        happened_at=moment.happened_at or _moment(day),
    )


def _moment(day: date) -> datetime | None:
    """Now for what arrives today, noon of its day for what is written down later."""
    return None if day == timezone.localdate() else timezone.make_aware(datetime.combine(day, time(12)))
