from datetime import timedelta

import pytest
from django.utils import timezone

from donations.arrivals import ArrivalLine
from donations.enums import PledgeState
from donations.models import DonationLine, Drive, Pledge
from donations.operations import receive, reverse_arrival
from donations.pledges import cancel, change, promise
from network.enums import OrganisationKind
from network.models import Organisation
from stock.enums import Category, Unit
from stock.ledger import KeyConflict
from stock.models import Operation
from tests.cast import a_coordinator, a_drive, a_key, an_item, an_organisation, the_house, the_store
from web.errors import Refused

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


def a_pharmacy(name: str = "Pharmacies du Canal") -> Organisation:
    return an_organisation(name, OrganisationKind.PARTNER)


def promised(quantity: int = 100, **asked) -> Pledge:
    fields = {"drive": a_drive(), "partner": a_pharmacy(), "item": an_item(), "due_on": TODAY()}
    return promise(**{**fields, "quantity": quantity, "actor": a_coordinator(), "key": a_key(), **asked})


def brought(*quantities: int, **asked) -> Operation:
    pledge = asked.pop("pledge", None)
    fields = {"drive": a_drive(), "partner": a_pharmacy(), "place": the_store(), "received_on": TODAY()}
    lines = [ArrivalLine(an_item(), quantity, pledge=pledge) for quantity in quantities]
    return receive(**{**fields, "lines": lines, "actor": a_coordinator(), "key": a_key(), **asked})


def seen(pledge: Pledge) -> tuple[int, int, str]:
    pledge = Pledge.objects.with_delivered().get(pk=pledge.pk)
    return pledge.delivered, pledge.still_expected, pledge.state


def made_late(pledge: Pledge) -> Pledge:
    """As it stands when its day has gone by."""
    Pledge.objects.filter(pk=pledge.pk).update(due_on=TODAY() - timedelta(days=3))
    return pledge


def test_what_arrives_is_counted_on_the_promise_without_being_asked():
    pledge = promised(100)
    assert seen(pledge) == (0, 100, PledgeState.EXPECTED)
    brought(60)
    assert seen(pledge) == (60, 40, PledgeState.EXPECTED)
    brought(40)
    assert seen(pledge) == (100, 0, PledgeState.ARRIVED)
    assert not Pledge.objects.still_to_come().exists()


def test_what_is_too_much_shows_as_over():
    pledge = promised(100)
    brought(130)
    assert seen(pledge) == (130, 0, PledgeState.OVER)


def test_a_promise_whose_day_is_past_is_late_until_all_of_it_is_there():
    pledge = made_late(promised(100))
    assert seen(pledge)[2] == PledgeState.LATE
    assert list(Pledge.objects.late()) == [pledge]
    brought(100)
    assert seen(pledge)[2] == PledgeState.ARRIVED
    assert not Pledge.objects.late().exists()


def test_the_oldest_open_promise_is_kept_first_and_lines_go_on_to_the_next():
    later, sooner = promised(50, due_on=TODAY() + timedelta(days=9)), promised(10)
    brought(10, 20)
    assert (seen(sooner)[0], seen(later)[0]) == (10, 20)


def test_a_named_promise_is_the_one_that_is_kept():
    sooner, later = promised(10), promised(50, due_on=TODAY() + timedelta(days=9))
    brought(5, pledge=later)
    assert (seen(sooner)[0], seen(later)[0]) == (0, 5)


def test_nothing_is_counted_on_the_promise_of_another_partner_article_or_drive_nor_on_a_cancelled_one():
    promised(partner=a_pharmacy("Pharmacie du Port"))
    promised(item=an_item("Peigne"))
    promised(drive=a_drive("Collecte de printemps"))
    cancel(pledge=promised(), actor=a_coordinator())
    brought(10)
    brought(10, partner=None)
    assert not DonationLine.objects.exclude(pledge=None).exists()


