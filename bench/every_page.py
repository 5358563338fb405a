"""Every page, with the demonstration's data and with a hundred times as much: its statements, and its time."""

import statistics
import time
from dataclasses import dataclass, field
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings

from bench import twin
from bench.addresses import Page, pages
from bench.decade import TIMES, Decade
from bench.loading import settle
from bench.measure import Book
from bench.stage import Stage
from tests.queries import statements

STATEMENTS, MILLISECONDS, GROWTH = 15, 60, 1.3
ROUNDS, EACH = 2, 3
AGAIN = 6  # rounds more for a page that seems too slow: a machine that stumbled for a second is not a slow page
AS_LONG = 1.1  # a page that is at most so much longer shows as much as before
NAMED = 12


@dataclass
class Visit:
    """What one page took: statements, bytes and times in ms, with little data and with much."""

    page: Page
    statements: list[int] = field(default_factory=list)
    length: list[int] = field(default_factory=list)
    taken: tuple[list[float], list[float]] = field(default_factory=lambda: ([], []))

    @property
    def before(self) -> float:
        return statistics.median(self.taken[0])

    @property
    def after(self) -> float:
        return statistics.median(self.taken[1])

    @property
    def growth(self) -> float:
        return self.after / self.before

    @property
    def shows_as_much(self) -> bool:
        return self.length[1] <= self.length[0] * AS_LONG

    @property
    def seems_slow(self) -> bool:
        is_slow = self.before > MILLISECONDS or self.after > MILLISECONDS * GROWTH
        return is_slow or (self.shows_as_much and self.growth > GROWTH)


def measure(book: Book, times: int = TIMES) -> None:
    """Measure every page on a copy of the demonstration that is in the database, and on one with `times` as much."""
    start = twin.current()
    with override_settings(DEMO=True, ALLOWED_HOSTS=["testserver"]):  # no second factor is asked in a demonstration
        few = twin.copy("-few")
        twin.use(few)
        stage = Stage()
        client = Client()
        client.force_login(stage.everybody(), settings.AUTHENTICATION_BACKENDS[1])
        decade = Decade()
        stage.today()
        many = twin.copy("-many")
        found, missing = pages(client)
        twin.use(many)
        decade.grow(times)
        settle()
        call_command("check_ledger", stdout=StringIO())
        visits = _visit(client, found, [few, many])
    twin.use(start)
    _judge(book, visits, times)
    print(f"  no page for this person: {', '.join(missing)}")


def _visit(client: Client, found: list[Page], databases: list[str]) -> list[Visit]:
    visits = [Visit(page) for page in found]
    for name in databases:
        twin.use(name)
        for visit in visits:
            visit.length.append(len(client.get(visit.page.url).content))
            visit.statements.append(statements(lambda visit=visit: client.get(visit.page.url)))
    _time(client, visits, databases, ROUNDS)
    _time(client, [visit for visit in visits if visit.seems_slow], databases, AGAIN)
    return visits


def _time(client: Client, visits: list[Visit], databases: list[str], rounds: int) -> None:
    """Ask for each page on the one database and on the other in turn, and keep how long each answer took."""
    for _round in range(rounds):
        for number, name in enumerate(databases):
            twin.use(name)
            for visit in visits:
                client.get(visit.page.url)
                for _ask in range(EACH):
                    start = time.perf_counter()
                    client.get(visit.page.url)
                    visit.taken[number].append((time.perf_counter() - start) * 1000)


def _judge(book: Book, visits: list[Visit], times: int) -> None:
    book.begin(f"Every page, {len(visits)} of them, for who sees most")
    most, slow = max(visits, key=lambda visit: visit.statements[0]), max(visits, key=lambda visit: visit.before)
    book.write("statements of the page with most", most.statements[0], "statements", STATEMENTS, most.page.name)
    book.write("median of all pages", statistics.median(visit.before for visit in visits), "ms")
    book.write("the slowest page", slow.before, "ms", MILLISECONDS, slow.page.name)
    book.begin(f"The same pages with {times} times the data")
    other = [visit.page.name for visit in visits if visit.statements[0] != visit.statements[1]]
    book.write("pages that send another number of statements", len(other), "pages", 0, ", ".join(other))
    slow = max(visits, key=lambda visit: visit.after)
    book.write("median of all pages", statistics.median(visit.after for visit in visits), "ms")
    book.write("the slowest page", slow.after, "ms", MILLISECONDS * GROWTH, slow.page.name)
    alike = [visit for visit in visits if visit.shows_as_much]
    worst = max(alike, key=lambda visit: visit.growth)
    book.write("pages that show as much as before", len(alike), "pages")
    book.write("their time against before, median", statistics.median(visit.growth for visit in alike), "times", GROWTH)
    book.write("their time against before, the worst", worst.growth, "times", GROWTH, worst.page.name)
    book.begin(f"The slowest pages with {times} times the data")
    for visit in sorted(visits, key=lambda visit: -visit.after)[:NAMED]:
        note = f"{visit.before:.1f} ms with the demonstration's, {visit.statements[1]} statements"
        book.write(visit.page.name, visit.after, "ms", None, note)
