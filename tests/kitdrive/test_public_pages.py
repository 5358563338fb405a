"""The public page of a drive: what anybody reads there, and what nobody ever does."""

import re
from datetime import time, timedelta
from itertools import product

import pytest
from django.urls import reverse
from django.utils import timezone

from donations.models import Drive
from donations.pledges import promise
from donations.publishing import publish_drive, unpublish_drive
from kits.operations import pack
from kits.targets import TargetLine, set_targets
from network.enums import OrganisationKind, SiteKind, Weekday
from network.models import OpeningHours, Site
from stock.enums import Category
from tests.cast import (
    a_coordinator,
    a_drive,
    a_key,
    a_site,
    a_version,
    an_item,
    an_organisation,
    stocked,
    the_house,
    the_store,
)

pytestmark = pytest.mark.django_db
FRENCH, ENGLISH = "/fr/collectes/automne/", "/en/drives/automne/"


@pytest.fixture
def drive() -> Drive:
    """A published drive that is to make ten kits of a soap and two socks, with a point where to bring them."""
    drive = a_drive("Collecte d’automne")
    version = a_version({an_item("Savon"): 1, an_item("Chaussettes", category=Category.CLOTHING): 2})
    set_targets(drive=drive, targets=[TargetLine(version.template, 10)], actor=a_coordinator())
    drive.sites.add(a_site("Pharmacie du Canal", SiteKind.COLLECTION_POINT))
    return publish_drive(drive=drive, slug="automne", actor=a_coordinator())


def words(client, path: str = ENGLISH) -> str:
    """What a person reads on the page, without its marks, the spaces made one."""
    page = client.get(path).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2].partition("</main>")[0]).split())


def level(client, heading: str) -> str:
    """What stands under a level, until the next."""
    after = words(client).partition(heading)[2]
    return re.split("We need a lot|We still need some|Enough, thank you|Everything is new", after)[0]


def test_what_is_missing_is_needed_a_lot(client, drive):
    assert "Savon" in level(client, "We need a lot")
    assert "Clothing" in level(client, "We need a lot")
    assert "Enough" not in words(client)


def test_stock_and_promises_change_the_words(client, drive):
    stocked("Savon", 6)
    partner = an_organisation("Pharmacies du Canal", OrganisationKind.PARTNER)
    due_on, by = timezone.localdate() + timedelta(days=3), {"actor": a_coordinator(), "key": a_key()}
    promise(drive=drive, partner=partner, item=an_item("Chaussettes"), quantity=20, due_on=due_on, **by)
    assert "Savon" in level(client, "We still need some")
    assert "Chaussettes" in level(client, "Enough, thank you")
    assert "We need a lot" not in words(client)


def test_no_number_of_the_stock_is_told(client, drive):
    stocked("Savon", 7)
    text = words(client).partition("What we need now")[2].partition("Where and when")[0]
    assert "Savon" in text
    assert not re.search(r"\d", text)


def test_how_far_it_is(client, drive):
    stocked("Savon", 4)
    stocked("Chaussettes", 8)
    version = drive.targets.get().template.versions.get()
    pack(version=version, count=4, place=the_store(), drive=drive, actor=a_coordinator(), key=a_key())
    assert "4 kits are ready" in words(client)
    assert "4 of 10 kits ready" in client.get(ENGLISH).content.decode()
    assert re.search(r"Counted on .+ at \d\d:\d\d", words(client))


def test_each_language_has_its_address_and_names_the_other(client, drive):
    Drive.objects.update(name_en="Autumn drive")
    french, english = client.get(FRENCH).content.decode(), client.get(ENGLISH).content.decode()
    assert '<html lang="fr">' in french
    assert '<html lang="en">' in english
    assert "Collecte d’automne" in french
    assert "Autumn drive" in english
    for page in (french, english):
        assert f'hreflang="fr" href="{FRENCH}"' in page
        assert f'hreflang="en" href="{ENGLISH}"' in page
    assert f"<http://testserver{ENGLISH}>" in client.get(FRENCH)["Link"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_nobody_has_published_is_not_there(client, language):
    a_drive()
    for path in (reverse(f"public_index_{language}"), reverse(f"public_drive_{language}", args=["collecte-d-automne"])):
        answer = client.get(path)
        assert answer.status_code == 404
        assert b"data-quick-exit" in answer.content
        assert "noindex" in answer.content.decode()


def test_what_was_taken_back_is_not_there_any_more(client, drive):
    unpublish_drive(drive=drive, actor=a_coordinator())
    assert client.get(FRENCH).status_code == 404


def test_a_drive_that_is_over_says_thank_you_and_its_result(client, drive):
    today = timezone.localdate()
    Drive.objects.update(starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1))
    stocked("Savon", 4)
    stocked("Chaussettes", 8)
    version = drive.targets.get().template.versions.get()
    pack(version=version, count=4, place=the_store(), drive=drive, actor=a_coordinator(), key=a_key())
    text = words(client)
    assert "This drive is over. Thank you!" in text
    assert "4 kits were made" in text
    for gone in ("What we need now", "Where and when", "Savon", "Pharmacie"):
        assert gone not in text


