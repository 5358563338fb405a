from datetime import date, timedelta

import pytest
from django.utils import timezone

from donations.arrivals import ArrivalLine
from donations.models import Donation
from donations.operations import receive
from network.enums import OrganisationKind
from network.models import Organisation, Region
from stock.checks import check_balances
from stock.enums import Category, DatePrecision, DateRule, PlaceKind, Unit
from stock.ledger import KeyConflict
from stock.models import Lot, Movement
from stock.operations import virtual_place
from tests.cast import (
    a_dated_item,
    a_drive,
    a_key,
    a_volunteer,
    an_item,
    an_organisation,
    infant_formula,
    on_hand,
    the_house,
    the_store,
)
from tests.queries import statements
from web.errors import Refused

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
STATEMENTS = 11  # of a delivery without a promise, those that begin and end its transaction among them


def received(*lines: ArrivalLine, **asked) -> Donation:
    asked = {
        "drive": a_drive(),
        "place": the_store(),
        "received_on": TODAY(),
        "actor": a_volunteer(),
        "key": a_key(),
        **asked,
    }
    return Donation.objects.get(operation=receive(lines=lines, **asked))


def a_pharmacy() -> Organisation:
    return an_organisation("Pharmacies du Canal", OrganisationKind.PARTNER)


def test_what_the_public_gives_is_in_stock_and_names_nobody():
    donation = received(ArrivalLine(an_item("Savon"), 12), ArrivalLine(an_item("Peigne"), 3, grams=90))
    assert (on_hand(an_item("Savon")), on_hand(an_item("Peigne"))) == (12, 3)
    assert (donation.donor_kind, donation.partner) == ("public", None)
    assert not Lot.objects.exclude(donor=None).exists()
    assert not list(check_balances())


def test_a_partner_is_kept_with_its_lots():
    donation = received(ArrivalLine(an_item(), 5, number="L42"), partner=a_pharmacy())
    lot = donation.lines.get().lot
    assert (donation.donor_kind, lot.donor, lot.number) == ("partner", a_pharmacy(), "L42")


def test_neither_gtin_nor_lot_nor_date_nor_grams_are_required():
    line = received(ArrivalLine(an_item(), 1)).lines.get()
    assert (line.grams, line.lot.number, line.lot.best_before) == (None, "", None)


def test_a_date_is_kept_with_its_precision():
    line = ArrivalLine(a_dated_item(), 4, best_before=date(TODAY().year + 1, 12, 31), precision=DatePrecision.YEAR)
    assert received(line).lines.get().lot.printed_date == str(TODAY().year + 1)


def test_the_same_goods_again_join_their_lot():
    for _time in range(2):
        received(ArrivalLine(an_item(), 5, number=" L42 "), partner=a_pharmacy())
    assert Lot.objects.count() == 1
    assert on_hand(an_item()) == 10


def test_one_lot_on_two_lines_counts_twice():
    received(ArrivalLine(an_item(), 5), ArrivalLine(an_item(), 2))
    assert on_hand(an_item()) == 7
    assert not list(check_balances())


def test_formula_from_the_public_is_refused_with_the_reason():
    line = ArrivalLine(infant_formula(), 1, best_before=TODAY() + timedelta(days=300))
    with pytest.raises(
        Refused, match=r"Lait premier âge: .*never accepted from the public \(décret n° 98-688\)"
    ) as refused:
        received(ArrivalLine(an_item(), 1), line)
    assert (refused.value.field, refused.value.line) == ("item", 1)
    assert not Donation.objects.exists()


def test_formula_from_a_partner_is_taken_in():
    line = ArrivalLine(infant_formula(), 6, best_before=TODAY() + timedelta(days=300))
    received(line, partner=a_pharmacy())
    assert on_hand(infant_formula()) == 6


@pytest.mark.parametrize("rule", [DateRule.BEST_BEFORE, DateRule.USE_BY])
def test_an_article_whose_rule_asks_for_a_date_needs_one(rule):
    with pytest.raises(Refused, match="Compote: read the printed date") as refused:
        received(ArrivalLine(a_dated_item(date_rule=rule), 1))
    assert (refused.value.field, refused.value.line) == ("best_before", 0)


