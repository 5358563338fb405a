"""Papers: the slips and labels of the demonstration's 800 kits, what plain WeasyPrint takes for them, one over HTTP."""

import http.client
import statistics
import subprocess
import sys
import tempfile
import time

import segno
from django.conf import settings
from django.core.cache import caches
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import translation
from weasyprint import CSS, HTML

from bench.measure import Book
from bench.serving import served
from bench.slips import of_the_open_day
from distribution.kit_slips import LAYOUT, TEMPLATE, KitSlips
from distribution.slip_columns import sheets
from kits.models import Kit
from network.enums import Role
from network.models import Membership
from printing.pdf import style_sheet
from stock.codes import spoken

PLAIN = 50  # slips that plain WeasyPrint lays out; the time of all is in proportion, though it grows faster
TIMES, ROUNDS = 40, 3
# A slip that is not stamped: its foot is its own, not that of every page.
ALONE = ".one { position: relative; height: 171mm; break-after: page } .foot { position: absolute }"


def measure(book: Book) -> None:
    """Print what the demonstration has packed: each measurement in a process of its own, then one server's."""
    kits = of_the_open_day().count()
    rounds = [_round() for _time in range(ROUNDS)]
    cold, again, memory, other, labels = (statistics.median(figures) for figures in zip(*rounds, strict=True))
    plain = _plain() * kits / PLAIN
    contents = len(KitSlips.of(of_the_open_day()).contents)
    book.write(f"{kits} kit slips of {contents} contents, nothing laid out before", cold, "s", 2)
    book.write(f"{kits} kit slips again", again, "s", 0.7)
    book.write(f"{kits} kit slips again, by another process", other, "s", 0.7)
    book.write(f"{kits} kit slips, peak memory of the process", memory, "MB", 150)
    book.write(f"{kits} kit slips by plain WeasyPrint, from {PLAIN} of them", plain, "s")
    book.write(f"{kits} kit slips again, in eightieths of plain WeasyPrint's time", again / plain * 80, "eightieths", 1)
    book.write(f"{kits} labels again, 24 a sheet", labels, "s", 0.7)
    _over_http(book)


def _round() -> tuple[float, ...]:
    """The slips first and again with their peak memory, by another process, and the labels; nothing is kept before."""
    with tempfile.TemporaryDirectory() as folder:
        cold, again, memory = _print(folder, "slips")
        other, _again, _memory = _print(folder, "slips")
        _first, labels, _memory = _print(folder, "labels")
    return cold, again, memory, other, labels


def _print(folder: str, what: str) -> tuple[float, float, float]:
    command = [sys.executable, "-m", "bench.slips", folder, what]
    said = subprocess.run(command, capture_output=True, check=True, text=True).stdout  # noqa: S603  (our own)
    first, again, memory = (float(word) for word in said.split())
    return first, again, memory


def _plain() -> float:
    """Seconds that WeasyPrint takes for the same slips, all laid out in one document, with their codes as pictures."""
    with translation.override("fr"):
        slips = KitSlips.of(Kit.objects.filter(pk__in=of_the_open_day()[:PLAIN]))
        start = time.perf_counter()
        pages = [_slip(code, sheets(slips.inside[lot])) for code, lot in slips.codes]
        styles = "".join(style_sheet(name) for name in LAYOUT["styles"]).replace("#slot-", ".")
        HTML(string="".join(pages)).write_pdf(stylesheets=[CSS(string=styles + ALONE)])
        return time.perf_counter() - start


def _slip(code: str, columns: list) -> str:
    page = render_to_string(TEMPLATE, {"sheets": columns, "language": "fr", "title": "", "faces": {}})
    body = page.partition("<body>")[2].partition('<section class="specimen">')[0]
    square = segno.make_qr(code, error="q").svg_inline(scale=2)
    body = body.replace('<div id="slot-qr">', f'<div class="qr">{square}')
    body = body.replace('<div id="slot-code" class="slot-code">', f'<div class="code slot-code">{spoken(code)}')
    body = body.replace('<div id="slot-page" class="slot-page">', '<div class="page slot-page">1 / 800')
    return f'<div class="one">{body}</div>'


def _over_http(book: Book) -> None:
    """One slip, to the first byte of the answer. The layouts that this machine keeps are forgotten before."""
    caches["papers"].clear()
    slips = KitSlips.of(Kit.objects.here().order_by("pk"))
    lots = {inside: lot for lot, inside in slips.inside.items()}
    first, *others = (reverse("distribution:kit_slip", args=[_kit(lot)]) for lot in lots.values())
    client = Client()
    client.force_login(Membership.objects.filter(role=Role.COORDINATOR, user__is_active=True).earliest("pk").user)
    cookie = f"demosession={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    with served(processes=1) as port:
        _milliseconds(port, first, cookie)  # the process's first page of all
        cold = statistics.median(_milliseconds(port, path, cookie) for path in others)
        warm = statistics.median(_milliseconds(port, first, cookie) for _time in range(TIMES))
    book.write("one kit slip over HTTP, contents laid out before, to the first byte", warm, "ms", 20)
    book.write("one kit slip over HTTP, contents never printed, to the first byte", cold, "ms", 250)


def _kit(lot: int) -> int:
    return Kit.objects.here().filter(lot=lot).values_list("pk", flat=True)[0]


def _milliseconds(port: int, path: str, cookie: str) -> float:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    start = time.perf_counter()
    connection.request("GET", path, headers={"Cookie": cookie, "Host": "localhost"})
    answer = connection.getresponse()
    taken = (time.perf_counter() - start) * 1000
    content = answer.read()
    connection.close()
    if answer.status != 200 or not content.startswith(b"%PDF"):
        raise RuntimeError(f"No slip was answered: {answer.status}.")
    return taken
