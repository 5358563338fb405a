"""The first page of all: one form opens a house, and then it is gone."""

import re

import pytest
from allauth.mfa.utils import is_mfa_enabled
from django.urls import reverse
from zeal import zeal_ignore

from accounts.models import User
from donations.models import Drive
from kits.models import KitTemplate
from network.models import House, Site
from stock.models import Item, Place
from tests.accounts.signing_in import code_of
from tests.cast import a_key, a_volunteer

pytestmark = pytest.mark.django_db
SETUP = "/setup/"


def answers(**changes) -> dict[str, str]:
    form = {"key": a_key(), "house_name": "Maison des Tilleuls", "name": "Dominique", "email": "Dom@Example.org"}
    form |= {"password": "corail-tilleul-42", "password_again": "corail-tilleul-42"}
    form |= {"store_name": "Réserve", "store_address": "2 rue du Port", "store_city": "Paris"}
    form |= {"drive_name": "Collecte d’hiver", "starts_on": "2026-12-01", "ends_on": "2026-12-20"}
    form |= {"points-TOTAL_FORMS": "2", "points-INITIAL_FORMS": "0"}
    form |= {"points-0-name": "Pharmacie du Canal", "points-0-address": "1 quai Haut", "points-0-city": "Paris"}
    return {**form, **changes}


@pytest.mark.parametrize("path", ["/", "/account/login/", "/admin/", "/network/sites/"])
def test_while_nobody_has_an_account_every_page_leads_there(client, path):
    assert client.get(path).url == SETUP


def test_it_opens_the_house_and_all_that_the_first_day_needs(client):
    answer = client.post(SETUP, answers())
    assert answer.url == reverse("mfa_activate_totp")
    house = House.objects.get()
    assert set(Site.objects.values_list("name", "kind")) == {
        ("Pharmacie du Canal", "collection_point"),
        ("Réserve", "store"),
    }
    assert Drive.objects.get().sites.get().name == "Pharmacie du Canal"
    assert Place.objects.filter(house=house, site__isnull=False).count() == 4


def test_who_opens_it_administers_and_coordinates_and_sets_a_second_factor_up_at_once(client):
    page = client.post(SETUP, answers()).url
    user = User.objects.get()
    assert user.email == "dom@example.org"
    assert set(user.memberships.values_list("role", flat=True)) == {"admin", "coordinator"}
    form = client.get(page).context["form"]
    client.post(page, {"code": code_of(form.secret)})
    assert is_mfa_enabled(user)
    assert [step.icon for step in client.get("/").context["home"].beginning] == [
        "person-plus",
        "file-earmark-arrow-up",
        "bullseye",
        "calendar-plus",
    ]


def test_the_starter_catalogue_comes_if_wished(client):
    with zeal_ignore():  # a template is published at a time, five in all
        client.post(SETUP, answers(with_starter="on"))
    assert KitTemplate.objects.count() > 2
    assert Item.objects.filter(is_formula=False).count() > 10


def test_without_it_one_begins_empty(client):
    client.post(SETUP, answers())
    assert not Item.objects.exists()


def test_a_store_without_an_address_is_confidential(client):
    client.post(SETUP, answers(store_address="", store_city=""))
    store = Site.objects.get(name="Réserve")
    assert store.is_confidential
    assert store.relay.name == "Pharmacie du Canal"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("password_again", "other-words-42"),
        ("password", "court"),
        ("store_name", "Mme Durand"),
        ("house_name", ""),
        ("ends_on", "2026-11-01"),
        ("points-0-name", ""),
        ("points-0-name", "Mme Durand"),
    ],
)
def test_what_does_not_hold_is_said_and_nothing_is_made(client, field, value):
    answer = client.post(SETUP, answers(**{field: value}))
    assert answer.status_code == 200
    assert "kd-errors" in answer.content.decode()
    assert not House.objects.exists()
    assert not User.objects.exists()


def test_more_rows_come_and_what_was_typed_stays(client):
    page = client.post(SETUP, answers(add_line="points")).content.decode()
    assert "Pharmacie du Canal" in page
    assert "points-3-name" in page


def test_once_somebody_has_an_account_the_page_is_gone(client):
    a_volunteer()
    assert client.get(SETUP).status_code == 404
    assert client.post(SETUP, answers()).status_code == 404
    assert client.get("/").url.startswith(reverse("account_login"))


def test_the_columns_of_a_collection_point_are_marked_as_needed(client):
    heads = re.findall(r'<th scope="col">(.*?)</th>', client.get(SETUP).content.decode())
    assert len(heads) == 3
    assert all("asteriskField" in head for head in heads)


def test_the_page_speaks_both_languages(client):
    assert client.get(SETUP).status_code == 200
    client.post(reverse("set_language"), {"language": "en", "next": SETUP})
    assert "Open your house" in client.get(SETUP).content.decode()


def refused(client, **changes) -> str:
    client.cookies["django_language"] = "en"
    return client.post(SETUP, answers(**changes)).content.decode()


def test_without_a_collection_point_it_says_what_one_is_and_leads_there(client):
    page = refused(client, **{f"points-0-{name}": "" for name in ("name", "address", "city")})
    assert re.search(r'<a href="#points-lines">\s*Name one collection point at least', page)
    assert not House.objects.exists()


def test_a_form_that_comes_back_says_that_its_passwords_do_not(client):
    page = refused(client, house_name="")
    assert page.count("a password is never sent back to you") == 2
    assert "12 characters at least" in page
    assert "corail-tilleul-42" not in page
