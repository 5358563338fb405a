"""The first sheet of an .xlsx file as rows of text, without ever unpacking more than it may hold."""

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import openpyxl
from django.utils.translation import gettext_lazy as _

from web.imports.errors import Unreadable

MOST_UNPACKED = 200_000_000  # bytes
MOST_RATIO = 200  # unpacked to packed; an honest sheet is under 30
_EMPTY_TAIL = 1_000  # rows


def lines(content: bytes, *, most_rows: int) -> Iterator[list[str]]:
    """Yield the rows of the first sheet, dates as YYYY-MM-DD; raise Unreadable for another kind of archive."""
    _look_inside(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions, which are not read
        try:
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            for row in sheet.iter_rows(max_row=most_rows + _EMPTY_TAIL, values_only=True):
                yield [as_text(value) for value in row]
        except (KeyError, ValueError, IndexError, OSError, zipfile.BadZipFile, SyntaxError) as error:
            raise Unreadable(_("This .xlsx file is damaged. Open it, save it again, and try once more.")) from error


def count_rows(content: bytes) -> int:
    """How many rows its longest sheet has below the headings, counted by their tags. Raises Unreadable."""
    _look_inside(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        try:
            return max((archive.read(name).count(b"<row") - 1 for name in sheets), default=0)
        except (OSError, zipfile.BadZipFile, zlib.error) as error:
            raise Unreadable(_("This .xlsx file is damaged. Open it, save it again, and try once more.")) from error


def _look_inside(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {entry.filename for entry in archive.infolist()}
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise Unreadable(_("This .xlsx file is damaged. Open it, save it again, and try once more.")) from error
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
