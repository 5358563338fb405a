"""A place is called otherwise, closed once nothing counts on it, and opened again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kits.sessions import MixLine, plan_session
from stock.enums import PlaceKind
from stock.models import Place
from stock.operations import LotLine, transfer
from stock.place_operations import close_place, open_place, rename_place, reopen_place
from tests.cast import (
    a_coordinator,
    a_drive,
    a_key,
    a_site,
    a_version,
    an_item,
    stocked,
    the_store,
)
from tests.distribution.stage import a_shipment
from web.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def table() -> Place:
    return open_place(site=a_site(), kind=PlaceKind.TABLE, name="Table 3", actor=a_coordinator())


def test_a_place_whose_name_is_its_site_s_is_named_once():
    assert str(the_store(a_site("Réserve"))) == "Réserve"
    assert str(the_store(a_site("Atelier"))) == "Atelier, Réserve"


def test_a_place_is_called_otherwise_and_its_history_says_by_whom(table):
    rename_place(place=table, name=" Table du fond ", actor=a_coordinator(name="Maud"))
    assert Place.objects.get(pk=table.pk).name == "Table du fond"
    assert str(table.history.first().history_user) == "Maud"


def test_a_place_that_was_closed_meanwhile_stays_closed_when_it_is_called_otherwise(table):
    close_place(place=Place.objects.get(pk=table.pk), actor=a_coordinator())
    rename_place(place=table, name="Table du fond", actor=a_coordinator())
    assert not Place.objects.get(pk=table.pk).is_active


def test_a_name_that_its_site_has_already_is_refused_at_its_field(coordinator, table):
    answer = coordinator.post(reverse("stock:place_edit", args=[table.pk]), {"name": "Réserve"})
    assert "of this name already" in str(answer.context["form"].errors["name"])


def test_an_empty_table_is_closed_with_an_undo_and_opened_again(coordinator, table):
    form = {"key": a_key()}
    for _time in range(2):
        answer = coordinator.post(reverse("stock:place_close", args=[table.pk]), form, follow=True)
        assert "Atelier, Table 3 is closed" in answer.content.decode()
    undo = reverse("stock:place_reopen", args=[table.pk])
    assert undo in answer.content.decode()
    assert not Place.objects.get(pk=table.pk).is_active
    coordinator.post(undo)
    assert Place.objects.get(pk=table.pk).is_active
    assert table.history.count() == 3


def test_a_closed_place_is_offered_no_longer_and_stays_in_the_list(coordinator, table):
    close_place(place=table, actor=a_coordinator())
    assert "Table 3" not in coordinator.get(reverse("stock:transfer_create")).content.decode()
    assert [str(place) for place in coordinator.get(reverse("stock:place_list")).context["rows"]][-1] == str(table)


def test_a_place_that_holds_goods_says_which(coordinator, table):
    for number in ("L41", "L42"):
        item = stocked("Savon", 5, number=number)
    lines = [LotLine(lot, 2) for lot in item.lots.all()]
    transfer(source=the_store(), target=table, lines=lines, actor=a_coordinator(), key=a_key())
    answer = coordinator.post(reverse("stock:place_close", args=[table.pk]), {"key": a_key()})
    assert "still holds goods (4 × Savon …)" in answer.content.decode()
    assert Place.objects.get(pk=table.pk).is_active


def test_the_only_store_of_a_site_and_its_quarantine_stay_open():
    site = a_site()
    with pytest.raises(Refused, match="only store of its site"):
        close_place(place=the_store(site), actor=a_coordinator())
    with pytest.raises(Refused, match="quarantine stays open"):
        close_place(place=Place.objects.get(site=site, kind=PlaceKind.QUARANTINE), actor=a_coordinator())
    open_place(site=site, kind=PlaceKind.STORE, name="Cave", actor=a_coordinator())
    assert not close_place(place=the_store_called("Réserve"), actor=a_coordinator()).is_active


def the_store_called(name: str) -> Place:
    return Place.objects.get(kind=PlaceKind.STORE, name=name)


def test_a_session_or_a_shipment_that_counts_on_a_place_keeps_it_open(table):
    now = timezone.now()
    hours = {"starts_at": now, "ends_at": now + timedelta(hours=4)}
    mix = [MixLine(a_version({an_item(): 1}), 2)]
    session = plan_session(drive=a_drive(), place=table, name="Matin", mix=mix, **hours, actor=a_coordinator())
    with pytest.raises(Refused, match="“Matin” takes its articles"):
        close_place(place=table, actor=a_coordinator())
    session.delete()
    a_shipment((an_item(), 1), place=table)
    with pytest.raises(Refused, match="is to leave from"):
        close_place(place=table, actor=a_coordinator())


def test_opening_again_what_is_open_changes_nothing(table):
    reopen_place(place=table, actor=a_coordinator())
    assert table.history.count() == 1


@pytest.mark.parametrize("route", ["place_edit", "place_close"])
def test_a_virtual_place_is_not_found(coordinator, route):
    stocked("Savon", 1)
    waste = Place.objects.get(kind=PlaceKind.WASTE)
    assert coordinator.get(reverse(f"stock:{route}", args=[waste.pk])).status_code == 404
