"""The public page of a drive: how many visitors two processes answer, and how long it takes to make."""

import statistics
import subprocess
import sys

from bench import front
from bench.measure import Book, milliseconds
from bench.serving import served
from donations.models import Drive
from kitdrive.public.facts import facts_of
from kitdrive.public.pages import drive_address, drive_page, made_page
from tests.queries import statements

VISITORS, REQUESTS, ROUNDS = 8, 6000, 5
AT_LEAST = 1500  # requests a second


def measure(book: Book) -> None:
    """Visit the page of the drive that runs, of the demonstration; the visitors' own work is on the same cores."""
    drive = Drive.objects.published().select_related("house").latest("ends_on")
    path = drive_address(drive, "fr")
    with served() as port:
        rates = [_rate(port, path) for _round in range(ROUNDS)]
    rate = statistics.median(rates[1:])
    book.write(f"public page, requests a second of {VISITORS} visitors", rate, "a second")
    book.write(f"{AT_LEAST:,} requests of the public page", AT_LEAST / rate, "s", 1)
    front.measure(book, path)
    drive_page(drive.slug, "fr")
    book.write("public page that is kept", statements(lambda: drive_page(drive.slug, "fr")), "statements", 0)
    book.write("public page, made anew", milliseconds(lambda _given: _made(drive)), "ms")


def _rate(port: int, path: str) -> float:
    command = [sys.executable, "-m", "bench.visitors", str(port), path, str(REQUESTS), str(VISITORS)]
    said = subprocess.run(command, capture_output=True, check=True, text=True).stdout  # noqa: S603  (our own)
    seconds, failed = said.split()
    if failed != "0":
        raise RuntimeError(f"{failed} of {VISITORS} visitors were not answered.")
    return REQUESTS / float(seconds)


def _made(drive: Drive) -> None:
    """All that making it takes: its facts, its needs, the template, the compression."""
    made_page(facts_of(drive), "fr")
