"""Purchases: recorded and read by the coordination alone, because they say what was paid."""

from decimal import Decimal

import pytest
from django.urls import reverse

from donations.models import Purchase
from network.enums import OrganisationKind
from tests.cast import (
    a_coordinator,
    a_drive,
    a_partner,
    a_site,
    a_volunteer,
    an_item,
    an_organisation,
    on_hand,
    the_house,
    the_store,
)
from tests.donations.test_buy import bought
from tests.donations.typed import a_purchase
from tests.queries import statements

pytestmark = pytest.mark.django_db

CREATE = "/donations/purchases/new/"
LIST = "/donations/purchases/"
ROW = {"item": "Savon", "quantity": "60"}


def test_a_coordinator_records_a_purchase_with_its_cost_and_funder(signed_in):
    an_item("Savon")
    city = an_organisation("Ville de Paris", OrganisationKind.PUBLIC_SERVICE)
    typed = a_purchase(ROW, cost="1182.40", funder=city.pk, drive=a_drive().pk)
    client = signed_in(a_coordinator())
    page = client.post(CREATE, typed, follow=True).content.decode()
    purchase = Purchase.objects.get()
    assert (purchase.cost, purchase.funder, purchase.drive) == (Decimal("1182.40"), city, a_drive())
    assert f"Purchase no. {purchase.pk} is recorded: 60 × Savon." in page
    assert reverse("donations:purchase_reverse", args=[purchase.pk]) in page
    assert "€1,182.40" in page
    assert "€1,182.40" in client.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("cost", "-1", "A cost cannot be negative"),
        ("cost", "1000000", "less than or equal to 999999"),
        ("cost", "1.234", "2 decimal places"),
        ("cost", "beaucoup", "Enter a number"),
        ("supplier", "Mme Durand", "never of a person"),
        ("supplier", "", "required"),
        ("bought_on", "2099-01-01", "is to come"),
        ("place", "0", "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(signed_in, field, typed, sentence):
    an_item("Savon")
    fields = {"cost": "42.50", field: typed}
    answer = signed_in(a_coordinator()).post(CREATE, a_purchase(ROW, **fields))
    assert sentence in answer.context["form"].errors[field][0]
    assert answer.context["lines"].forms[0]["quantity"].value() == "60"
    assert not Purchase.objects.exists()


def test_the_same_form_sent_twice_is_one_purchase(signed_in):
    an_item("Savon")
    client, typed = signed_in(a_coordinator()), a_purchase(ROW, cost="42.50")
    assert len({client.post(CREATE, typed).url for _time in range(2)}) == 1
    assert on_hand(an_item("Savon")) == 60


def test_a_purchase_is_taken_back(signed_in):
    purchase, client = bought(), signed_in(a_coordinator())
    undo = reverse("donations:purchase_reverse", args=[purchase.pk])
    assert client.get(undo).status_code == 200
    assert "taken back" in client.post(undo, follow=True).content.decode()
    assert on_hand(an_item("Savon")) == 0
    assert "Take it back" not in client.get(purchase.get_absolute_url()).content.decode()


def test_the_list_is_narrowed_by_its_address(signed_in):
    bought(supplier="Grossiste du Nord")
    bought(supplier="Pharmacie du Port", place=the_store(a_site("Gymnase")), drive=a_drive())
    client = signed_in(a_coordinator())
    for typed in ({"supplier": "port"}, {"site": a_site("Gymnase").pk}, {"drive": a_drive().pk}):
        assert [purchase.supplier for purchase in client.get(LIST, typed).context["rows"]] == ["Pharmacie du Port"]


def test_what_was_paid_is_read_by_coordinators_of_the_house_alone(signed_in):
    url = bought().get_absolute_url()
    for person in (a_volunteer(), a_partner()):
        assert {signed_in(person).get(address).status_code for address in (LIST, CREATE, url)} == {403}
    stranger = signed_in(a_coordinator(house=the_house("Maison des Saules")))
    assert stranger.get(LIST).context["rows"] == []
    assert stranger.get(url).status_code == 404


def test_pages_ask_as_much_of_the_database_for_eight_rows_as_for_one(signed_in):
    client = signed_in(a_coordinator())
    urls = [LIST, CREATE, bought().get_absolute_url()]
    few = [statements(lambda url=url: client.get(url)) for url in urls]
    for number in range(7):
        city = an_organisation(f"Ville {number}", OrganisationKind.PUBLIC_SERVICE)
        bought(place=the_store(a_site(f"Site {number}")), drive=a_drive(f"Collecte {number}"), funder=city)
    many = [statements(lambda url=url: client.get(url)) for url in urls]
    assert many == few
    assert max(many) <= 15
