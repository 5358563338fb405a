"""Noting at a desk, entering a sheet of paper, and taking back what was noted: by whom, and once."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from donations.drop_offs.together import Line
from donations.enums import DropOffKind, RefusalReason
from donations.models import DropOff, Refusal
from tests import cast
from tests.donations.sorted import collected, filled
from tests.donations.test_door_days import sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DESK, PAPER = "/drop-offs/new/", "/drop-offs/tallies/new/"


def typed(**fields: Any) -> dict[str, Any]:
    """The form of a desk as somebody fills it in."""
    drive = cast.a_drive()
    here = {"key": cast.a_key(), "drive": drive.pk, "site": cast.a_point(drive=drive).pk}
    return {**here, "kind": "bag", "quantity": 1, **fields}


def ticked(**fields: Any) -> dict[str, Any]:
    """A sheet of paper as somebody enters it."""
    return typed(day=timezone.localdate() - timedelta(days=1), bag=12, pallet=1, dirty=2, **fields)


def read(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_a_bag_at_a_desk_is_noted_once_however_often_it_is_sent(signed_in):
    client, form = signed_in(cast.a_volunteer()), typed(quantity=3, grams=4200, dirty=1)
    for _time in range(2):
        page = read(client.post(DESK, form, follow=True))
        assert "3 bags, dirty: 1 refused." in page
    assert list(DropOff.objects.values_list("kind", "quantity", "grams", "entered")) == [("bag", 3, 4200, "page")]
    assert Refusal.objects.get().quantity == 1


def test_the_next_form_opens_with_the_same_drive_and_point(signed_in):
    client, form = signed_in(cast.a_volunteer()), typed()
    cast.a_point("Mairie")
    client.post(DESK, form)
    assert client.get(DESK).context["form"]["site"].value() == form["site"]


def test_only_a_refusal_is_noted_too(signed_in):
    signed_in(cast.a_volunteer()).post(DESK, typed(quantity="", medicine=2))
    assert (DropOff.objects.count(), Refusal.objects.get().quantity) == (0, 2)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("quantity", "-1", "from 0 to 9,999"),
        ("quantity", "10000", "from 0 to 9,999"),
        ("quantity", "", None),
        ("grams", "lourd", "in digits"),
        ("site", "", "required"),
        ("drive", "999999", "valid choice"),
        ("dirty", "1.5", "whole number"),
        ("key", "", "not sent whole"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(signed_in, field, value, sentence):
    form = signed_in(cast.a_volunteer()).post(DESK, typed(**{field: value})).context["form"]
    errors = form.errors[field if sentence else "__all__"]
    assert (sentence or "at least one number") in errors[0]
    assert not DropOff.objects.exists()


def test_a_weight_without_a_number_asks_for_it(signed_in):
    form = signed_in(cast.a_volunteer()).post(DESK, typed(quantity="", grams=100, dirty=1)).context["form"]
    assert form.errors["quantity"] == ["Enter a quantity."]


def test_a_point_of_another_drive_is_refused(signed_in):
    winter = cast.a_drive("Hiver")
    mairie = cast.a_point("Mairie", drive=winter)
    form = signed_in(cast.a_volunteer()).post(DESK, typed(site=mairie.pk)).context["form"]
    assert form.errors["site"] == ["Mairie is not a point of this drive."]


def test_a_sheet_is_entered_on_its_day(signed_in):
    page = read(signed_in(cast.a_volunteer()).post(PAPER, ticked(), follow=True))
    assert "12 bags, 1 pallet, dirty: 2 refused." in page
    assert set(DropOff.objects.values_list("day", "entered")) == {(timezone.localdate() - timedelta(days=1), "tally")}


def test_the_weights_of_a_sheet_are_entered_where_there_was_a_scale(signed_in):
    signed_in(cast.a_volunteer()).post(PAPER, ticked(bag_grams=48_200, carton=2))
    found = DropOff.objects.order_by("pk").values_list("kind", "quantity", "grams")
    assert list(found) == [("bag", 12, 48_200), ("carton", 2, None), ("pallet", 1, None)]


@pytest.mark.parametrize(
    ("field", "value", "at", "sentence"),
    [
        ("carton_grams", 900, "carton", "Say how many weigh this."),
        ("bag_grams", "lourd", "bag_grams", "in digits"),
        ("bag_grams", 20_000_001, "bag_grams", "more than a lorry carries"),
    ],
)
def test_a_weight_of_a_sheet_that_makes_no_sense_is_said_at_its_field(signed_in, field, value, at, sentence):
    form = signed_in(cast.a_volunteer()).post(PAPER, ticked(**{field: value})).context["form"]
    assert sentence in form.errors[at][0]
    assert not DropOff.objects.exists()


@pytest.mark.parametrize(("days", "sentence"), [(1, "to come"), (-400, "more than a year ago")])
def test_a_sheet_of_another_day_is_refused_at_the_day(signed_in, days, sentence):
    day = timezone.localdate() + timedelta(days=days)
    form = signed_in(cast.a_volunteer()).post(PAPER, ticked() | {"day": day}).context["form"]
    assert sentence in form.errors["day"][0]


def test_undo_takes_back_the_whole_sheet_and_pressing_twice_is_pressing_once(signed_in):
    client = signed_in(cast.a_volunteer())
    client.post(PAPER, ticked())
    undo = reverse("donations:noted_reverse", args=[DropOff.objects.earliest("pk").operation_id])
    assert "Taken back: 12 bags, 1 pallet, dirty: 2 refused." in read(client.post(undo, follow=True))
    assert "taken back already" in read(client.post(undo, follow=True))
    assert not DropOff.objects.standing().exists()


def test_a_volunteer_takes_back_what_they_noted_themselves_on_the_same_day(signed_in):
    mine, other = cast.a_volunteer(), cast.a_volunteer()
    (operation,) = sheet(actor=mine)
    url = reverse("donations:entry_reverse", args=[operation.pk])
    assert signed_in(other).get(url).status_code == 403
    assert "Take back what was noted" in read(signed_in(mine).get(url))
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert signed_in(mine).post(url).status_code == 403
        assert "Taken back: 1 bag." in read(signed_in(cast.a_coordinator()).post(url, follow=True))


def test_what_a_tablet_noted_is_taken_back_by_a_coordinator_alone(signed_in):
    tablet, _secret = cast.a_tablet()
    (operation,) = sheet(actor=tablet.device, site=tablet.device.site)
    url = reverse("donations:entry_reverse", args=[operation.pk])
    assert signed_in(cast.a_volunteer()).get(url).status_code == 403
    assert signed_in(cast.a_coordinator()).get(url).status_code == 200


def test_a_drop_off_says_where_when_by_whom_and_what_is_odd(signed_in):
    tablet, _secret = cast.a_tablet()
    (operation,) = sheet(actor=tablet.device, site=tablet.device.site)
    told = timezone.now() - timedelta(days=365)
    DropOff.objects.update(is_clock_off=True, is_late=True, told_at=told)
    page = read(signed_in(cast.a_coordinator()).get(operation.drop_off.get_absolute_url()))
    for words in ("Tablette du comptoir", "Pharmacie du Port", "the clock was wrong", "after the drive had ended"):
        assert words in page


def test_the_journal_leads_to_a_drop_off_and_calls_it_by_its_number(signed_in):
    first, second = sheet()[0], sheet()[0]
    drop_off = second.drop_off
    page = read(signed_in(cast.a_coordinator()).get(second.get_absolute_url()))
    assert drop_off.get_absolute_url() in page
    assert f"Drop-off no. {drop_off.pk}" in page
    assert first.number != second.number


def test_the_journal_leads_from_a_refusal_to_the_day_of_its_point(signed_in):
    signed_in(cast.a_volunteer()).post(DESK, typed(quantity="", medicine=2))
    operation = Refusal.objects.get().operation
    day = f"/drop-offs/points/{cast.a_point().pk}/{timezone.localdate()}/"
    assert day in read(signed_in(cast.a_coordinator()).get(operation.get_absolute_url()))


def test_a_drive_says_what_came_to_its_points_and_what_waits_there(signed_in):
    site = cast.a_point()
    cast.a_point("Mairie")
    sheet(Line(DropOffKind.BAG, 12), Line(RefusalReason.DIRTY, 2))
    sheet(back=2)
    filled(site=site)
    collected(site=site)
    answer = signed_in(cast.a_volunteer()).get(cast.a_drive().get_absolute_url())
    empty, here = answer.context["points"]
    assert (empty.site.name, empty.words, empty.words_of_today) == ("Mairie", "", "")
    assert (here.words_of_today, here.words, here.refused) == ("12 bags", "13 bags", 2)
    assert (here.to_collect, here.to_sort) == (1, 1)
    assert here.url_of_today in read(answer)
