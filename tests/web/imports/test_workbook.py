"""The rows of an .xlsx file are counted in little memory; an archive that is broken in any way is refused."""

import io
import struct
import tracemalloc
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.imports.errors import Unreadable
from web.imports.workbook import _count, count_rows, lines


def a_book(*sheets: int) -> bytes:
    """A book whose sheets have so many rows below their headings."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for number in range(rows + 1):
            sheet.append([f"a{number}", "b"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def changed(content: bytes, offset: int, value: int) -> bytes:
    """The same archive with another number in the central entry of each of its files."""
    made, at = bytearray(content), -1
    while (at := made.find(b"PK\x01\x02", at + 1)) >= 0:
        made[at + offset : at + offset + 2] = struct.pack("<H", value)
    return bytes(made)


BOOK = a_book(3)
BROKEN = {
    "with a password": changed(BOOK, 8, 1),
    "packed in an unknown way": changed(BOOK, 10, 99),
    "of a version to come": changed(BOOK, 6, 200),
    "cut short": BOOK[: len(BOOK) // 2],
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_archive_is_refused_and_nothing_worse(content):
    for read in (count_rows, lambda content: list(lines(content, most_rows=9))):
        with pytest.raises(Unreadable, match="damaged"):
            read(content)


@given(st.integers(0, len(BOOK) - 1), st.integers(0, 255))
def test_whatever_byte_is_wrong_it_is_read_or_refused(at, value):
    content = BOOK[:at] + bytes([value]) + BOOK[at + 1 :]
    for read in (count_rows, lambda content: list(lines(content, most_rows=9))):
        try:
            read(content)
        except Unreadable:
            continue


def test_the_rows_of_the_first_sheet_alone_are_counted():
    assert count_rows(a_book(3, 500)) == 3
    assert count_rows(a_book(0, 500)) == 0


def test_the_first_sheet_is_the_first_of_the_book_whatever_its_file_is_called():
    first, second = zipfile.ZipFile(io.BytesIO(a_book(500, 3))), io.BytesIO()
    with zipfile.ZipFile(second, "w") as made:
        for name in first.namelist():
            made.writestr(name, first.read(name).replace(b"worksheets/sheet1", b"worksheets/other"))
            if name.endswith("sheet1.xml"):
                made.writestr("xl/worksheets/other.xml", first.read(name))
    assert count_rows(second.getvalue()) == len(list(lines(second.getvalue(), most_rows=999))) - 1 == 500


@pytest.mark.parametrize("piece", range(4, 30))
def test_a_tag_between_two_pieces_is_counted_once(monkeypatch, piece):
    monkeypatch.setattr("web.imports.workbook._PIECE", piece)
    assert _count(b"<row", io.BytesIO(b'<sheet><row r="1"/><row><c/></row>\n<row/></sheet>')) == 3


def test_a_large_sheet_is_never_held_whole(monkeypatch):
    monkeypatch.setattr("web.imports.workbook.MOST_RATIO", 9_000)
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(a_book(3))) as book, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name in book.namelist():
            content = book.read(name)
            padded = content.replace(b"</row>", b"</row>" + bytes(range(256)) * 40_000)
            made.writestr(name, padded if "sheet1" in name else content)
    content = file.getvalue()
    tracemalloc.start()
    assert count_rows(content) == 3
    assert tracemalloc.get_traced_memory()[1] < 12_000_000
    tracemalloc.stop()