def test_a_drive_to_come_says_when(client, drive):
    today = timezone.localdate()
    Drive.objects.update(starts_on=today + timedelta(days=3), ends_on=today + timedelta(days=9))
    assert "It begins on" in words(client)
    assert "Savon" in words(client)


def test_without_targets_the_page_still_says_what_helps(client, drive):
    set_targets(drive=drive, targets=[], actor=a_coordinator())
    assert "always helps" in words(client)


def test_formula_is_never_asked_for_whatever_was_ticked(client, drive):
    version = a_version({an_item("Lait 1er âge", category=Category.INFANT_FOOD): 1}, "Kit bébé")
    bottles = a_version({an_item("Flacon", category=Category.INFANT_FOOD, is_formula=True): 1}, "Kit flacon")
    targets = [TargetLine(version.template, 5), TargetLine(bottles.template, 5)]
    set_targets(drive=drive, targets=targets, actor=a_coordinator())
    assert "Lait" not in words(client)
    assert "Flacon" not in words(client)
    assert "Infant formula, baby bottles and teats" in words(client).partition("What we cannot take")[2]


def test_only_collection_points_show_and_hours_only_where_they_are_published(client, drive):
    """Every combination of what a site may be, each with words of its own: none that is private comes through."""
    expected, hidden = set(), set()
    flags = product([*SiteKind.values, ""], [True, False], [True, False], [True, False])
    for number, (kind, is_confidential, is_active, are_hours_public) in enumerate(flags):
        if (is_confidential and (kind or are_hours_public)) or not (is_confidential or kind):
            continue  # the database refuses a confidential place that says more, and an open one without a kind
        marks = (f"Lieu{number}X", f"Rue{number}X", f"{number % 12:02}:{10 + number}")
        _a_site(drive, marks, kind, is_confidential, is_active, are_hours_public)
        is_shown = kind == SiteKind.COLLECTION_POINT and is_active
        (expected if is_shown else hidden).update(marks[:2])
        (expected if is_shown and are_hours_public else hidden).add(marks[2])
    for path in (FRENCH, ENGLISH):
        page = re.sub("<time.*?</time>", "", client.get(path).content.decode(), flags=re.DOTALL)
        assert {mark for mark in expected if mark not in page} == set()
        assert {mark for mark in hidden if mark in page} == set()


def _a_site(drive, marks, kind, is_confidential, is_active, are_hours_public) -> None:
    name, address, opens = marks
    site = Site.objects.create(
        house=the_house(),
        name=name,
        kind=kind,
        is_confidential=is_confidential,
        address="" if is_confidential else address,
        relay=a_site("Relais") if is_confidential else None,
        is_active=is_active,
        are_hours_public=are_hours_public,
    )
    hour, minute = map(int, opens.split(":"))
    OpeningHours.objects.create(site=site, weekday=Weekday.MONDAY, opens=time(hour, minute), closes=time(20))
    drive.sites.add(site)


def test_forty_articles_and_long_words_all_stand_there(client, drive):
    names = [f"Pantalonextraordinairementlongsansaucuneespace{number:02}" for number in range(40)]
    version = a_version({an_item(name): 1 for name in names}, "Grand kit")
    set_targets(drive=drive, targets=[TargetLine(version.template, 5)], actor=a_coordinator())
    text = words(client)
    assert [name for name in names if name not in text] == []


def test_the_index_leads_to_the_drives_that_run_and_thanks_for_the_others(client, drive):
    over = publish_drive(drive=a_drive("Collecte d’hier"), slug="hier", actor=a_coordinator())
    Drive.objects.filter(pk=over.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    a_drive("Jamais publiée")
    page = client.get("/en/").content.decode()
    assert f'href="{ENGLISH}"' in page.partition("Over, thank you")[0]
    assert 'href="/en/drives/hier/"' in page.partition("Over, thank you")[2]
    assert "Jamais" not in page
