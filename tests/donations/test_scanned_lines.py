"""A code scanned into a donation or a purchase is a line, or one more piece of its line; it never records the form."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from stock.catalogue_operations import attach_gtin
from stock.enums import DateRule
from stock.models import Item, Operation
from tests.cast import a_coordinator, a_dated_item, a_volunteer, an_item
from tests.donations.typed import a_donation, a_purchase
from tests.photos import EAN
from tests.queries import statements

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

CREATE = "/donations/new/"
GTIN = EAN.zfill(14)
FIELDS = ("item", "quantity", "best_before", "number")


@pytest.fixture
def soap() -> Item:
    return attach_gtin(item=an_item("Savon"), code=GTIN, actor=a_coordinator())


@pytest.fixture
def compote() -> Item:
    return attach_gtin(item=a_dated_item("Compote"), code=GTIN, actor=a_coordinator())


def scanned(client, code: str, *rows, **fields):
    return client.post(CREATE, a_donation(*rows, code=code, **{"scan": "lines-lines", **fields}))


def lines_of(answer) -> list[tuple[str, ...]]:
    """What stands on each line that is not empty."""
    rows = [tuple(line[name].value() or "" for name in FIELDS) for line in answer.context["lines"].forms]
    return [row for row in rows if any(row)]


def said(answer) -> str:
    return str(answer.context["scan"].sentence)


def with_elements(*, days: int = 100, lot: str = "A1") -> tuple[str, str]:
    """A GS1 code with a date so many days from now, and that date as the form writes it."""
    day = timezone.localdate() + timedelta(days=days)
    return f"]C101{GTIN}17{day:%y%m%d}10{lot}", f"{day:%d/%m/%Y}"


def test_a_scanned_code_is_a_line_and_again_one_more_piece(signed_in, soap):
    client = signed_in(a_volunteer())
    answer = scanned(client, EAN)
    assert lines_of(answer) == [("Savon", "1", "", "")]
    assert said(answer) == "Savon: 1 on line 1."
    answer = scanned(client, EAN, {"item": "savon", "quantity": "11"})
    assert lines_of(answer) == [("savon", "12", "", "")]
    assert not Operation.objects.exists()


def test_the_code_fills_lot_and_date_and_finds_its_line_by_them(signed_in, compote):
    client, (code, printed) = signed_in(a_volunteer()), with_elements()
    assert lines_of(scanned(client, code)) == [("Compote", "1", printed, "A1")]
    row = {"item": "Compote", "quantity": "1", "best_before": printed, "number": "A1"}
    assert lines_of(scanned(client, code, row)) == [("Compote", "2", printed, "A1")]
    other, later = with_elements(days=200, lot="B2")
    assert lines_of(scanned(client, other, row)) == [("Compote", "1", printed, "A1"), ("Compote", "1", later, "B2")]


def test_a_code_without_a_date_goes_on_with_the_line_that_somebody_dated(signed_in, compote):
    client = signed_in(a_volunteer())
    assert said(scanned(client, EAN)).startswith("Compote: 1 on line 1. Read its printed date")
    row = {"item": "Compote", "quantity": "1", "best_before": "2099"}
    answer = scanned(client, EAN, row)
    assert (lines_of(answer), said(answer)) == ([("Compote", "2", "2099", "")], "Compote: 2 on line 1.")


def test_a_month_is_written_as_a_month(signed_in, compote):
    year = timezone.localdate().year + 1
    answer = scanned(signed_in(a_volunteer()), f"(01){GTIN}(15){year % 100}0300")
    assert lines_of(answer) == [("Compote", "1", f"03/{year}", "")]


def test_what_was_typed_stays_and_the_first_empty_line_is_taken(signed_in, soap):
    an_item("Gel douche")
    rows = [{"item": "Gel", "quantity": "x"}, {}, {"item": "Gel douche", "quantity": "2"}]
    answer = scanned(signed_in(a_volunteer()), EAN, *rows)
    expected = [("Gel", "x", "", ""), ("Savon", "1", "", ""), ("Gel douche", "2", "", "")]
    assert lines_of(answer) == expected
    assert not answer.context["lines"].total_error_count()


def test_a_full_form_gets_one_more_line_up_to_a_hundred(signed_in, soap):
    an_item("Gel douche")
    client, row = signed_in(a_volunteer()), {"item": "Gel douche", "quantity": "1"}
    answer = scanned(client, EAN, *[row] * 3)
    assert len(lines_of(answer)) == 4
    assert answer.context["lines"].forms[3]["condition"].value() == "new"
    answer = scanned(client, EAN, *[row] * 100)
    assert said(answer) == "This form is full. Record it, and go on with the next."
    assert len(lines_of(answer)) == 100


def test_what_is_past_its_date_is_refused_at_once(signed_in, compote):
    code, _printed = with_elements(days=-1)
    answer = scanned(signed_in(a_volunteer()), code)
    assert "is past. Do not take it in." in said(answer)
    assert lines_of(answer) == []


def test_a_form_with_a_code_in_its_field_is_not_recorded_by_any_button(signed_in, soap):
    client = signed_in(a_volunteer())
    typed = a_donation({"item": "Savon", "quantity": "1"}, code=EAN)
    answer = client.post(CREATE, typed)
    assert lines_of(answer) == [("Savon", "2", "", "")]
    assert not Operation.objects.exists()
    assert client.post(CREATE, {**typed, "code": " "}).status_code == 302
    assert Operation.objects.count() == 1


def test_enter_once_more_after_a_scan_looks_for_a_code_and_records_nothing(signed_in, soap):
    client = signed_in(a_volunteer())
    page = scanned(client, EAN).content.decode()
    assert 'name="scan" value="again"' in " ".join(page.split())
    answer = scanned(client, "", {"item": "Savon", "quantity": "1"}, scan="again")
    assert said(answer) == "Scan a code, or type the digits below the bars."
    assert not Operation.objects.exists()


def test_adding_rows_leaves_a_code_that_is_still_being_typed(signed_in, soap):
    typed = a_donation({"item": "Savon", "quantity": "1"}, code=EAN, add_line="lines")
    answer = signed_in(a_volunteer()).post(CREATE, typed)
    assert lines_of(answer) == [("Savon", "1", "", "")]
    assert len(answer.context["lines"].forms) == 6


def test_a_new_code_is_said_and_who_coordinates_is_led_to_attach_it(signed_in):
    attach = reverse("stock:code_attach")
    answer = scanned(signed_in(a_coordinator()), EAN, {"item": "Savo", "quantity": "1"})
    assert said(answer).startswith(f"No article has the code {EAN} yet.")
    assert f'href="{attach}?code={EAN}"' in answer.content.decode()
    assert lines_of(answer) == [("Savo", "1", "", "")]
    assert attach not in scanned(signed_in(a_volunteer()), EAN).content.decode()
    assert attach not in scanned(signed_in(a_coordinator()), "13017620422000").content.decode()


@pytest.mark.parametrize("total", ["", "x", "-1", "²", "99999", "1000"])
def test_a_garbled_form_is_no_fault(signed_in, soap, total):
    typed = {**a_donation(code=EAN), "lines-TOTAL_FORMS": total}
    assert signed_in(a_volunteer()).post(CREATE, typed).status_code == 200


def test_a_purchase_is_scanned_the_same_way(signed_in, soap):
    client = signed_in(a_coordinator())
    answer = client.post("/donations/purchases/new/", a_purchase(code=EAN, scan="lines-lines"))
    assert lines_of(answer) == [("Savon", "1", "", "")]
    row = {"item": "Savon", "quantity": "1"}
    assert client.post("/donations/purchases/new/", a_purchase(row)).status_code == 302


def test_what_was_scanned_is_recorded_as_it_stands(signed_in, compote):
    client, (code, _printed) = signed_in(a_volunteer()), with_elements()
    ((item, quantity, printed, number),) = lines_of(scanned(client, code))
    row = {"item": item, "quantity": quantity, "best_before": printed, "number": number}
    assert client.post(CREATE, a_donation(row)).status_code == 302
    lot = compote.lots.get()
    assert (lot.number, lot.best_before) == ("A1", timezone.localdate() + timedelta(days=100))
    assert compote.date_rule == DateRule.BEST_BEFORE


def test_a_scan_asks_as_much_for_eight_lines_as_for_one(signed_in, soap):
    client, row = signed_in(a_volunteer()), {"item": "Savon", "quantity": "1"}
    one, eight = a_donation(row, code=EAN), a_donation(*[row] * 8, code=EAN)
    assert statements(lambda: client.post(CREATE, eight)) == statements(lambda: client.post(CREATE, one)) <= 15
