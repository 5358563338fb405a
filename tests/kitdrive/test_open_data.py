"""The needs of a published drive as data: the documented fields, and never another."""

import csv
import io
import json
import re
from datetime import time, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from donations.models import Drive
from donations.publishing import publish_drive, unpublish_drive
from kitdrive.public.keeping import LOOK_EVERY
from kits.targets import TargetLine, set_targets
from network.enums import SiteKind, Weekday
from network.models import OpeningHours, Site
from stock.enums import Category
from tests.cast import a_coordinator, a_drive, a_point, a_site, a_version, an_item, stocked
from tests.queries import statements

pytestmark = pytest.mark.django_db
FRENCH, ENGLISH = "/fr/collectes/automne/besoins", "/en/drives/automne/needs"
PAGE = Path(settings.BASE_DIR, "docs", "open-data.md").read_text()


@pytest.fixture
def drive() -> Drive:
    """A published drive with every kind of thing in it that its data could give away."""
    drive, point = a_drive("Collecte d’automne"), a_point("Pharmacie du Port")
    OpeningHours.objects.create(site=point, weekday=Weekday.MONDAY, opens=time(9), closes=time(12))
    Site.objects.filter(pk=point.pk).update(are_hours_public=True)
    store = a_site("Réserve secrète", SiteKind.STORE)
    drive.sites.add(store, Site.objects.create(house=store.house, name="Azalée", is_confidential=True, relay=store))
    formula = an_item("Lait 1er âge", category=Category.INFANT_FOOD, is_formula=True)
    recipe = {stocked("Savon", 7): 1, an_item("=Peigne", category=Category.CLOTHING): 1, formula: 1}
    set_targets(drive=drive, targets=[TargetLine(a_version(recipe).template, 12)], actor=a_coordinator())
    return publish_drive(drive=drive, slug="automne", actor=a_coordinator())


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


def documented(heading: str) -> set[str]:
    """The fields that the page of the documentation names under a heading."""
    part = re.split(r"^## ", PAGE.partition(f"## {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
    return set(re.findall(r"^\| `([\w.]+)` \|", part, re.MULTILINE))


def fields(record: dict, above: str = "") -> set[str]:
    """The names of all fields, those of an inner record after the name of the one above."""
    found = set()
    for name, value in record.items():
        found.add(f"{above}{name}")
        for inner in value if isinstance(value, list) else [value]:
            found |= fields(inner, f"{above}{name}.") if isinstance(inner, dict) else set()
    return found


def test_the_fields_are_the_documented_ones_and_no_other(client, drive):
    for address in (FRENCH, ENGLISH):
        assert fields(client.get(f"{address}.json").json()) == documented("JSON")
        rows = list(csv.DictReader(io.StringIO(client.get(f"{address}.csv").content.decode())))
        assert set(rows[0]) == documented("CSV")


def test_needs_are_words_with_ids_that_stay(client, drive):
    record = client.get(f"{ENGLISH}.json").json()
    soap = next(need for need in record["needs"] if need["name"] == "Savon")
    assert (soap["id"], soap["level"], soap["level_name"]) == (an_item("Savon").pk, "some", "We still need some")
    french = client.get(f"{FRENCH}.json").json()
    assert [need["id"] for need in french["needs"]] == [need["id"] for need in record["needs"]]
    assert french["needs"][0]["level_name"] != record["needs"][0]["level_name"]


def test_points_have_their_published_hours(client, drive):
    (point,) = client.get(f"{ENGLISH}.json").json()["points"]
    assert point["name"] == "Pharmacie du Port"
    assert point["hours"] == [{"weekday": 1, "day": "Monday", "opens": "09:00", "closes": "12:00"}]
    assert client.get(point["page"]).status_code == 200


def test_neither_quantity_nor_formula_nor_a_place_that_is_not_public_leaves(client, drive):
    for form in ("json", "csv"):
        text = client.get(f"{ENGLISH}.{form}").content.decode()
        for hidden in ("Lait", "Réserve", "Azalée", "@"):
            assert hidden not in text
    needs = client.get(f"{ENGLISH}.json").json()["needs"]
    assert all(isinstance(value, str) for need in needs for name, value in need.items() if name != "id")
    assert not re.search(r"\d", json.dumps([{**need, "id": ""} for need in needs]))


def test_a_table_never_runs_in_a_spreadsheet(client, drive):
    rows = list(csv.DictReader(io.StringIO(client.get(f"{ENGLISH}.csv").content.decode())))
    assert {row["name"] for row in rows} == {"Savon", "'=Peigne"}


def test_any_page_may_read_the_data_and_nothing_else(client, drive):
    for form, content_type in (("json", "application/json"), ("csv", "text/csv; charset=utf-8")):
        answer = client.get(f"{ENGLISH}.{form}", headers={"origin": "https://elsewhere.example"})
        assert (answer["Access-Control-Allow-Origin"], answer["Content-Type"]) == ("*", content_type)
        assert 'rel="license"' in answer["Link"]
        assert not answer.cookies
    for page in ("/en/", "/en/drives/automne/", "/account/login/", "/en/drives/autre/needs.json"):
        assert "Access-Control-Allow-Origin" not in client.get(page)


def test_it_names_its_licence(client, drive):
    assert "Maison des Tilleuls" in client.get(f"{ENGLISH}.json").json()["licence"]


def test_it_is_kept_like_the_page_and_answered_without_a_statement(client, drive, clock):
    for form in ("json", "csv"):
        first = client.get(f"{FRENCH}.{form}")
        assert first["Cache-Control"].startswith("public, max-age=60")
        assert statements(lambda form=form: client.get(f"{FRENCH}.{form}?x=1")) == 0
        assert client.get(f"{FRENCH}.{form}", headers={"if-none-match": first["ETag"]}).status_code == 304


def test_what_was_taken_back_is_gone_within_seconds(client, drive, clock):
    assert client.get(f"{ENGLISH}.json").status_code == 200
    unpublish_drive(drive=drive, actor=a_coordinator())
    clock.shift(LOOK_EVERY)
    assert client.get(f"{ENGLISH}.json").status_code == 404
    assert client.get(f"{ENGLISH}.csv").status_code == 404


def test_once_the_drive_is_over_neither_points_nor_needs_are_told(client, drive):
    today = timezone.localdate()
    Drive.objects.update(starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1))
    record = client.get(f"{ENGLISH}.json").json()
    assert (record["drive"]["state"], record["points"], record["needs"]) == ("over", [], [])
    assert len(client.get(f"{ENGLISH}.csv").content.decode().splitlines()) == 1


def test_the_page_leads_to_its_data(client, drive):
    for page, address in (("/en/drives/automne/", ENGLISH), ("/fr/collectes/automne/", FRENCH)):
        text = client.get(page).content.decode()
        assert f'href="{address}.json"' in text
        assert f'href="{address}.csv"' in text
