"""The poster of a point: of a published drive and a public point, on one sheet, with a code that opens its page."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from donations.models import Drive
from donations.publishing import publish_drive, unpublish_drive
from kitdrive.public.poster_views import is_local
from kits.targets import TargetLine, set_targets
from network.enums import Weekday
from network.models import OpeningHours, Site
from stock.enums import Category
from tests.cast import a_coordinator, a_drive, a_point, a_site, a_version, a_volunteer, an_item
from tests.printing import reading
from tests.queries import statements

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
A4, A3 = (595, 842), (842, 1191)  # points


@pytest.fixture
def point() -> Site:
    """A public point of a published drive that needs soap, and formula, which it never asks for."""
    drive, point = a_drive("Collecte d’automne"), a_point("Pharmacie du Port")
    formula = an_item("Lait 1er âge", category=Category.INFANT_FOOD, is_formula=True)
    version = a_version({an_item("Savon"): 1, formula: 1})
    set_targets(drive=drive, targets=[TargetLine(version.template, 5)], actor=a_coordinator())
    publish_drive(drive=drive, slug="automne", actor=a_coordinator())
    return point


@pytest.fixture
def coordinator(signed_in):
    return signed_in(a_coordinator())


def address(point: Site, sheet: str = "a4-fr", drive: Drive | None = None) -> str:
    return reverse("drive_poster", args=[(drive or a_drive("Collecte d’automne")).pk, point.pk, sheet])


def said(pdf: bytes) -> str:
    return " ".join(reading.text(pdf).split())


@pytest.mark.parametrize(("sheet", "size"), [("a4-fr", A4), ("a4-en", A4), ("a3-fr", A3), ("a3-en", A3)])
def test_its_code_opens_the_page_of_the_point_in_its_language(client, coordinator, point, sheet, size):
    pdf = coordinator.get(address(point, sheet)).content
    assert reading.size(pdf) == size
    ((code,),) = reading.codes(pdf)
    assert code.startswith("http://testserver/fr/" if sheet.endswith("fr") else "http://testserver/en/")
    assert "Pharmacie du Port" in client.get(code.removeprefix("http://testserver")).content.decode()


def test_it_says_who_collects_what_until_when_and_what_not(coordinator, point):
    text = said(coordinator.get(address(point, "a4-en")).content)
    for words in ("Maison des Tilleuls", "We collect here", "Until", "Savon", "Medicines", "electronic", "opened"):
        assert words in text
    assert "Lait" not in text
    assert "Infant formula, bottles, teats" in text


def test_hours_stand_on_it_only_where_they_are_published(coordinator, point):
    OpeningHours.objects.create(site=point, weekday=Weekday.MONDAY, opens=time(9, 5), closes=time(19))
    assert "09:05" not in said(coordinator.get(address(point)).content)
    Site.objects.update(are_hours_public=True)
    assert "09:05 – 19:00" in said(coordinator.get(address(point)).content)


def test_however_long_the_words_it_is_one_sheet(coordinator, point):
    long = "Pantalonextraordinairementlongsansaucuneespace"
    recipe = {an_item(f"{long} {kind}", category=kind): 1 for kind in Category.values if kind != Category.KIT}
    version = a_version(recipe, "Grand kit")
    set_targets(drive=a_drive("Collecte d’automne"), targets=[TargetLine(version.template, 5)], actor=a_coordinator())
    Drive.objects.update(name="Grande collecte solidaire de tout l’automne " * 2)
    Site.objects.update(name="Pharmacie de la rue du très grand port " * 2, are_hours_public=True)
    for weekday in Weekday.values:
        OpeningHours.objects.create(site=point, weekday=weekday, opens=time(9), closes=time(19))
    pdf = coordinator.get(address(point, drive=Drive.objects.get())).content
    assert len(reading.pages(pdf)) == 1
    assert reading.codes(pdf) != [[]]


def test_without_targets_it_still_says_what_helps(coordinator, point):
    set_targets(drive=a_drive("Collecte d’automne"), targets=[], actor=a_coordinator())
    assert "in very good condition" in said(coordinator.get(address(point, "a4-en")).content)


def test_there_is_none_of_what_is_not_public(coordinator, point):
    drive, store = a_drive("Collecte d’automne"), a_site("Réserve")
    hidden = Site.objects.create(house=store.house, name="Azalée", is_confidential=True, relay=store)
    closed = a_point("Fermé", drive)
    drive.sites.add(store, hidden)
    Site.objects.filter(pk=closed.pk).update(is_active=False)
    other = a_point("Ailleurs", a_drive("Autre"))
    for site in (store, hidden, closed, other):
        assert coordinator.get(address(site)).status_code == 404
        assert "a4-fr" not in coordinator.get(reverse("site_posters", args=[site.pk])).content.decode()
    page = coordinator.get(reverse("drive_posters", args=[drive.pk])).content.decode()
    assert [name for name in ("Réserve", "Azalée", "Fermé", "Ailleurs") if name in page] == []


def test_there_is_none_before_the_drive_is_public_nor_once_it_is_over(coordinator, point):
    drive, today = a_drive("Collecte d’automne"), timezone.localdate()
    unpublish_drive(drive=drive, actor=a_coordinator())
    assert coordinator.get(address(point)).status_code == 404
    publish_drive(drive=drive, slug="automne", actor=a_coordinator())
    Drive.objects.update(starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1))
    assert coordinator.get(address(point)).status_code == 404
    page = coordinator.get(reverse("drive_posters", args=[drive.pk])).content.decode()
    assert "Posters come here for each collection point" in page


def test_an_invented_sheet_is_none(coordinator, point):
    assert coordinator.get(address(point, "a5-fr")).status_code == 404


def test_the_pages_of_the_drive_and_of_the_site_lead_to_the_posters(coordinator, point):
    drive = a_drive("Collecte d’automne")
    for start, route in ((drive, "drive_posters"), (point, "site_posters")):
        posters = reverse(route, args=[start.pk])
        assert f'href="{posters}"' in coordinator.get(start.get_absolute_url()).content.decode()
        assert f'href="{address(point, "a3-en")}"' in coordinator.get(posters).content.decode()


def test_the_posters_of_a_site_send_as_many_statements_for_one_drive_as_for_several(coordinator, point):
    posters = reverse("site_posters", args=[point.pk])
    one = statements(lambda: coordinator.get(posters))
    for number in range(3):
        drive = a_drive(f"Collecte {number}")
        drive.sites.add(point)
        publish_drive(drive=drive, slug=f"collecte-{number}", actor=a_coordinator())
    assert coordinator.get(posters).content.decode().count("/a4-fr/") == 4
    assert statements(lambda: coordinator.get(posters)) == one


def test_a_volunteer_finds_no_way_there(signed_in, point):
    drive = a_drive("Collecte d’automne")
    assert (
        reverse("drive_posters", args=[drive.pk])
        not in signed_in(a_volunteer()).get(drive.get_absolute_url()).content.decode()
    )


def test_an_address_that_nobody_finds_outside_is_said_before_one_prints(coordinator, point, settings):
    posters = reverse("drive_posters", args=[a_drive("Collecte d’automne").pk])
    settings.ALLOWED_HOSTS = ["collecte.example.org", "192.168.1.4"]
    warning = "which a telephone in the street does not find"
    assert warning in coordinator.get(posters, headers={"host": "192.168.1.4"}).content.decode()
    assert (
        warning not in coordinator.get(posters, headers={"host": "collecte.example.org"}, secure=True).content.decode()
    )


@pytest.mark.parametrize(
    "host", ["localhost:8000", "127.0.0.1", "[::1]:8000", "10.1.2.3:443", "kitdrive.local", "kitdrive"]
)
def test_local_names(host):
    assert is_local(host)


@pytest.mark.parametrize("host", ["collecte.example.org", "collecte.example.org:8443", "93.184.215.14"])
def test_names_that_are_found_everywhere(host):
    assert not is_local(host)
