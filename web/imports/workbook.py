"""The first sheet of an .xlsx file as rows of text, without ever unpacking more than it may hold."""

import io
import lzma
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import IO, Any

import openpyxl
from django.utils.translation import gettext_lazy as _
from openpyxl.reader.excel import ExcelReader

from web.imports.errors import Unreadable

MOST_UNPACKED = 200_000_000  # bytes
MOST_RATIO = 200  # unpacked to packed; an honest sheet is under 30
_EMPTY_TAIL = 1_000  # rows
_PIECE = 1_000_000  # bytes
_ROW = b"<row"
_BROKEN = (  # what a damaged archive raises, one with a password (RuntimeError), one that is packed in an odd way
    *(ArithmeticError, AttributeError, EOFError, LookupError, OSError, RuntimeError, StopIteration, SyntaxError),
    *(TypeError, ValueError, lzma.LZMAError, struct.error, zipfile.BadZipFile, zlib.error),
)


def lines(content: bytes, *, most_rows: int) -> Iterator[list[str]]:
    """Yield the rows of the first sheet, dates as YYYY-MM-DD; raise Unreadable for another kind of archive."""
    _look_inside(content)
    with _whole(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions, which are not read
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for row in sheet.iter_rows(max_row=most_rows + _EMPTY_TAIL, values_only=True):
            yield [as_text(value) for value in row]


def count_rows(content: bytes) -> int:
    """How many rows its first sheet has below the headings, counted by their tags. Raises Unreadable."""
    _look_inside(content)
    with _whole(), zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(_first_sheet(content)) as sheet:
        return max(_count(_ROW, sheet) - 1, 0)


def _first_sheet(content: bytes) -> str:
    """Where in the archive the sheet is that `lines` reads, without its words being read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = ExcelReader(io.BytesIO(content), read_only=True, keep_links=False)
        book.read_manifest()
        book.read_workbook()
        sheets = [relation for _sheet, relation in book.parser.find_sheets() if "chartsheet" not in relation.Type]
    return next(str(relation.target) for relation in sheets if relation.target in book.valid_files)


def _count(word: bytes, file: IO[bytes]) -> int:
    """How often `word` is in `file`, of which a piece at a time is held."""
    found, before = 0, b""
    while piece := file.read(_PIECE):
        piece = before + piece
        found += piece.count(word)
        before = piece[1 - len(word) :]
    return found


@contextmanager
def _whole() -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        raise Unreadable(_("This .xlsx file is damaged. Open it, save it again, and try once more.")) from error


def _look_inside(content: bytes) -> None:
    with _whole(), zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = {entry.filename for entry in archive.infolist()}
        unpacked = sum(entry.file_size for entry in archive.infolist())
    if "content.xml" in names:
        raise Unreadable(_("This is an OpenDocument sheet (.ods). Save it as .xlsx or as “CSV UTF-8”."))
    if "xl/workbook.xml" not in names:
        raise Unreadable(_("This archive is not a spreadsheet. Send the sheet itself, as .xlsx or “CSV UTF-8”."))
    if unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(len(content), 10_000):
        raise Unreadable(_("This .xlsx file unpacks to far more than a table holds. Save it as “CSV UTF-8”."))


def as_text(value: Any) -> str:
    """Write a cell as its reader typed it: 3.0 is 3, a day is YYYY-MM-DD."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
