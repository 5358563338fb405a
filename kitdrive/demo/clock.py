"""The demonstration happens on the days it tells of: while it is replayed, now is then."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime, time
from unittest.mock import patch

from django.utils import timezone


def at(day: date, hour: int = 10, minute: int = 0) -> AbstractContextManager[None]:
    """Let `timezone.now()` answer that moment, in the association's time zone."""
    return at_moment(timezone.make_aware(datetime.combine(day, time(hour, minute))))


@contextmanager
def at_moment(moment: datetime) -> Iterator[None]:
    """Let `timezone.now()` answer `moment`."""
    with patch.object(timezone, "now", lambda: moment):
        yield
