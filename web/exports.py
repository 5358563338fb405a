"""Tables that leave as CSV or as a workbook: readable by the reader's own spreadsheet, and never a formula."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.text import slugify

Answer = TypeVar("Answer", HttpResponse, StreamingHttpResponse)
Column = tuple[str | Promise, str | Callable[[Any], Any]]

_BYTE_ORDER_MARK = "\ufeff"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # OWASP, "CSV Injection"
_CHUNK = 2000
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class _Line:
    """A file for csv.writer that gives each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_response(
    name: str | Promise, columns: Sequence[Column], rows: QuerySet | Iterable[Any]
) -> StreamingHttpResponse:
    """Stream `rows` as the file "<name>-<today>.csv".

    A column is its heading and the dotted attribute, or the function, that gives its value. UTF-8 with a byte-order
    mark; separated by semicolons with a decimal comma in French, by commas otherwise; dates are YYYY-MM-DD.
    """
    language = translation.get_language() or "en"
    answer = StreamingHttpResponse(csv_lines(columns, rows, language), content_type=TYPES["csv"])
    return as_attachment(answer, name, "csv", timezone.localdate())


def workbook(columns: Sequence[Column], rows: Iterable[Any]) -> bytes:
    """A workbook of one sheet of `rows`: numbers and days as such, the rest as words."""
    from openpyxl import Workbook  # 11 MB: held by a process that writes one, and by no other

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append([neutral(str(heading)) for heading, _how in columns])
    readers = _readers(columns)
    for row in rows:
        sheet.append([_as_cell(read(row)) for read in readers])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def csv_lines(columns: Sequence[Column], rows: QuerySet | Iterable[Any], language: str) -> Iterator[str]:
    """Yield the lines of the file, the headings first."""
    writer = csv.writer(_Line(), delimiter=";" if language.startswith("fr") else ",")
    readers = _readers(columns)
    with translation.override(language):
        headings = [neutral(str(heading)) for heading, _how in columns]
    yield _BYTE_ORDER_MARK + writer.writerow(headings)
    for row in rows.iterator(chunk_size=_CHUNK) if isinstance(rows, QuerySet) else rows:
        with translation.override(language):
            values = [as_text(read(row), language) for read in readers]
        yield writer.writerow(values)


def as_text(value: Any, language: str) -> str:
    """Write one value: numbers as the reader's spreadsheet counts with them, words that are never a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return translation.gettext("yes") if value else translation.gettext("no")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal | float):
        return str(value).replace(".", ",") if language.startswith("fr") else str(value)
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return neutral(str(value))


def as_attachment(answer: Answer, name: str | Promise, ending: str, day: date) -> Answer:
    """Let the browser save `answer` as the file "<name>-<day>.<ending>", and keep it nowhere else."""
    answer["Content-Disposition"] = f'attachment; filename="{slugify(str(name))}-{day.isoformat()}.{ending}"'
    answer["Cache-Control"] = "no-store"
    return answer


def neutral(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text


def _readers(columns: Sequence[Column]) -> list[Callable[[Any], Any]]:
    return [attrgetter(how) if isinstance(how, str) else how for _heading, how in columns]


def _as_cell(value: Any) -> Any:
    """A value as a sheet keeps it: the reader's spreadsheet writes numbers and days its own way."""
    if value is None or (isinstance(value, int | float | Decimal | date) and not isinstance(value, bool | datetime)):
        return value
    return as_text(value, translation.get_language() or "en")
