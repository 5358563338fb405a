"""Tables that leave as a file: a short one is there at once, a long one is made by the worker.

How long a table takes is measured in docs/map.md; why long work is work of its own: docs/decisions/0004-papers.md.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from web.exports import TYPES, Column, as_attachment, csv_lines, workbook
from web.jobs.kinds import Arguments, InRows, Leaving, Told, Work
from web.jobs.models import Job
from web.numbers import grouped

CHUNK = 1000  # rows: how often it is said how far the file is

Row = TypeVar("Row")


@dataclass(frozen=True)
class Table(InRows, Leaving):
    """A list as a file, "csv" or "xlsx"; its work is counted in rows. Its label names the file too."""

    ending: str = "csv"

    at_once = 5_000  # rows that are written while one waits: about a second
    most = 1_000_000  # a sheet of a workbook holds 1 048 576
    begin = gettext_lazy("Make the file")
    opens = gettext_lazy("Download the file")

    def offer(self, total: int) -> str:
        return ngettext(
            "This list has %(number)s row. It is made while you go on with something else.",
            "This list has %(number)s rows. It is made while you go on with something else.",
            total,
        ) % {"number": grouped(total)}

    def too_long(self, total: int) -> str:
        said = _("This list has %(rows)s rows, more than %(most)s. Narrow it first.")
        return said % {"rows": grouped(total), "most": grouped(self.most)}

    def back_to(self, about: Arguments, asked: QueryDict) -> str:
        """The list as it was narrowed: its file is asked for with the list's own filters."""
        path, _mark, known = self.back(about).partition("?")
        query = QueryDict(known, mutable=True)
        for name, values in asked.lists():
            query.setlist(name, values)
        return f"{path}?{query.urlencode()}" if query else path

    def answer(self, job: Job, content: bytes) -> HttpResponse:
        answer = HttpResponse(content, content_type=TYPES[self.ending])
        return as_attachment(answer, self.label, self.ending, timezone.localdate(job.made_at))


def table_work(columns: Sequence[Column], rows: Callable[[], Iterable[Any]], total: int, ending: str = "csv") -> Work:
    """The work of a table of `total` rows; `rows` is called once, when it is made."""

    def make(told: Told) -> bytes:
        counted = _counted(rows(), told)
        if ending == "xlsx":
            return workbook(columns, counted)
        return "".join(csv_lines(columns, counted, get_language() or "en")).encode()

    return Work(total, make)


def _counted(rows: Iterable[Row], told: Told) -> Iterator[Row]:
    """The rows, while `told` hears how many there were."""
    for number, row in enumerate(rows, start=1):
        yield row
        if number % CHUNK == 0:
            told(number)
