"""What came to each point on each day: counted once, whoever noted it, narrowed and taken along as a file."""

import csv
from datetime import timedelta

import pytest
from django.utils import timezone

from donations.arrivals import ArrivalLine
from donations.drop_offs.days import DoorDay, Narrowed, days_of, with_totals
from donations.drop_offs.operations import decline, drop_off
from donations.drop_offs.together import Line, note_together
from donations.enums import DropOffKind, Entered, RefusalReason
from donations.models import Drive, DropOff
from donations.operations import receive
from donations.sorting.operations import RefusalLine
from network.models import Site
from stock.enums import Category
from stock.operations import reverse
from tests import cast
from tests.donations.sorted import collected, part
from tests.queries import statements

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
LIST = "/drop-offs/"
BAG = Line(DropOffKind.BAG, 1)


def sheet(*lines: Line, back: int = 0, **asked) -> list:
    """What was noted `back` days ago."""
    asked = {"drive": cast.a_drive(), "actor": cast.a_volunteer(), "entered": Entered.TALLY, **asked}
    asked.setdefault("site", cast.a_point(drive=asked["drive"]))
    day = timezone.localdate() - timedelta(days=back)
    return note_together(lines=lines or [BAG], key=cast.a_key(), day=day, **asked)


def loose_goods(quantity: int, item=None) -> None:
    place = cast.the_store(cast.a_point())
    lines = [ArrivalLine(item or cast.an_item(), quantity)]
    by = {"actor": cast.a_volunteer(), "key": cast.a_key()}
    receive(drive=cast.a_drive(), place=place, lines=lines, received_on=timezone.localdate(), **by)


def a_drive_that_ended(name: str) -> Drive:
    today = timezone.localdate()
    Drive.objects.filter(pk=cast.a_drive(name).pk).update(ends_on=today - timedelta(days=5))
    return Drive.objects.get(name=name)


def days() -> list[DoorDay]:
    asked = Narrowed({site.pk: site for site in Site.objects.all()})
    return with_totals(list(days_of(asked)), asked)


def test_a_day_sums_what_was_left_refused_and_counted_one_by_one():
    sheet(Line(DropOffKind.BAG, 12, 4200), Line(RefusalReason.DIRTY, 2))
    drop_off(
        drive=cast.a_drive(),
        site=cast.a_point(),
        kind=DropOffKind.PALLET,
        grams=300,
        actor=cast.a_volunteer(),
        key=cast.a_key(),
        entered=Entered.PAGE,
    )
    loose_goods(5)
    loose_goods(2, cast.an_item("Pull", category=Category.CLOTHING))
    (day,) = days()
    assert (day.bags, day.cartons, day.pallets, day.grams, day.all_refused) == (12, 0, 1, 4500, 2)
    assert (day.reasons, day.categories) == ([("dirty", 2)], [("hygiene", 5), ("clothing", 2)])


def test_points_and_days_stand_apart_the_latest_first():
    sheet(back=2)
    sheet(site=cast.a_point("Mairie"))
    sheet()
    today = timezone.localdate()
    found = [(str(row.site), row.day) for row in days()]
    assert found[2:] == [("Pharmacie du Port", today - timedelta(days=2))]
    assert sorted(found[:2]) == [("Mairie", today), ("Pharmacie du Port", today)]


def test_what_was_taken_back_no_longer_counts_and_its_day_stays():
    (operation,) = sheet()
    reverse(operation=operation, actor=cast.a_coordinator(), key=cast.a_key())
    assert [(row.bags, row.grams) for row in days()] == [(0, None)]


def test_what_is_refused_at_sorting_was_not_refused_at_the_door():
    sheet(Line(RefusalReason.WORN, 3))
    part(collected(), refusals=[RefusalLine(RefusalReason.WORN, 5)])
    assert [row.all_refused for row in days()] == [3]


