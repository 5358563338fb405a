"""What a scanner types or a camera reads becomes the article's GTIN, its lot and its printed date, or a sentence."""

import string
from datetime import date

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from stdnum import ean

from stock.barcodes import Barcode, NotACode, read_code
from stock.enums import DatePrecision
from stock.lots import last_day

GTIN = "03017620422003"
MARCH = date(2027, 3, 31)
DAY, MONTH, YEAR = DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.YEAR


@pytest.fixture(autouse=True)
def _in_2026():
    """Two digits of a year are of the century around today (GS1 General Specifications, section 7.12)."""
    with time_machine.travel("2026-11-22T12:00:00Z", tick=False):
        yield


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("3017620422003", Barcode(GTIN)),
        (GTIN, Barcode(GTIN)),
        ("3 017620 422003", Barcode(GTIN)),
        ("3017620422003\r\n", Barcode(GTIN)),
        ("\x023017620422003\x03", Barcode(GTIN)),
        ("]E03017620422003", Barcode(GTIN)),
        ("96385074", Barcode("00000096385074")),
        ("]E496385074", Barcode("00000096385074")),
        ("036000291452", Barcode("00036000291452")),
        ("]E00036000291452", Barcode("00036000291452")),
        ("04252614", Barcode("00042100005264")),
        ("]I113017620422000", Barcode("13017620422000")),
        ("0103017620422003", Barcode(GTIN)),
        ("]C1010301762042200317270331", Barcode(GTIN, "", MARCH, DAY)),
        ("]C1010301762042200317270300", Barcode(GTIN, "", MARCH, MONTH)),
        ("]C101030176204220031727033110A1", Barcode(GTIN, "A1", MARCH, DAY)),
        ("]d201030176204220031000AA\x1d17270000", Barcode(GTIN, "00AA", date(2027, 12, 31), YEAR)),
        ("\x1d010301762042200310A1\x1d15270300", Barcode(GTIN, "A1", MARCH, MONTH)),
        ("]Q3010301762042200310A1\x1d15270300", Barcode(GTIN, "A1", MARCH, MONTH)),
        ("]e0010301762042200310A1\x1d15270300", Barcode(GTIN, "A1", MARCH, MONTH)),
        ("010301762042200310A1<GS>15270300", Barcode(GTIN, "A1", MARCH, MONTH)),
        ("010301762042200310A1{GS}15270300", Barcode(GTIN, "A1", MARCH, MONTH)),
        ("010301762042200310A1^]15270300", Barcode(GTIN, "A1", MARCH, MONTH)),
        ("010301762042200310A1\u241d15270300", Barcode(GTIN, "A1", MARCH, MONTH)),
        ("(01)03017620422003(15)270300(10)AB-12/3", Barcode(GTIN, "AB-12/3", MARCH, MONTH)),
        ("(01) 03017620422003 (10) AB.12 (15) 270331", Barcode(GTIN, "AB.12", MARCH, DAY)),
        ("0103017620422003112601011527033110L7", Barcode(GTIN, "L7", MARCH, DAY)),
        ("01030176204220031526123117270331", Barcode(GTIN, "", MARCH, DAY)),
        ("010301762042200370032703311200", Barcode(GTIN, "", MARCH, DAY)),
        ("0103017620422003152702290010", Barcode(GTIN)),
        ("010301762042200315000000", Barcode(GTIN)),
        ("010301762042200315271399", Barcode(GTIN)),
        ("010301762042200310A1\x1d21SERIAL\x1d3103000250", Barcode(GTIN, "A1")),
        ("0103017620422003240ADDITIONAL\x1d10A1", Barcode(GTIN, "A1")),
        ("https://id.gs1.org/01/03017620422003/10/A1?17=270300", Barcode(GTIN, "A1", MARCH, MONTH)),
        ("https://marque.example/01/03017620422003", Barcode(GTIN)),
        ('"à&è-éàbcd'.replace("bcd", "'ééàà\""), Barcode(GTIN)),
        ('à&à"à&è-éà\'ééàà"&(éèà"àà&àQ&', Barcode(GTIN, "A1", MARCH, MONTH)),
        ('$C&à&à"à&è-éà\'ééàà"', Barcode(GTIN)),
    ],
)
def test_every_shape_is_read(text, said):
    assert read_code(text) == said


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("3017620422004", "3017620422004 is no GTIN: its last digit does not fit the others"),
        ("0103017620422004", "03017620422004 is no GTIN: its last digit does not fit the others"),
        ("96385075", "96385075 is no GTIN"),
        ("1012345678901", "1012345678901 is no GTIN"),
        ("00340123450000000000", "the code of a parcel"),
        ("0203017620422003372410A1", "the code of a parcel"),
        ("(10)A1(17)270300", "does not say of which article"),
        ("7K4P9XWD", "the code of a kit or a container"),
        ("7k4p 9xwd", "the code of a kit or a container"),
        ("", "no bar code of an article"),
        ("\r\n", "no bar code of an article"),
        ("42", "no bar code of an article"),
        ("Savon", "no bar code of an article"),
        ("]", "no bar code of an article"),
        ("]C1", "no bar code of an article"),
        ("٣٠١٧٦٢٠٤٢٢٠٠٣", "no bar code of an article"),
        ("https://marque.example/savon", "no bar code of an article"),
        ("http://[", "no bar code of an article"),
        ("3" * 500, "no bar code of an article"),
    ],
)
def test_what_names_no_article_is_refused_with_why(text, sentence):
    with pytest.raises(NotACode, match=sentence) as refused:
        read_code(text)
    assert refused.value.field == "code"


