"""What the doors of a drive send: how many drop-offs a second two processes record, and how long a tablet waits.

The processes and the tablets share the same cores. Everything is written as it is in production: what was answered is
on the disk, on PostgreSQL too, whose cluster here does without that for all other figures.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from bench import twin
from bench.measure import Book
from bench.serving import served
from donations.models import Drive, DropOff
from donations.tablets.operations import confirm_tablet, invite_tablet
from network.devices import open_with
from network.enums import SiteKind
from tests.queries import statements

TABLETS, ROUNDS = 20, 5
CALLS, STEADY_CALLS = 1200, 500  # of a round
AT_LEAST, STEADY = 120, 50  # drop-offs a second
SYNCS = 200
SAFE = ("fsync", "synchronous_commit", "full_page_writes")


@dataclass(frozen=True)
class Load:
    """What one round of calls took: in all (s), and each (ms)."""

    seconds: float
    median: float
    p95: float


def measure(book: Book, calls: int = CALLS, steady_calls: int = STEADY_CALLS) -> None:
    """Record drop-offs in a copy of the demonstration, which stays as it was."""
    before = twin.current()
    twin.use(twin.copy("_door"))
    try:
        with safely_written():
            _measure(book, calls, steady_calls)
    finally:
        twin.use(before)


def _measure(book: Book, calls: int, steady_calls: int) -> None:
    secrets = _tablets()
    taken = sorted(_sync_times())
    book.write("the disk itself: a small file on it, median", statistics.median(taken), "ms")
    book.write("the disk itself: a small file on it, 95th percentile", taken[int(len(taken) * 0.95)], "ms")
    book.write("one drop-off, all that its request sends", _statements(secrets[0]), "statements", 15)
    before = DropOff.objects.count()
    with served(threads=1, database_url=_address()) as port:
        _load(port, secrets, TABLETS * 5, 0)
        rate = calls / statistics.median(_load(port, secrets, calls, 0).seconds for _round in range(ROUNDS))
        steady = [_load(port, secrets, steady_calls, STEADY) for _round in range(ROUNDS)]
    sent = TABLETS * 5 + ROUNDS * (calls + steady_calls)
    if DropOff.objects.count() != before + sent:
        raise RuntimeError(f"{sent} drop-offs were sent, and {DropOff.objects.count() - before} are here.")
    book.write("drop-offs a second, as fast as they are taken", rate, "a second")
    book.write(f"{AT_LEAST} drop-offs, as fast as they are taken", AT_LEAST / rate, "s", 1)
    book.write(f"a tablet waits, at {STEADY} drop-offs a second, median", _median(steady, "median"), "ms")
    book.write(f"a tablet waits, at {STEADY} drop-offs a second, 95th percentile", _median(steady, "p95"), "ms", 50)


def _median(loads: list[Load], name: str) -> float:
    return statistics.median(getattr(load, name) for load in loads)


def _tablets() -> list[str]:
    """Let tablets in at the points of the drive that ends last, and answer their secrets."""
    drive = Drive.objects.select_related("house").latest("ends_on")
    Drive.objects.filter(pk=drive.pk).update(ends_on=timezone.localdate() + timedelta(days=9))
    drive.refresh_from_db()
    points = list(drive.sites.filter(kind=SiteKind.COLLECTION_POINT, is_active=True))
    actor = User.objects.order_by("pk")[0]
    secrets = []
    for number in range(TABLETS):
        tablet, code = invite_tablet(
            drive=drive, site=points[number % len(points)], name=f"Tablette {number}", actor=actor
        )
        tablet.device, secret = open_with(code=code, software="Firefox, Android")
        confirm_tablet(tablet=tablet, actor=actor)
        secrets.append(secret)
    return secrets


def _statements(secret: str) -> int:
    """The most that one of four calls in a row sends: the first is also a sign of life."""
    client = Client(headers={"X-Kitdrive": "1"}, SERVER_NAME="localhost")
    client.cookies[settings.TABLET_COOKIE_NAME] = secret

    def send() -> None:
        now = timezone.now().isoformat()
        bag = {"id": str(uuid4()), "kind": "drop_off", "at": now, "what": "bag", "quantity": 1}
        asked = {"sent_at": now, "language": "fr", "waiting": 1, "entries": [bag]}
        answer = client.post("/collect/entries/", asked, content_type="application/json").json()
        if answer["results"][0]["result"] != "recorded":
            raise RuntimeError("The drop-off was not recorded.")

    return max(statements(send) for _time in range(4))


def _load(port: int, secrets: list[str], calls: int, a_second: int) -> Load:
    command = [sys.executable, "-m", "bench.tablets", str(port), str(calls), str(a_second)]
    words = "\n".join(["demotablet", *secrets])
    said = subprocess.run(command, input=words, capture_output=True, check=True, text=True).stdout  # noqa: S603
    seconds, median, p95, failed = said.split()
    if failed != "0":
        raise RuntimeError(f"{failed} of {calls} drop-offs were not recorded.")
    return Load(float(seconds), float(median), float(p95))


def _sync_times() -> Iterator[float]:
    """How long this disk takes to say that 4 kB are on it, in ms."""
    folder = os.path.dirname(twin.current()) if connection.vendor == "sqlite" else None
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        for _time in range(SYNCS):
            os.pwrite(file.fileno(), b"x" * 4096, 0)
            start = time.perf_counter()
            os.fsync(file.fileno())
            yield (time.perf_counter() - start) * 1000


def _address() -> str:
    """What DATABASE_URL would be for the copy."""
    return os.environ["DATABASE_URL"].rpartition("/")[0] + "/" + twin.current().rpartition("/")[2]


@contextmanager
def safely_written() -> Iterator[None]:
    """Let a throw-away PostgreSQL write as one that is kept does. SQLite always does (kitdrive/settings.py)."""
    if connection.vendor != "postgresql":
        yield
        return
    _set("ALTER SYSTEM SET {} = on")
    try:
        with connection.cursor() as cursor:
            shown = {name: _shown(cursor, name) for name in SAFE}
        if set(shown.values()) != {"on"}:
            raise RuntimeError(f"PostgreSQL does not write safely: {json.dumps(shown)}")
        yield
    finally:
        _set("ALTER SYSTEM RESET {}")


def _set(statement: str) -> None:
    with connection.cursor() as cursor:
        for name in SAFE:
            cursor.execute(statement.format(name))
        cursor.execute("SELECT pg_reload_conf()")
    time.sleep(0.5)  # the cluster reads its settings in its own time


def _shown(cursor: object, name: str) -> str:
    cursor.execute(f"SHOW {name}")  # type: ignore[attr-defined]
    return str(cursor.fetchone()[0])  # type: ignore[attr-defined]
