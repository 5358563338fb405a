"""What happened: operations and their reversal, the life of a lot, entries set aside."""

from datetime import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from kits.operations import pack
from stock import registry
from stock.enums import OperationKind, PlaceKind, Reason
from stock.history import history_of
from stock.ledger import KeyConflict, Move, operate, post
from stock.models import Conflict, Lot, Operation
from stock.operations import LotLine, adjust, transfer, virtual_place, write_off
from stock.operations import reverse as take_back
from tests.cast import (
    a_coordinator,
    a_key,
    a_site,
    a_version,
    a_volunteer,
    on_hand,
    stocked,
    the_house,
    the_store,
)
from web.lists import CappedPages

pytestmark = pytest.mark.django_db


@pytest.fixture
def lot() -> Lot:
    stocked("Savon", 10, number="L42")
    return Lot.objects.with_item().get()


def thrown(lot: Lot, quantity: int = 4) -> Operation:
    return write_off(
        place=the_store(),
        lines=[LotLine(lot, quantity)],
        reason=Reason.DAMAGED,
        actor=a_coordinator(name="Dominique"),
        key=a_key(),
    )


def handed_over(lot: Lot, quantity: int) -> Operation:
    def work(operation: Operation) -> None:
        post(operation, [Move(lot, quantity, the_store(), virtual_place(the_house(), PlaceKind.RECIPIENTS))])

    arguments = {"house": the_house(), "actor": a_coordinator(), "content": {}, "day": timezone.localdate()}
    return operate(OperationKind.HAND_OVER, a_key(), work, **arguments)