def test_a_case_of_several_is_told_from_one_piece():
    assert read_code("13017620422000").is_of_several
    assert not read_code("3017620422003").is_of_several


def gtins(length: int) -> st.SearchStrategy[str]:
    """Numbers that are no GTIN of a smaller kind: their first digit is none of the zeros that fill them up."""
    first = st.sampled_from("123456789") if length == 14 else st.sampled_from("3456789")
    payload = st.tuples(first, st.text(string.digits, min_size=length - 2, max_size=length - 2)).map("".join)
    return payload.map(lambda digits: digits + ean.calc_check_digit(digits))


lots = st.text(string.ascii_letters + string.digits + "-/._+", min_size=1, max_size=20)
days = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@given(st.one_of(gtins(8), gtins(12), gtins(13), gtins(14)))
def test_any_gtin_is_read_and_padded(gtin):
    assert read_code(gtin) == Barcode(gtin.zfill(14))


@given(gtins(13), st.integers(0, 12), st.integers(1, 9))
def test_any_wrong_digit_is_found(gtin, at, change):
    wrong = gtin[:at] + str((int(gtin[at]) + change) % 10) + gtin[at + 1 :]
    with pytest.raises(NotACode):
        read_code(wrong)


@pytest.mark.parametrize("lot", ["-", "12-3", "4711"])
def test_a_lot_of_digits_keeps_its_hyphen(lot):
    assert read_code(f"01{'3000000000007'.zfill(14)}1726040110{lot}").lot == lot


@given(gtins(13), lots, days, st.permutations(range(3)), st.sampled_from(["", "]C1", "]d2", "]e0", "\x1d"]))
def test_elements_in_any_order_say_the_same(gtin, lot, day, order, start):
    parts = [f"01{gtin.zfill(14)}", f"10{lot}\x1d", f"17{day:%y%m%d}"]
    said = read_code(start + "".join(parts[number] for number in order))
    assert said == Barcode(gtin.zfill(14), lot, day, DAY)


@given(gtins(13), lots, st.dates(date(2000, 1, 1), date(2060, 12, 31)), st.booleans())
def test_a_month_or_a_year_stands_for_its_last_day(gtin, lot, day, is_month):
    printed = f"{day:%y%m}00" if is_month else f"{day:%y}0000"
    if printed == "000000":
        return
    said = read_code(f"(01){gtin.zfill(14)}(15){printed}(10){lot}")
    assert (said.best_before, said.precision) == last_day(day.year, day.month if is_month else None)
    assert said.lot == lot


@given(st.one_of(st.text(max_size=60), st.text(string.digits + "()\x1d]C1&é\"'(-è_çà", max_size=40)))
def test_whatever_is_scanned_is_read_or_refused(text):
    try:
        said = read_code(text)
    except NotACode:
        return
    assert ean.is_valid(said.gtin)
    assert len(said.lot) <= 20
