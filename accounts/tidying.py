"""What accounts must not keep: attempts to sign in after a day, sessions and limits of tries once they have ended."""

from datetime import timedelta

from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.utils import timezone

ATTEMPTS_ARE_KEPT = timedelta(hours=24)


def erase_attempts() -> int:
    return AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - ATTEMPTS_ARE_KEPT).delete()[0]


def erase_sessions() -> int:
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]


def erase_ended_limits() -> int:
    """Erase what has ended from the cache in the database, which Django leaves there until there is much of it: who
    tried something, under the hash of an address, and codes that were used.
    """
    cache = caches["default"]
    if not isinstance(cache, DatabaseCache):
        return 0
    table = connection.ops.quote_name(cache._table)  # type: ignore[attr-defined]
    now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608  a name from the settings
        return cursor.rowcount
