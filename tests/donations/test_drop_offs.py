"""What is noted at the door: counted once, in no stock, flagged where its clock or its day cannot be trusted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from donations.drop_offs.moments import moment
from donations.drop_offs.operations import decline, drop_off, take_back
from donations.enums import DropOffKind, Entered, RefusalReason
from donations.models import DropOff, Refusal
from stock.ledger import KeyConflict
from stock.models import Balance, Conflict
from tests import cast
from tests.cast import a_key
from tests.queries import statements
from web.errors import Refused

pytestmark = pytest.mark.django_db


def noted(**asked) -> DropOff:
    drive = asked.pop("drive", None) or cast.a_drive()
    asked = {"actor": cast.a_volunteer(), "key": a_key(), "kind": DropOffKind.BAG, "entered": Entered.PAGE, **asked}
    return drop_off(drive=drive, site=asked.pop("site", None) or cast.a_point(drive=drive), **asked).drop_off


def test_a_bag_is_counted_and_is_in_no_stock():
    noted(quantity=3, grams=4200)
    assert list(DropOff.objects.values_list("kind", "quantity", "grams")) == [("bag", 3, 4200)]
    assert not Balance.objects.exists()


def test_the_same_key_again_is_the_same_drop_off():
    asked = {"key": a_key(), "site": cast.a_point(), "actor": cast.a_volunteer()}
    assert noted(**asked) == noted(**asked)


def test_the_same_key_with_other_content_is_set_aside():
    asked = {"key": a_key(), "site": cast.a_point(), "actor": cast.a_volunteer()}
    noted(**asked)
    with pytest.raises(KeyConflict):
        noted(**asked, quantity=2)
    assert (DropOff.objects.count(), Conflict.objects.count()) == (1, 1)


def test_what_comes_after_the_drive_has_ended_is_taken_and_flagged():
    drive = cast.a_drive()
    drive.ends_on = timezone.localdate() - timedelta(days=2)
    drive.save()
    assert noted(drive=drive).is_late


@pytest.mark.parametrize("quantity", [0, -1, 10_000])
def test_an_absurd_number_is_refused(quantity):
    with pytest.raises(Refused, match="from 1 to 9,999"):
        noted(quantity=quantity)


def test_a_refusal_says_why():
    drive = cast.a_drive()
    asked = {"actor": cast.a_volunteer(), "key": a_key(), "entered": Entered.PAGE}
    decline(drive=drive, site=cast.a_point(), reason=RefusalReason.MEDICINE, **asked)
    assert Refusal.objects.at_the_door().get().reason == RefusalReason.MEDICINE


def test_an_entry_counts_from_when_the_tablet_made_it():
    now = timezone.now()
    yesterday = now - timedelta(days=1)
    assert noted(moment=moment(yesterday, now)).operation.happened_at == yesterday


@pytest.mark.parametrize(
    ("told", "sent"),
    [
        (timedelta(days=-365), timedelta(days=-365)),
        (timedelta(days=365), timedelta(days=365)),
        (timedelta(hours=1), timedelta()),
    ],
    ids=["a year behind", "a year ahead", "made after it was sent"],
)
def test_a_clock_that_cannot_be_right_is_kept_as_told_and_placed_by_arrival(told, sent):
    now = timezone.now()
    entry = noted(moment=moment(now + told, now + sent))
    assert (entry.is_clock_off, entry.told_at) == (True, now + told)
    assert abs(entry.operation.happened_at - now) < timedelta(minutes=5)


def test_a_tablet_takes_its_own_entry_back_within_the_hour():
    tablet, _secret = cast.a_tablet()
    now = timezone.now()
    at = moment(now - timedelta(minutes=50), now)
    entry = noted(site=tablet.device.site, drive=tablet.drive, actor=tablet.device, moment=at)
    take_back(operation=entry.operation, device=tablet.device, key=a_key(), moment=moment(now, now))
    assert not DropOff.objects.standing().exists()


def test_a_tablet_takes_nothing_back_after_the_hour_nor_what_another_noted():
    tablet, _secret = cast.a_tablet()
    now = timezone.now()
    here = {"site": tablet.device.site, "drive": tablet.drive}
    old = noted(**here, actor=tablet.device, moment=moment(now - timedelta(minutes=70), now))
    another = noted(**here, moment=moment(now, now))
    for entry in (old, another):
        with pytest.raises(Refused, match="coordinator can"):
            take_back(operation=entry.operation, device=tablet.device, key=a_key(), moment=moment(now, now))


def test_a_drop_off_takes_few_statements():
    tablet, _secret = cast.a_tablet()
    here = {"site": tablet.device.site, "drive": tablet.drive, "actor": tablet.device}
    assert statements(lambda: noted(**here)) <= 15
