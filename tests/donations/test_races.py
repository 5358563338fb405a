"""Two people at the same moment: a promise is kept once, and a form that is sent twice is one promise."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from donations.arrivals import ArrivalLine
from donations.models import Drive, Pledge
from donations.operations import receive
from donations.pledges import promise
from network.models import Organisation
from stock.models import Item, Place
from tests.cast import a_coordinator, a_drive, a_key, an_item, an_organisation, the_store

pytestmark = pytest.mark.race


def the_rows() -> dict[str, int]:
    """What the jobs need, by primary key: they run in other connections, or in other processes."""
    rows = {"drive": a_drive(), "partner": an_organisation(), "item": an_item(), "actor": a_coordinator()}
    return {name: row.pk for name, row in rows.items()}


def loaded(drive: int, partner: int, item: int, actor: int) -> dict:
    return {
        "drive": Drive.objects.get(pk=drive),
        "partner": Organisation.objects.get(pk=partner),
        "item": Item.objects.get(pk=item),
        "actor": User.objects.get(pk=actor),
    }


def bring(quantity: int, place: int, key: str, **rows: int) -> int:
    asked = loaded(**rows)
    line = ArrivalLine(asked.pop("item"), quantity)
    place = Place.objects.select_related("house").get(pk=place)
    return receive(place=place, lines=[line], received_on=timezone.localdate(), key=key, **asked).pk


def make_a_promise(quantity: int, days: int, key: str, **rows: int) -> int:
    due_on = timezone.localdate() + timedelta(days=days)
    return promise(quantity=quantity, due_on=due_on, key=key, **loaded(**rows)).pk


def test_two_deliveries_at_one_moment_keep_two_promises(race):
    rows, place = the_rows(), the_store().pk
    promises = [make_a_promise(60, days, a_key(), **rows) for days in (1, 2)]
    race(*[(bring, {"quantity": 60, "place": place, "key": a_key(), **rows}) for _time in range(2)])
    arrived = dict(Pledge.objects.with_delivered().values_list("pk", "delivered"))
    assert [arrived[pk] for pk in promises] == [60, 60]


def test_one_form_sent_four_times_at_one_moment_is_one_promise(race):
    rows, key = the_rows(), a_key()
    made = race(*[(make_a_promise, {"quantity": 60, "days": 1, "key": key, **rows}) for _time in range(4)])
    assert len(set(made)) == Pledge.objects.count() == 1
