from datetime import date

import pytest
from django.core.exceptions import ValidationError

from stock.enums import DatePrecision
from stock.forms import PrintedDate, PrintedDateField


@pytest.mark.parametrize(
    "typed", ["2027-03-15", "15/03/2027", "15.03.2027", "15 3 2027", "15/03/27", "15\u202f/\u202f03/2027"]
)
def test_a_printed_day_is_read_however_it_is_written(typed):
    assert PrintedDateField().clean(typed) == PrintedDate(date(2027, 3, 15), DatePrecision.DAY)


@pytest.mark.parametrize("typed", ["03/2027", "3/2027", "2027-03", "03.27"])
def test_a_printed_month_stands_for_its_last_day(typed):
    assert PrintedDateField().clean(typed) == PrintedDate(date(2027, 3, 31), DatePrecision.MONTH)


def test_a_printed_year_stands_for_its_last_day():
    assert PrintedDateField().clean(" 2027 ") == PrintedDate(date(2027, 12, 31), DatePrecision.YEAR)


def test_no_date_is_no_date():
    assert PrintedDateField(required=False).clean("") == PrintedDate(None, DatePrecision.DAY)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("mars", "invalid"),
        ("27", "invalid"),
        ("15/03/2027/4", "invalid"),
        ("31/02/2027", "impossible"),
        ("13/2027", "impossible"),
        ("15/03", "short"),
        ("0/2027", "impossible"),
        ("00/00/0000", "impossible"),
        ("15/03/2207", "far"),
    ],
)
def test_what_is_not_a_date_is_refused_with_a_sentence_of_its_own(typed, code):
    with pytest.raises(ValidationError) as refused:
        PrintedDateField().clean(typed)
    assert refused.value.code == code
    assert typed in refused.value.messages[0]


@pytest.mark.parametrize("typed", ["15/03/2027", "03/2027", "2027"])
def test_a_date_is_shown_again_as_it_would_be_typed(typed):
    field = PrintedDateField()
    assert field.prepare_value(field.clean(typed)) == typed
