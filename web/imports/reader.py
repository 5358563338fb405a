"""From a file to rows of text: CSV in UTF-8, .xlsx or JSON; other files are refused with what to do about it."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from types import ModuleType
from typing import Any

from django.utils.translation import gettext_lazy as _

from web.imports.errors import Unreadable

MOST_BYTES = 10_000_000
MOST_ROWS = 50_000
MOST_COLUMNS = 80
MOST_CHARACTERS = 2_000  # in one cell

_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_NO_TABLE = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"<!DOC", b"<html")  # papers, pictures, pages


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row as the spreadsheet numbers it (the headings are row 1), its cells by the name of their column."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]


def read_table(content: bytes, filename: str = "") -> Table:
    """Read a whole file into rows, or raise Unreadable. Rows without any content are left out."""
    return _table_of(_lines_of(content, PurePath(filename).suffix.lower()))


def read_headings(content: bytes, filename: str = "") -> Table:
    """Read the names of the columns alone, into a table without rows, or raise Unreadable."""
    lines = _lines_of(content, PurePath(filename).suffix.lower())
    return _table_of(next(([line] for line in lines if any(cell.strip() for cell in line)), []))


def count_rows(content: bytes) -> int:
    """How many rows a file has below its headings, without taking it apart. Raises Unreadable for what is no table."""
    _refuse_at_sight(content)
    if content.startswith(b"PK"):
        return _workbook().count_rows(content)
    text = _text_of(content)
    return max(text.rstrip().count("\n"), text.count("{"))


def _workbook() -> ModuleType:
    """web.imports.workbook, loaded by a process that reads one and by no other: openpyxl holds 11 MB."""
    from web.imports import workbook

    return workbook


def _refuse_at_sight(content: bytes) -> None:
    """Raise Unreadable for what its length or its first bytes say is no table."""
    if len(content) > MOST_BYTES:
        raise Unreadable(_("The file is larger than 10 MB. Split it by year or by site."))
    if not content.strip():
        raise Unreadable(_("The file is empty. Its first row must name the columns."))
    if content.startswith(_OLD_EXCEL):
        raise Unreadable(_("This is an old Excel file (.xls). Save it as .xlsx or as “CSV UTF-8”, and try again."))
    if content.startswith(_NO_TABLE):
        raise Unreadable(_("This is not a table: save the sheet as .xlsx or as “CSV UTF-8”, and try again."))
    if content.startswith(_UTF_16):
        raise Unreadable(_("This text is in UTF-16. Save it as “CSV UTF-8”, and try again."))


def _lines_of(content: bytes, suffix: str) -> Iterable[list[str]]:
    _refuse_at_sight(content)
    if content.startswith(b"PK"):
        return _workbook().lines(content, most_rows=MOST_ROWS)
    text = _text_of(content)
    if suffix == ".json" or text.lstrip().startswith(("[{", "[\n", '{"')):
        return _lines_of_json(text)
    return _lines_of_csv(text)


def _text_of(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = content.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            _("Row %(number)s has letters that are not in UTF-8. In the spreadsheet, save it as “CSV UTF-8”.")
            % {"number": number}
        ) from error
    if "\x00" in text:
        raise Unreadable(_("This is not a table: save the sheet as .xlsx or as “CSV UTF-8”, and try again."))
    return text


def _lines_of_csv(text: str) -> Iterator[list[str]]:
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for line in reader:
            number += 1
            yield line
    except csv.Error as error:
        raise Unreadable(
            _("The table breaks off after row %(number)s: look for a quotation mark that is not closed.")
            % {"number": number}
        ) from error


def _lines_of_json(text: str) -> Iterator[list[str]]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(_("This is not valid JSON. Download the file again.")) from error
    records = found.get("results", found.get("records")) if isinstance(found, dict) else found
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise Unreadable(_("This JSON is not a list of records. Download the file again."))
    columns = list(dict.fromkeys(str(name) for record in records for name in record))
    yield columns
    for record in records:
        yield [_json_text(record.get(name)) for name in columns]


def _json_text(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(_json_text(part) for part in value)
    return "" if value is None else str(value)


def _table_of(lines: Iterable[list[str]]) -> Table:
    columns: tuple[str, ...] = ()
    rows: list[SheetRow] = []
    for number, line in enumerate(lines, start=1):
        cells = [cell.strip() for cell in line]
        if not any(cells):
            continue
        if not columns:
            columns = _headings(cells)
            continue
        rows.append(_row(number, cells, columns))
        if len(rows) > MOST_ROWS:
            raise Unreadable(_("The file has more than 50,000 rows. Split it by year or by site."))
    if not columns:
        raise Unreadable(_("The file is empty. Its first row must name the columns."))
    return Table(columns, tuple(rows))


def _headings(cells: list[str]) -> tuple[str, ...]:
    while cells and not cells[-1]:
        cells.pop()
    names = [cell.casefold() for cell in cells]
    if len(names) > MOST_COLUMNS:
        raise Unreadable(_("The first row has more than 80 columns: it must hold the names of the columns alone."))
    if "" in names:
        raise Unreadable(
            _("Column %(number)s has no name in the first row. Name it, or delete it.")
            % {"number": names.index("") + 1}
        )
    doubled = next((name for name in names if names.count(name) > 1), None)
    if doubled:
        raise Unreadable(_("Two columns are named “%(name)s”. Keep one of them.") % {"name": doubled})
    return tuple(names)


def _row(number: int, cells: list[str], columns: tuple[str, ...]) -> SheetRow:
    if any(cells[len(columns) :]):
        raise Unreadable(
            _("Row %(number)s has more cells than there are columns. A cell that holds a comma needs quotation marks.")
            % {"number": number}
        )
    if any(len(cell) > MOST_CHARACTERS for cell in cells):
        raise Unreadable(_("Row %(number)s has a cell of more than 2,000 characters.") % {"number": number})
    padded = [*cells, *[""] * (len(columns) - len(cells))]
    return SheetRow(number, dict(zip(columns, padded, strict=False)))