def read(client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_an_operation_says_what_when_who_why_and_from_where_to_where(coordinator, lot):
    page = read(coordinator, thrown(lot).get_absolute_url())
    for words in ("Write-off", "Dominique", "damaged", "Savon, L42", "Atelier, Réserve", "waste"):
        assert words in page


def test_an_operation_leads_to_its_document(coordinator, lot, monkeypatch):
    monkeypatch.setitem(registry.documents, OperationKind.WRITE_OFF, lambda operation: f"/paper/{operation.pk}/")
    operation = thrown(lot)
    assert f'href="/paper/{operation.pk}/"' in read(coordinator, operation.get_absolute_url())


def test_the_journal_tells_what_stands_and_what_was_reversed(coordinator, lot):
    operation = thrown(lot)
    take_back(operation=operation, actor=a_coordinator(), key=a_key())
    page = read(coordinator, reverse("stock:operation_list"))
    assert "taken back" in page
    assert f"takes back: {operation}" in page
    assert "stands" in read(coordinator, Operation.objects.get(kind="receive").get_absolute_url())


def test_the_journal_is_narrowed_by_kind_and_day(coordinator, lot):
    thrown(lot)
    url = reverse("stock:operation_list")
    assert "Write-off no." not in read(coordinator, f"{url}?kind=receive")
    assert "Write-off no." not in read(coordinator, f"{url}?until=2020-01-01")
    assert "Write-off no." in read(coordinator, f"{url}?since={timezone.localdate()}")


@pytest.mark.parametrize(("hour", "found"), [(datetime(2026, 3, 1, 23, 30), False), (datetime(2026, 3, 2), True)])
def test_a_day_of_the_journal_begins_at_midnight_where_the_house_is(coordinator, hour, found):
    about = {"house": the_house(), "actor": a_coordinator(), "content": {}}
    at = timezone.make_aware(hour)
    operation = operate(OperationKind.TRANSFER, a_key(), lambda operation: None, **about, happened_at=at)
    page = read(coordinator, f"{reverse('stock:operation_list')}?since=2026-03-02&until=2026-03-02")
    assert (operation.get_absolute_url() in page) is found


@pytest.mark.parametrize("query", ["since=0001-01-01", "until=9999-12-31"])
def test_the_first_and_the_last_day_that_can_be_written_narrow_nothing(coordinator, lot, query):
    assert thrown(lot).get_absolute_url() in read(coordinator, f"{reverse('stock:operation_list')}?{query}")


def test_the_journal_is_counted_as_far_as_one_looks(coordinator, lot, monkeypatch):
    monkeypatch.setattr(CappedPages, "most", 2)
    thrown(lot)
    thrown(lot)
    assert "The first 2 results: narrow the list to see more." in read(coordinator, reverse("stock:operation_list"))


def test_handovers_are_in_no_journal(coordinator, lot):
    operation = handed_over(lot, 1)
    undone = take_back(operation=operation, actor=a_coordinator(), key=a_key(), day=timezone.localdate())
    page = read(coordinator, reverse("stock:operation_list"))
    assert "Handover no." not in page
    assert f"Reversal no. {undone.pk}" not in page
    for hidden in (operation, undone):
        assert coordinator.get(hidden.get_absolute_url()).status_code == 404
        assert coordinator.post(reverse("stock:operation_reverse", args=[hidden.pk])).status_code == 404


def test_the_life_of_a_lot_tells_handovers_as_the_sum_of_a_day_and_leads_to_none(coordinator, lot):
    given = [handed_over(lot, quantity) for quantity in (1, 3, 2)]
    take_back(operation=given[0], actor=a_coordinator(), key=a_key(), day=timezone.localdate())
    [day] = [line for line in history_of(lot) if line.operation is None]
    assert (day.quantity, [left for _place, left in day.left]) == (5, [5])
    page = read(coordinator, lot.get_absolute_url())
    assert "Handovers of the day" in page
    assert not [operation for operation in given if operation.get_absolute_url() in page]


def test_the_life_of_a_lot_tells_what_each_place_then_held(coordinator, lot):
    there = the_store(a_site("Réserve Nord"))
    transfer(source=the_store(), target=there, lines=[LotLine(lot, 4)], actor=a_coordinator(), key=a_key())
    thrown(lot, 1)
    told = [[(str(place), left) for place, left in line.left] for line in history_of(lot)]
    assert told == [
        [("Atelier, Réserve", 5)],
        [("Atelier, Réserve", 6), ("Réserve Nord, Réserve", 4)],
        [("Atelier, Réserve", 10)],
    ]
    page = read(coordinator, lot.get_absolute_url())
    assert "Réserve Nord, Réserve: 4" in page
    assert "Pharmacies du Canal" in page
    assert "damaged" in page


def test_the_lots_of_kits_have_a_life_too(coordinator, lot):
    version = a_version({lot.item: 1})
    operation = pack(version=version, count=3, place=the_store(), actor=a_coordinator(), key=a_key())
    assert operation.get_absolute_url() in read(coordinator, Lot.objects.get(item=version.item).get_absolute_url())


def test_reversing_asks_first_and_is_done_once_however_often_it_is_sent(coordinator, lot):
    url = reverse("stock:operation_reverse", args=[thrown(lot).pk])
    form = coordinator.get(url).context["form"]
    key = str(form.initial.get("key") or form["key"].value())
    for _time in range(2):
        answer = coordinator.post(url, {"key": key}, follow=True)
        assert "is taken back" in answer.content.decode()
    assert (on_hand(lot.item), Operation.objects.filter(kind="reverse").count()) == (10, 1)
    answer = coordinator.post(url, {"key": a_key()})
    assert "taken back already" in answer.content.decode()


def test_undo_sends_no_key_and_twice_is_once(coordinator, lot):
    url = reverse("stock:operation_reverse", args=[thrown(lot).pk])
    for _time in range(2):
        assert coordinator.post(url).status_code == 302
    assert on_hand(lot.item) == 10


def test_what_moved_on_is_not_reversed_and_the_page_says_where_it_went(coordinator, lot):
    operation = Operation.objects.get()
    thrown(lot)
    answer = coordinator.post(reverse("stock:operation_reverse", args=[operation.pk]))
    assert answer.status_code == 200
    assert "4 × Savon, L42 to waste" in answer.content.decode()
    assert "Reversal no." not in answer.content.decode()


def test_alike_kits_that_moved_on_are_counted_together(coordinator, lot):
    version = a_version({lot.item: 1})
    packs = [
        pack(version=version, count=1, place=the_store(), actor=a_coordinator(), key=a_key()) for _time in range(2)
    ]
    lines = [LotLine(made.pack.lot, 1) for made in packs]
    arguments = {"lines": lines, "actor": a_coordinator()}
    moved = transfer(source=the_store(), target=the_store(a_site("Réserve Nord")), key=a_key(), **arguments)
    write_off(place=the_store(a_site("Réserve Nord")), reason=Reason.DAMAGED, key=a_key(), **arguments)
    answer = coordinator.post(reverse("stock:operation_reverse", args=[moved.pk]))
    assert "moved on (2 × Kit femme" in answer.content.decode()


def test_only_coordinators_reverse(as_user, lot):
    url = reverse("stock:operation_reverse", args=[thrown(lot).pk])
    assert as_user(a_volunteer()).post(url).status_code == 403
    assert on_hand(lot.item) == 6


def test_a_kind_without_a_way_back_is_not_reversed(coordinator, lot):
    reversal = take_back(operation=thrown(lot), actor=a_coordinator(), key=a_key())
    assert coordinator.post(reverse("stock:operation_reverse", args=[reversal.pk])).status_code == 403


def test_an_entry_set_aside_is_read_in_words_and_settled(coordinator, lot):
    key = a_key()
    counting = {"place": the_store(), "lot": lot, "reason": Reason.COUNTED, "key": key}
    adjust(counted=8, actor=a_coordinator(), **counting)
    with pytest.raises(KeyConflict):
        adjust(counted=7, actor=a_coordinator(name="Camille"), **counting)
    assert "1 entry is set aside" in read(coordinator, reverse("stock:operation_list"))
    page = read(coordinator, reverse("stock:conflict_list"))
    for words in ("Camille", "Savon, L42", "Atelier, Réserve", ">7<", "Adjustment no."):
        assert words in page
    coordinator.post(reverse("stock:conflict_settle", args=[Conflict.objects.get().pk]))
    assert Conflict.objects.get().is_settled
    assert "Nothing is set aside" in read(coordinator, reverse("stock:conflict_list"))


def test_an_entry_of_another_house_is_not_settled(as_user, lot):
    conflict = Conflict.objects.create(
        house=the_house(),
        operation=Operation.objects.get(),
        digest="x",
        actor=a_coordinator(),
        day=timezone.localdate(),
    )
    other = as_user(a_coordinator(house=the_house("Maison des Lilas")))
    assert other.post(reverse("stock:conflict_settle", args=[conflict.pk])).status_code == 404
    assert other.get(reverse("stock:conflict_settle", args=[conflict.pk])).status_code == 405
