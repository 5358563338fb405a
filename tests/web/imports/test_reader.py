import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.imports import reader
from web.imports.errors import Unreadable
from web.imports.reader import read_headings, read_table


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def archive(**files):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


def cells(content, filename="file.csv"):
    return [row.cells for row in read_table(content, filename).rows]


@pytest.mark.parametrize(
    "text", ["item,quantity\nSavon,3\n", "item;quantity\r\nSavon;3\r\n", "\n\nItem ; Quantity\nSavon;3"]
)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_csv_with_commas_or_semicolons_and_a_mark_or_none(text, mark):
    assert cells((mark + text).encode()) == [{"item": "Savon", "quantity": "3"}]


def test_a_row_is_numbered_as_the_spreadsheet_does():
    table = read_table(b'item,note\nSavon,"two\nlines"\n\nServiette,\n')
    assert [row.number for row in table.rows] == [2, 4]


def test_missing_cells_are_empty():
    assert cells(b"item,quantity\nSavon\n") == [{"item": "Savon", "quantity": ""}]


def test_a_workbook_reads_like_the_same_csv():
    content = workbook(["Item", "quantity", "date"], ["Savon", 3.0, date(2026, 11, 22)], [None, None, None])
    assert cells(content) == [{"item": "Savon", "quantity": "3", "date": "2026-11-22"}]


@pytest.mark.parametrize(
    ("content", "filename"),
    [
        (b"\n;;\nItem;quantity\nSavon;3;4;5\n", "a.csv"),
        (workbook([None], ["Item", "quantity"], ["Savon", 3, 4]), "a.xlsx"),
        (b'[{"item": 1}, {"quantity": 2}]', "a.json"),
    ],
    ids=["CSV", "xlsx", "JSON"],
)
def test_headings_are_read_alone(content, filename):
    table = read_headings(content, filename)
    assert (table.columns, table.rows) == (("item", "quantity"), ())


def test_headings_that_are_not_there_are_refused():
    with pytest.raises(Unreadable, match="is empty"):
        read_headings(b";;\n;\n")


def test_a_moment_in_a_workbook_keeps_its_hour():
    assert cells(workbook(["at"], [datetime(2026, 11, 22, 14, 30)])) == [{"at": "2026-11-22 14:30"}]


def test_json_records_are_rows():
    content = b'[{"gtin": 3017620422003, "lots": ["A", "B"]}, {"gtin": 1, "note": null}]'
    assert cells(content, "recalls.json")[0] == {"gtin": "3017620422003", "lots": "A B", "note": ""}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b" \n;;\n", "is empty"),
        ("item\nPâté\n".encode("cp1252"), "Row 2 has letters that are not in UTF-8"),
        ("item\nPâté\n".encode("utf-16"), "UTF-16"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Excel file"),
        (archive(content_xml="<x/>"), "OpenDocument"),
        (archive(word__document_xml="<x/>"), "not a spreadsheet"),
        (archive(xl__workbook_xml="0" * 30_000_000), "unpacks to far more"),
        (b"PK\x03\x04 nothing", "damaged"),
        (archive(xl__workbook_xml="<x/>"), "damaged"),
        (b"item,item\n1,2\n", "Two columns are named"),
        (b"item,,grams\n1,2,3\n", "Column 2 has no name"),
        (b"item\n1,2\n", "Row 2 has more cells"),
        (b'item\n"Savon\n', "breaks off"),
        (b"item\n\x00\n", "not a table"),
        (b'{"a": 1}', "not a list of records"),
        (b"[{", "not valid JSON"),
        (b'[{"a": 1}, 2]', "not a list of records"),
        (b"item\n" + b"x" * 2001, "more than 2,000 characters"),
        (",".join(f"c{n}" for n in range(81)).encode(), "more than 80 columns"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(content, sentence):
    with pytest.raises(Unreadable) as refused:
        read_table(content, "file.csv")
    assert sentence in str(refused.value)


def test_a_file_that_is_too_large_is_not_even_looked_at(monkeypatch):
    monkeypatch.setattr(reader, "MOST_BYTES", 10)
    with pytest.raises(Unreadable, match="larger than 10 MB"):
        read_table(b"item,quantity\n")


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(reader, "MOST_ROWS", 2)
    with pytest.raises(Unreadable, match="50,000 rows"):
        read_table(b"item\n1\n2\n3\n")


@given(st.binary(max_size=200))
def test_any_bytes_are_a_table_or_a_refusal(content):
    try:
        table = read_table(content, "file.csv")
    except Unreadable:
        return
    assert table.columns


@given(st.lists(st.lists(st.from_regex(r"[a-zé 0-9;,\"']{1,8}", fullmatch=True), min_size=2, max_size=2), min_size=1))
def test_what_a_spreadsheet_writes_is_what_we_read(rows):
    import csv

    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerows([["item", "note"], *rows])
    kept = [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
    assert [list(row.values()) for row in cells(file.getvalue().encode())] == kept
