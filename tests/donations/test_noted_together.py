"""What is sent at once, from a desk's form or a sheet of paper: all of it or none, once, on the day of the sheet."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from donations.drop_offs.together import Line, note_together, noted_with, take_back_together
from donations.enums import DropOffKind, Entered, RefusalReason
from donations.models import DropOff, Refusal
from stock.ledger import KeyConflict
from stock.models import Conflict, Operation
from tests import cast
from web.errors import Refused

pytestmark = pytest.mark.django_db

BAGS, DIRTY = Line(DropOffKind.BAG, 12), Line(RefusalReason.DIRTY, 2)


def sheet(*lines: Line, **asked) -> list[Operation]:
    asked = {"actor": cast.a_volunteer(), "key": cast.a_key(), "entered": Entered.TALLY, **asked}
    return note_together(drive=cast.a_drive(), site=cast.a_point(), lines=lines, **asked)


def counted() -> tuple[int, int]:
    return DropOff.objects.standing().count(), Refusal.objects.standing().count()


def test_each_line_of_a_sheet_is_an_entry_of_its_day():
    day = timezone.localdate() - timedelta(days=3)
    operations = sheet(BAGS, Line(DropOffKind.PALLET, 1), DIRTY, day=day)
    assert list(DropOff.objects.order_by("pk").values_list("kind", "quantity", "day", "entered")) == [
        ("bag", 12, day, "tally"),
        ("pallet", 1, day, "tally"),
    ]
    assert (Refusal.objects.get().day, Refusal.objects.get().quantity) == (day, 2)
    assert {timezone.localtime(operation.happened_at).hour for operation in operations} == {12}


def test_the_same_sheet_again_is_the_same_entries_a_month_later_too():
    asked = {"key": cast.a_key(), "actor": cast.a_volunteer(), "day": timezone.localdate()}
    first = sheet(BAGS, DIRTY, **asked)
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        assert sheet(BAGS, DIRTY, **asked) == first
    assert counted() == (1, 1)


@pytest.mark.parametrize(
    "other",
    [
        {"lines": (Line(DropOffKind.BAG, 13), DIRTY)},
        {"lines": (Line(DropOffKind.BAG, 12, 4200), DIRTY)},
        {"lines": (BAGS,)},
        {"lines": (BAGS, DIRTY, Line(RefusalReason.WORN, 1))},
        {"lines": (BAGS, DIRTY), "day": timezone.localdate() - timedelta(days=5)},
    ],
    ids=["another count", "a weight", "less", "more", "another day"],
)
def test_a_sheet_that_comes_again_otherwise_changes_nothing_and_is_kept_whole(other):
    asked = {"key": cast.a_key(), "actor": cast.a_volunteer(), "day": timezone.localdate()}
    sheet(BAGS, DIRTY, **asked)
    with pytest.raises(KeyConflict):
        sheet(*other.pop("lines"), **{**asked, **other})
    assert counted() == (1, 1)
    assert Conflict.objects.get().content["lines"]


def test_one_line_that_is_refused_leaves_none_of_the_sheet():
    with pytest.raises(Refused, match="from 1 to 9,999"):
        sheet(BAGS, Line(RefusalReason.WORN, 10_000))
    assert counted() == (0, 0)


@pytest.mark.parametrize(("days", "sentence"), [(1, "to come"), (-400, "more than a year ago")])
def test_a_sheet_is_of_today_or_of_the_year_before(days, sentence):
    with pytest.raises(Refused, match=sentence):
        sheet(BAGS, day=timezone.localdate() + timedelta(days=days))


def test_an_empty_sheet_is_refused():
    with pytest.raises(Refused, match="at least one number"):
        sheet()


def test_a_sheet_that_is_entered_once_the_drive_is_over_is_taken_and_flagged():
    drive = cast.a_drive()
    drive.ends_on = timezone.localdate() - timedelta(days=2)
    drive.save()
    sheet(BAGS, day=timezone.localdate() - timedelta(days=4))
    assert DropOff.objects.get().is_late


def test_what_was_sent_at_once_is_taken_back_at_once():
    someone = cast.a_volunteer()
    first, *_others = sheet(BAGS, DIRTY, actor=someone)
    sheet(Line(DropOffKind.CARTON, 1))
    take_back_together(operations=noted_with(first), actor=someone)
    assert noted_with(first) == []
    assert counted() == (1, 0)


def test_what_was_sent_alone_was_sent_with_nothing_else():
    operation, _another = sheet(BAGS)[0], sheet(BAGS)[0]
    assert noted_with(operation) == [operation]
