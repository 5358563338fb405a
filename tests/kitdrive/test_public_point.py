"""The public page of one point: where, when, what and how; and of a place that is not public, nothing."""

import re
from datetime import time, timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.utils import timezone

from donations.models import Drive
from donations.publishing import publish_drive, unpublish_drive
from kitdrive.public.keeping import LOOK_EVERY
from kits.targets import TargetLine, set_targets
from network.enums import SiteKind, Weekday
from network.models import OpeningHours, Site
from tests.cast import a_coordinator, a_drive, a_point, a_site, a_version, an_item
from tests.queries import statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def point() -> Site:
    """A public point of a published drive that needs soap."""
    drive, point = a_drive("Collecte d’automne"), a_point("Pharmacie du Port")
    set_targets(drive=drive, targets=[TargetLine(a_version({an_item("Savon"): 1}).template, 5)], actor=a_coordinator())
    publish_drive(drive=drive, slug="automne", actor=a_coordinator())
    return point


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


def address(point: Site, language: str = "en") -> str:
    drives = {"en": "/en/drives", "fr": "/fr/collectes"}[language]
    return f"{drives}/automne/{point.name.lower().replace(' ', '-')}-{point.pk}/"


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2].partition("</main>")[0]).split())


def test_it_says_where_what_and_how_in_both_languages(client, point):
    english = words(client.get(address(point)).content.decode())
    for said in ("Pharmacie du Port", "1 place du Marché", "Savon", "How to bring it", "What we cannot take"):
        assert said in english
    french = client.get(address(point, "fr")).content.decode()
    assert '<html lang="fr">' in french
    assert f'hreflang="en" href="{address(point)}"' in french


def test_its_hours_stand_there_only_where_they_are_published(client, point, clock):
    OpeningHours.objects.create(site=point, weekday=Weekday.MONDAY, opens=time(9, 5), closes=time(19))
    page = words(client.get(address(point)).content.decode())
    assert "Ask the place for its opening hours." in page
    assert "09:05" not in page
    Site.objects.filter(pk=point.pk).update(are_hours_public=True)
    clock.shift(LOOK_EVERY)
    assert "09:05 – 19:00" in words(client.get(address(point)).content.decode())


def test_the_page_of_the_drive_leads_to_each_of_its_points(client, point):
    assert f'href="{address(point)}"' in client.get("/en/drives/automne/").content.decode()
    assert f'href="{address(point, "fr")}"' in client.get("/fr/collectes/automne/").content.decode()


def test_a_poster_leads_there_after_the_point_was_renamed(client, point):
    printed = address(point)
    Site.objects.filter(pk=point.pk).update(name="Pharmacie du Quai")
    page = client.get(printed).content.decode()
    assert "Pharmacie du Quai" in page
    assert f'rel="canonical" href="/en/drives/automne/pharmacie-du-quai-{point.pk}/"' in page


def test_of_what_is_not_a_public_point_of_this_drive_nothing_is_said(client, point):
    """Every kind of place, one that is not in use, one of another drive: the answer is that of nothing."""
    others = [a_site(f"Lieu {kind}", kind) for kind in SiteKind.values if kind != SiteKind.COLLECTION_POINT]
    hidden = Site.objects.create(house=point.house, name="Azalée", is_confidential=True, relay=others[0])
    closed = a_site("Fermé", SiteKind.COLLECTION_POINT)
    elsewhere = a_point("Ailleurs", a_drive("Autre collecte"))
    point.drives.get().sites.add(*others, hidden, closed)
    Site.objects.filter(pk=closed.pk).update(is_active=False)
    nothing = client.get("/en/drives/automne/rien-999999/").content
    for site in (*others, hidden, closed, elsewhere):
        answer = client.get(f"/en/drives/automne/x-{site.pk}/")
        assert (answer.status_code, answer.content) == (404, nothing)


def test_a_point_that_becomes_confidential_and_a_drive_taken_back_are_gone_within_seconds(client, point, clock):
    other, relay = a_point("Mairie"), a_site("Relais")
    assert {client.get(address(site)).status_code for site in (point, other)} == {200}
    hides = {"is_confidential": True, "kind": "", "address": "", "city": "", "relay": relay}
    Site.objects.filter(pk=other.pk).update(**hides)
    clock.shift(LOOK_EVERY)
    assert client.get(address(other)).status_code == 404
    assert client.get(address(point)).status_code == 200
    unpublish_drive(drive=point.drives.get(), actor=a_coordinator())
    clock.shift(LOOK_EVERY)
    assert client.get(address(point)).status_code == 404


def test_what_is_kept_sends_no_statement_and_an_invented_address_keeps_nothing(client, point, clock):
    assert statements(lambda: client.get(address(point))) > 0
    assert statements(lambda: client.get(address(point))) == 0
    keys = set(caches["process"]._cache)
    paths = [f"/en/drives/automne/x{number}-{point.pk}/" for number in range(5)]
    assert statements(lambda: [client.get(path) for path in [*paths, "/en/drives/automne/x-77777/"]]) == 0
    assert set(caches["process"]._cache) - keys <= {":1:public:en:"}  # the page of an address of nothing


def test_once_the_drive_is_over_a_poster_leads_to_a_thank_you_without_an_address(client, point):
    today = timezone.localdate()
    Drive.objects.update(starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1))
    page = words(client.get(address(point)).content.decode())
    assert "This drive is over. Thank you!" in page
    assert "1 place du Marché" not in page
    assert "Savon" not in page


@pytest.mark.parametrize("end", ["x", "0", "-", "1234567890123", "x-٣"])
def test_an_address_that_no_point_can_have_is_nothing(client, point, end):
    assert client.get(f"/en/drives/automne/{end}/").status_code == 404
