"""Whether what is written in one piece is being written. Nothing can be heard of it before its end, so it is asked of
what the database itself lets go of when a worker ends, however it ends: of a lock that PostgreSQL keeps as long as the
transaction, and of SQLite's one place for who writes.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import OperationalError, connection, transaction

if TYPE_CHECKING:
    from web.jobs.models import Job

HELD = """
    SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 1 AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def be_at_work(job: "Job") -> None:
    """Be seen at work on `job` until the transaction ends, or the worker does."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_lock_of(job.pk)])


def at_work(jobs: Iterable["Job"]) -> set[UUID]:
    """The ids of those of `jobs` that are being written; on SQLite of all of them while anybody writes anything."""
    ids = {job.pk for job in jobs}
    if not ids:
        return set()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(HELD)
            held = {lock for (lock,) in cursor.fetchall()}
        return {pk for pk in ids if _lock_of(pk) in held}
    return ids if _somebody_writes() else set()


def _lock_of(pk: UUID) -> int:
    """63 of its bits: a number that PostgreSQL takes."""
    return pk.int >> 65


def _somebody_writes() -> bool:
    """Whether another connection writes in SQLite's file just now; nothing waits to hear it."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        [(patience,)] = cursor.fetchall()
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            with transaction.atomic():
                return False
        except OperationalError:
            return True
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(patience)}")
