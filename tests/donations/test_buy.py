from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from donations.arrivals import ArrivalLine
from donations.models import Purchase
from donations.operations import buy
from stock.checks import check_balances
from tests.cast import (
    a_coordinator,
    a_dated_item,
    a_drive,
    a_key,
    an_item,
    an_organisation,
    infant_formula,
    on_hand,
    the_house,
    the_store,
)
from web.errors import Refused

pytestmark = pytest.mark.django_db


def bought(*lines: ArrivalLine, **asked) -> Purchase:
    asked = {
        "place": the_store(),
        "bought_on": timezone.localdate(),
        "supplier": "Grossiste du Nord",
        "cost": Decimal("42.50"),
        "actor": a_coordinator(),
        "key": a_key(),
        **asked,
    }
    return Purchase.objects.get(operation=buy(lines=lines or [ArrivalLine(an_item(), 10)], **asked))


def test_what_was_bought_is_in_stock_with_what_it_cost_and_who_paid():
    funder = an_organisation("Ville de Paris")
    purchase = bought(ArrivalLine(an_item(), 10, grams=1000), drive=a_drive(), funder=funder)
    assert (purchase.cost, purchase.funder, purchase.lines.get().grams) == (Decimal("42.50"), funder, 1000)
    assert on_hand(an_item()) == 10
    assert not list(check_balances())


def test_formula_may_be_bought():
    bought(ArrivalLine(infant_formula(), 2, best_before=timezone.localdate() + timedelta(days=90)))
    assert on_hand(infant_formula()) == 2


def test_a_date_is_asked_for_as_for_a_gift():
    with pytest.raises(Refused, match="Compote: read the printed date"):
        bought(ArrivalLine(a_dated_item(), 1))


@pytest.mark.parametrize("cost", ["-0.01", "1000000"])
def test_an_absurd_cost_is_refused(cost):
    with pytest.raises(Refused, match="from 0 to a million") as refused:
        bought(cost=Decimal(cost))
    assert refused.value.field == "cost"


@pytest.mark.parametrize("supplier", ["Mme Durand", "vente@example.org", "06 12 34 56 78"])
def test_a_person_is_never_the_supplier(supplier):
    with pytest.raises(Refused, match="never of a person") as refused:
        bought(supplier=supplier)
    assert refused.value.field == "supplier"


def test_a_funder_or_drive_of_another_house_is_refused():
    other = the_house("Maison des Saules")
    for name, value in {"funder": an_organisation("Leur ville", house=other), "drive": a_drive(house=other)}.items():
        with pytest.raises(Refused) as refused:
            bought(**{name: value})
        assert refused.value.field == name


@pytest.mark.parametrize("cost", ["42.5", "42.50"])
def test_the_same_form_twice_is_one_purchase(cost):
    key = a_key()
    assert bought(key=key) == bought(key=key, cost=Decimal(cost))
    assert on_hand(an_item()) == 10