@pytest.mark.parametrize("rule", list(DateRule))
def test_what_is_past_its_date_is_not_taken_in(rule):
    line = ArrivalLine(a_dated_item(date_rule=rule), 1, best_before=TODAY() - timedelta(days=1))
    with pytest.raises(Refused, match=r"Compote: the printed date, .*, is past"):
        received(line)


def test_this_month_is_not_past_before_its_last_day():
    line = ArrivalLine(a_dated_item(), 1, best_before=TODAY(), precision=DatePrecision.MONTH)
    assert received(line).lines.count() == 1


@pytest.mark.parametrize("quantity", [0, -3, 100_001])
def test_an_absurd_quantity_is_refused_and_the_article_named(quantity):
    with pytest.raises(Refused, match="Savon: Enter a quantity from 1 to 100,000") as refused:
        received(ArrivalLine(an_item(), quantity))
    assert (refused.value.field, refused.value.line) == ("quantity", 0)


@pytest.mark.parametrize(("days", "sentence"), [(1, "is to come"), (-366, "more than a year ago")])
def test_a_day_to_come_or_long_ago_is_refused(days, sentence):
    with pytest.raises(Refused, match=sentence) as refused:
        received(ArrivalLine(an_item(), 1), received_on=TODAY() + timedelta(days=days))
    assert refused.value.field == "received_on"


def test_what_is_written_down_later_happened_on_its_day():
    yesterday = TODAY() - timedelta(days=1)
    received(ArrivalLine(an_item(), 1), received_on=yesterday)
    assert timezone.localtime(Movement.objects.get().at).date() == yesterday


def test_a_kit_is_packed_and_never_given():
    kit = an_item("Kit femme v1", category=Category.KIT, unit=Unit.KIT)
    with pytest.raises(Refused, match="Kit femme v1: a kit comes from packing"):
        received(ArrivalLine(kit, 1))


def test_no_line_is_no_donation():
    with pytest.raises(Refused, match="at least one line"):
        received()


def test_another_houses_drive_partner_article_or_place_is_refused():
    other = the_house("Maison des Saules")
    theirs = {"drive": a_drive(house=other), "partner": an_organisation("Leur pharmacie", house=other)}
    for name, value in theirs.items():
        with pytest.raises(Refused) as refused:
            received(ArrivalLine(an_item(), 1), **{name: value})
        assert refused.value.field == name
    with pytest.raises(Refused, match="not an article of this house"):
        received(ArrivalLine(an_item("Leur savon", house=other), 1))
    with pytest.raises(Refused) as refused:
        received(ArrivalLine(an_item(), 1), place=virtual_place(the_house(), PlaceKind.WASTE))
    assert refused.value.field == "place"


def test_a_confidential_place_is_never_named_as_the_giver():
    region = Region.objects.first()
    place = an_organisation("Les Mésanges", "", is_confidential=True, region=region)
    with pytest.raises(Refused, match="cannot be named as the giver"):
        received(ArrivalLine(an_item(), 1), partner=place)


def test_the_same_form_twice_is_one_donation():
    asked = {"key": a_key(), "actor": a_volunteer()}
    first = received(ArrivalLine(an_item(), 5), **asked)
    assert received(ArrivalLine(an_item(), 5), **asked) == first
    assert on_hand(an_item()) == 5


def test_the_same_form_with_other_content_is_set_aside():
    key = a_key()
    received(ArrivalLine(an_item(), 5), key=key)
    with pytest.raises(KeyConflict):
        received(ArrivalLine(an_item(), 6), key=key)
    assert on_hand(an_item()) == 5


@pytest.mark.parametrize("count", [5, 50])
def test_the_number_of_statements_does_not_grow_with_the_lines(count):
    lines = [ArrivalLine(an_item(f"Savon {number}"), 1) for number in range(count)]
    asked = {"partner": a_pharmacy(), "place": the_store(), "drive": a_drive(), "actor": a_volunteer()}
    assert statements(lambda: receive(lines=lines, received_on=TODAY(), key=a_key(), **asked)) == STATEMENTS
