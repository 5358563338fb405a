"""When a tablet's entry happened: by its clock, unless that clock cannot be right."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_datetime

CLOCK_TOLERANCE = timedelta(minutes=10)
LONGEST_WAIT = timedelta(days=364)  # an older entry is a clock that was wrong when it was made
YEARS = range(1970, 9999)  # those in which any clock of ours can be, and a day more can be counted


@dataclass(frozen=True, slots=True)
class Moment:
    """`told_at` is what the tablet said, None where no tablet did; `happened_at` None means when it arrives."""

    told_at: datetime | None = None
    happened_at: datetime | None = None
    is_clock_off: bool = False

    @property
    def day(self) -> date:
        """The day here on which it happened."""
        return timezone.localdate(self.happened_at)


NOW = Moment()


def read_moment(text: object) -> datetime | None:
    """The moment that a tablet wrote, with its zone; None for what no clock says."""
    try:
        at = parse_datetime(text) if isinstance(text, str) else None
    except ValueError:  # it has the form of a moment, of a 31st of February
        return None
    return at if at and at.tzinfo and at.year in YEARS else None


def moment(told_at: datetime, sent_at: datetime, *, since: datetime | None = None) -> Moment:
    """The moment of an entry that the tablet made at `told_at` and sent at `sent_at`, both by its own clock.

    The clock is off where it differs from ours by more than ten minutes when it sends, or where the entry would be
    later than its sending or a year older. Then the entry counts from its arrival; what was told is kept. What comes in
    a file was sent whenever the file was made: after `since`, when the tablet was invited, and not after now.
    """
    now = timezone.now()
    differs = not (since or now) - CLOCK_TOLERANCE <= sent_at <= now + CLOCK_TOLERANCE
    is_impossible = told_at > sent_at + CLOCK_TOLERANCE or sent_at - told_at > LONGEST_WAIT
    is_off = differs or is_impossible
    return Moment(told_at, None if is_off else min(told_at, now), is_off)
