"""The demonstration happens on the days it tells of: while it is replayed, now is then."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from unittest.mock import patch

from django.utils import timezone


@contextmanager
def at(day: date, hour: int = 10, minute: int = 0) -> Iterator[None]:
    """Let `timezone.now()` answer that moment, in the association's time zone."""
    moment = timezone.make_aware(datetime.combine(day, time(hour, minute)))
    with patch.object(timezone, "now", lambda: moment):
        yield