def test_the_list_says_how_many_entries_are_worth_a_look(signed_in):
    drive = cast.a_drive()
    drive.ends_on = timezone.localdate() - timedelta(days=2)
    drive.save()
    sheet(Line(DropOffKind.BAG, 1), Line(RefusalReason.DIRTY, 1), back=4)
    DropOff.objects.update(is_clock_off=True)
    page = signed_in(cast.a_coordinator()).get(LIST).content.decode()
    assert "1 entry with a wrong clock" in page
    assert "2 entries after the end" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 2),
        ({"drive": "all"}, 3),
        ({"drive": "all", "site": "Mairie"}, 1),
        ({"drive": "Hiver"}, 1),
        ({"drive": "9" * 25}, 3),
        ({"drive": "all", "since": 1}, 2),
        ({"drive": "all", "until": 1}, 1),
        ({"drive": "all", "since": "demain"}, 3),
        ({"drive": "all", "site": "9" * 25}, 3),
    ],
    ids=str,
)
def test_the_list_is_narrowed_by_drive_point_and_days(signed_in, asked, found):
    winter = a_drive_that_ended("Hiver")
    sheet(back=3)
    sheet(site=cast.a_point("Mairie"))
    sheet(drive=winter, site=cast.a_point(drive=winter))
    rows = {"site": cast.a_point("Mairie"), "drive": winter}
    today = timezone.localdate()
    typed = {
        name: rows[name].pk if value in ("Mairie", "Hiver") else today - timedelta(days=value) if value == 1 else value
        for name, value in asked.items()
    }
    assert len(signed_in(cast.a_coordinator()).get(LIST, typed).context["rows"]) == found


def test_the_file_holds_the_same_days(signed_in):
    sheet(Line(DropOffKind.BAG, 12), Line(RefusalReason.DIRTY, 2))
    loose_goods(5)
    client = signed_in(cast.a_coordinator())
    lines = client.get(f"{LIST}csv/").content.decode("utf-8-sig").splitlines()
    (told,) = csv.DictReader(lines)
    assert (told["Point"], told["Bags"], told["Refused: dirty"]) == ("Pharmacie du Port", "12", "2")
    assert (told["Loose goods: hygiene"], told["Weight in grams"]) == ("5", "")


def test_a_volunteer_of_one_site_sees_that_site_alone(signed_in):
    sheet(site=cast.a_point("Mairie"))
    sheet()
    client = signed_in(cast.a_volunteer(site=cast.a_point("Mairie")))
    assert [str(row.site) for row in client.get(LIST).context["rows"]] == ["Mairie"]
    day = f"{timezone.localdate()}/"
    assert client.get(f"{LIST}points/{cast.a_point().pk}/{day}").status_code == 404
    assert client.get(f"{LIST}points/{cast.a_point('Mairie').pk}/{day}").status_code == 200


def test_other_houses_see_nothing_of_it(signed_in):
    (operation,) = sheet()
    client = signed_in(cast.a_coordinator(house=cast.the_house("Maison des Saules")))
    assert client.get(LIST).context["rows"] == []
    assert client.get(operation.drop_off.get_absolute_url()).status_code == 404
    assert client.get(f"{LIST}entries/{operation.pk}/reverse/").status_code == 404


@pytest.mark.parametrize("day", ["2026-13-01", "0000-01-01", "2026-1-1"])
def test_a_day_that_is_none_is_no_page(signed_in, day):
    assert signed_in(cast.a_volunteer()).get(f"{LIST}points/{cast.a_point().pk}/{day}/").status_code == 404


def test_the_pages_ask_as_much_of_the_database_for_eight_days_as_for_one(signed_in):
    client, day = signed_in(cast.a_coordinator()), f"{LIST}points/{cast.a_point().pk}/{timezone.localdate()}/"
    sheet(Line(DropOffKind.BAG, 1), Line(RefusalReason.DIRTY, 1))
    loose_goods(1)
    few = [statements(lambda url=url: client.get(url)) for url in (LIST, day)]
    for number in range(7):
        sheet(back=number, site=cast.a_point(f"Point {number}"))
        sheet(Line(DropOffKind.BAG, 1), Line(RefusalReason.DIRTY, 1))
        loose_goods(1, cast.an_item(f"Article {number}"))
    many = [statements(lambda url=url: client.get(url)) for url in (LIST, day)]
    assert many == few
    assert max(many) <= 15


def test_what_a_tablet_noted_is_told_with_its_name(signed_in):
    tablet, _secret = cast.a_tablet()
    by = {"actor": tablet.device, "key": cast.a_key(), "entered": Entered.TABLET}
    decline(drive=tablet.drive, site=tablet.device.site, reason=RefusalReason.MEDICINE, **by)
    url = f"{LIST}points/{tablet.device.site_id}/{timezone.localdate()}/"
    page = signed_in(cast.a_coordinator()).get(url).content.decode()
    assert "Medicine: 1 refused" in page
    assert "Tablette du comptoir" in page