def test_naming_the_promise_of_another_partner_is_refused():
    pledge = promised(partner=a_pharmacy("Pharmacie du Port"))
    with pytest.raises(Refused, match="Savon: this pledge is of another partner") as refused:
        brought(10, pledge=pledge)
    assert (refused.value.field, refused.value.line) == ("pledge", 0)


def test_a_donation_taken_back_keeps_no_promise():
    pledge = promised(100)
    operation = brought(60)
    reverse_arrival(operation=operation, actor=a_coordinator(), key=a_key())
    assert seen(pledge) == (0, 100, PledgeState.EXPECTED)


def test_sending_the_form_again_once_the_promise_is_kept_is_still_the_same_donation():
    pledge, key = promised(10), a_key()
    assert brought(10, key=key) == brought(10, key=key)
    assert seen(pledge)[0] == 10


def test_a_promise_can_be_changed():
    pledge, coordinator = promised(100), a_coordinator()
    change(pledge=pledge, quantity=40, due_on=TODAY() + timedelta(days=2), actor=coordinator)
    assert seen(pledge)[1] == 40
    assert pledge.history.first().history_user == coordinator


def test_a_late_promise_keeps_its_day_when_its_number_changes():
    pledge = made_late(promised(100))
    due_on = TODAY() - timedelta(days=3)
    assert change(pledge=pledge, quantity=40, due_on=due_on, actor=a_coordinator()).quantity == 40
    with pytest.raises(Refused, match="This date is past"):
        change(pledge=pledge, quantity=40, due_on=due_on - timedelta(days=1), actor=a_coordinator())


def test_cancelling_expects_no_more_and_keeps_what_arrived():
    pledge = promised(100)
    brought(30)
    for _time in range(2):
        cancel(pledge=pledge, actor=a_coordinator())
    assert seen(pledge) == (30, 0, PledgeState.CANCELLED)
    assert pledge.history.count() == 2
    with pytest.raises(Refused, match="cancelled"):
        change(pledge=pledge, quantity=1, due_on=TODAY(), actor=a_coordinator())


@pytest.mark.parametrize("quantity", [0, -1, 100_001])
def test_an_absurd_quantity_is_refused(quantity):
    with pytest.raises(Refused) as refused:
        promised(quantity)
    assert refused.value.field == "quantity"


@pytest.mark.parametrize("days", [-1, 367])
def test_a_day_that_is_past_or_more_than_a_year_ahead_is_refused(days):
    with pytest.raises(Refused) as refused:
        promised(due_on=TODAY() + timedelta(days=days))
    assert refused.value.field == "due_on"


def test_a_drive_that_is_over_expects_no_more():
    drive = a_drive()
    Drive.objects.update(starts_on=TODAY() - timedelta(days=9), ends_on=TODAY() - timedelta(days=1))
    drive.refresh_from_db()
    with pytest.raises(Refused, match="is over"):
        promised(drive=drive)


def test_kits_and_other_houses_are_not_promised():
    other = the_house("Maison des Saules")
    kit = an_item("Kit femme v1", category=Category.KIT, unit=Unit.KIT)
    wrong = [
        {"item": kit},
        {"item": an_item("Leur savon", house=other)},
        {"partner": an_organisation("X", house=other)},
    ]
    for asked in wrong:
        with pytest.raises(Refused) as refused:
            promised(**asked)
        assert [refused.value.field] == list(asked)


def test_the_same_form_twice_is_one_promise():
    key = a_key()
    assert promised(key=key) == promised(key=key)
    with pytest.raises(KeyConflict):
        promised(50, key=key)
    assert Pledge.objects.count() == 1


@pytest.mark.parametrize("state", list(PledgeState))
def test_each_state_finds_its_promises(state):
    cancel(pledge=promised(1, due_on=TODAY() + timedelta(days=4)), actor=a_coordinator())
    promised(10, item=an_item("Peigne"))
    made_late(promised(20, item=an_item("Drap")))
    promised(30)
    brought(30)
    over = promised(5)
    brought(9, pledge=over)
    assert [pledge.state for pledge in Pledge.objects.in_state(state)] == [state]
