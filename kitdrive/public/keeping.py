"""One page for everybody, kept by each process: made once a minute, and looked after every two seconds.

Whoever asks in between is answered without a statement. A page that is looked after meanwhile goes on being served:
one thread does it, nobody waits. What nobody made yet is waited for, and what nobody looked after for a while too: it
may have been taken back since.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from django.core.cache import caches
from django.db import DatabaseError

LOOK_EVERY = 2  # seconds: what is published, taken back or changed is seen by each process within these
MAKE_EVERY = 60  # seconds: what is counted is that old at most
SERVED_MEANWHILE = 10  # seconds since one looked: longer than that nobody is served what was there
SERVED_WITHOUT_DATABASE = 600  # seconds for which a page outlives a database that does not answer

logger = logging.getLogger(__name__)
_one_at_a_time = threading.Lock()
Value = TypeVar("Value")
Found = TypeVar("Found")


@dataclass(frozen=True)
class Kept(Generic[Value]):
    """What was made of something whose `stamp` was that."""

    value: Value
    stamp: str
    made_at: float
    looked_at: float

    def was_looked_at_within(self, seconds: float) -> bool:
        return 0 <= time.time() - self.looked_at < seconds


def keep(
    key: str, read: Callable[[], Found | None], stamp: Callable[[Found], str], make: Callable[[Found], Value]
) -> Value | None:
    """What `make` makes of what `read` finds; None where it finds nothing, or no more.

    `read` is asked every two seconds; what it found is made again when its stamp changed, and every minute.
    """
    cache = caches["process"]
    kept: Kept[Value] | None = cache.get(key)
    if kept and kept.was_looked_at_within(LOOK_EVERY):
        return kept.value
    may_go_on = kept is not None and kept.was_looked_at_within(SERVED_MEANWHILE)
    if not _one_at_a_time.acquire(blocking=not may_go_on):
        return kept.value if kept else None
    try:
        kept = cache.get(key)  # while we waited, another may have made it
        if not (kept and kept.was_looked_at_within(LOOK_EVERY)):
            kept = _renewed(kept, read, stamp, make)
            cache.set(key, kept, timeout=SERVED_WITHOUT_DATABASE)
    finally:
        _one_at_a_time.release()
    return kept.value if kept else None


def _renewed(
    kept: Kept[Value] | None,
    read: Callable[[], Found | None],
    stamp: Callable[[Found], str],
    make: Callable[[Found], Value],
) -> Kept[Value] | None:
    now = time.time()
    try:
        found = read()
        if found is None:
            return None
        if kept and kept.stamp == stamp(found) and 0 <= now - kept.made_at < MAKE_EVERY:
            return replace(kept, looked_at=now)
        return Kept(make(found), stamp(found), made_at=now, looked_at=now)
    except DatabaseError:
        if kept is None or now - kept.made_at > SERVED_WITHOUT_DATABASE:
            raise
        logger.exception("The database does not answer: a public page is served as it was.")
        return replace(kept, looked_at=now)
