from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.exports import as_text, csv_lines, csv_response, neutral

SOAP = SimpleNamespace(
    item=SimpleNamespace(name="Savon, 100 g"), on_hand=1482, mean=Decimal("2.5"), day=date(2026, 11, 22)
)
COLUMNS = [("Article", "item.name"), ("En stock", lambda row: row.on_hand), ("Moyenne", "mean"), ("Jour", "day")]


def test_french_spreadsheets_get_semicolons_and_decimal_commas():
    head, row = csv_lines(COLUMNS, [SOAP], "fr")
    assert head == "\ufeffArticle;En stock;Moyenne;Jour\r\n"
    assert row == "Savon, 100 g;1482;2,5;2026-11-22\r\n"


def test_english_ones_get_commas():
    assert list(csv_lines(COLUMNS, [SOAP], "en"))[1] == '"Savon, 100 g",1482,2.5,2026-11-22\r\n'


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", " =1", "\n=1", "＝1"])
def test_what_a_spreadsheet_would_run_becomes_words(text):
    assert neutral(text) == f"'{text}"


@given(st.text(max_size=40))
def test_no_text_leaves_as_a_formula(text):
    assert not as_text(text, "fr").lstrip(" ").startswith(("=", "+", "-", "@"))


def test_a_negative_number_stays_a_number():
    assert as_text(-3, "fr") == "-3"


def test_the_file_is_named_after_its_content_and_is_kept_nowhere(time_machine):
    time_machine.move_to("2026-11-22 10:00+01:00")
    answer = csv_response("Stock à Paris", COLUMNS, [SOAP])
    assert answer["Content-Disposition"] == 'attachment; filename="stock-a-paris-2026-11-22.csv"'
    assert answer["Cache-Control"] == "no-store"
    assert b"".join(answer.streaming_content).startswith(b"\xef\xbb\xbfArticle")
