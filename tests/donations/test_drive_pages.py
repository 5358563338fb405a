"""Drives: opened and changed by the coordination, read by everybody who takes goods in."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from donations.models import Drive
from donations.progress import progress
from tests.cast import a_coordinator, a_drive, a_key, a_partner, a_site, a_volunteer, an_item, the_house
from tests.donations.test_buy import bought
from tests.donations.test_pledges import brought, made_late, promised
from tests.queries import statements

pytestmark = pytest.mark.django_db

CREATE = "/donations/drives/new/"
LIST = "/donations/drives/"


def typed(**fields: Any) -> dict[str, Any]:
    today = timezone.localdate()
    days = {"starts_on": today.isoformat(), "ends_on": (today + timedelta(days=9)).isoformat()}
    return {"key": a_key(), "name": "Collecte de printemps", **days, **fields}


def test_a_coordinator_opens_a_drive_once_however_often_it_is_sent(signed_in):
    client, form = signed_in(a_coordinator()), typed(sites=[a_site("Mairie").pk], public_text="Apportez du savon.")
    for _time in range(2):
        page = client.post(CREATE, form, follow=True).content.decode()
        assert "The drive “Collecte de printemps” is open." in page
        assert "Apportez du savon." in page
    assert [site.name for site in Drive.objects.get().sites.all()] == ["Mairie"]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "required"),
        ("name", "Collecte d’automne", "exists already"),
        ("ends_on", "2020-01-01", "The last day comes after the first"),
        ("ends_on", "2099-01-01", "a year at most"),
        ("starts_on", "bientôt", "valid date"),
        ("sites", ["999999"], "Select a valid choice"),
        ("sites", ["9" * 25], "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(signed_in, field, value, sentence):
    a_drive()
    form = signed_in(a_coordinator()).post(CREATE, typed(**{field: value})).context["form"]
    assert sentence in form.errors[field][0]
    assert form[field].value() == value
    assert Drive.objects.count() == 1


def test_a_drive_is_changed(signed_in):
    drive, client = a_drive(), signed_in(a_coordinator())
    drive.sites.add(a_site("Mairie"))
    edit = f"{LIST}{drive.pk}/edit/"
    form = client.get(edit).context["form"]
    assert form["name"].value() == drive.name
    assert client.post(edit, typed(name="Collecte de mai", sites=[])).url == drive.get_absolute_url()
    drive.refresh_from_db()
    assert (drive.name, drive.sites.count()) == ("Collecte de mai", 0)


def test_a_drive_says_article_by_article_what_was_promised_and_what_is_there(signed_in):
    made_late(promised(100))
    brought(30)
    brought(4, partner=None)
    bought(drive=a_drive())
    row = progress(a_drive())[0]
    assert (row.promised, row.expected, row.given, row.bought, row.arrived) == (100, 70, 34, 10, 44)
    context = signed_in(a_coordinator()).get(a_drive().get_absolute_url()).context
    assert (context["arrived"], context["expected"], context["late"]) == (44, 70, 1)


def test_a_single_article_is_said_in_the_singular(signed_in, in_english):
    promised(1)
    page = signed_in(a_coordinator()).get(Drive.objects.get().get_absolute_url()).content.decode()
    assert ">article promised<" in page
    assert ">late pledges<" in page


def test_a_volunteer_reads_drives_and_changes_none(signed_in):
    drive, client = a_drive(), signed_in(a_volunteer())
    assert client.get(LIST).context["rows"] == [drive]
    page = client.get(drive.get_absolute_url()).content.decode()
    assert f"{LIST}{drive.pk}/edit/" not in page
    assert "/donations/pledges/" not in page
    assert {client.get(address).status_code for address in (CREATE, f"{LIST}{drive.pk}/edit/")} == {403}


def test_partners_and_other_houses_see_no_drive(signed_in):
    drive = a_drive()
    assert signed_in(a_partner()).get(LIST).status_code == 403
    stranger = signed_in(a_coordinator(house=the_house("Maison des Saules")))
    assert stranger.get(LIST).context["rows"] == []
    assert {stranger.get(f"{LIST}{drive.pk}/{page}").status_code for page in ("", "edit/")} == {404}


def test_a_confidential_place_is_no_site_of_a_drive(signed_in):
    relay = a_site("Mairie")
    shelter = a_site("Mésange")
    type(shelter).objects.filter(pk=shelter.pk).update(
        is_confidential=True, kind="", address="", city="", department=None, relay=relay
    )
    offered = signed_in(a_coordinator()).get(CREATE).context["form"].fields["sites"].queryset
    assert [site.name for site in offered] == ["Mairie"]


def test_pages_ask_as_much_of_the_database_for_eight_rows_as_for_one(signed_in):
    client, drive = signed_in(a_coordinator()), a_drive()
    drive.sites.add(a_site("Mairie"))
    promised()
    brought(1)
    urls = [LIST, CREATE, drive.get_absolute_url(), f"{LIST}{drive.pk}/edit/"]
    few = [statements(lambda url=url: client.get(url)) for url in urls]
    for number in range(7):
        a_drive(f"Collecte {number}").sites.add(a_site(f"Site {number}"))
        drive.sites.add(a_site(f"Site {number}"))
        promised(item=an_item(f"Article {number}"))
    many = [statements(lambda url=url: client.get(url)) for url in urls]
    assert many == few
    assert max(many) <= 15
