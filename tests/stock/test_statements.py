"""The number of statements of an operation does not grow with its lines. BEGIN and COMMIT are counted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from donations.arrivals import ArrivalLine
from donations.operations import receive, reverse_arrival
from kits.operations import pack, unpack
from stock.enums import Reason
from stock.models import Lot, Operation
from stock.operations import LotLine, adjust, reverse, transfer, write_off
from tests.cast import a_coordinator, a_drive, a_key, a_site, a_version, an_item, the_store
from tests.queries import statements

pytestmark = pytest.mark.django_db


def received(count: int, lots: int = 1, quantity: int = 400) -> int:
    """The statements of taking in `count` articles, each in some lots."""
    soon = timezone.localdate() + timedelta(days=300)
    lines = [
        ArrivalLine(an_item(f"Article {number}"), quantity, number=f"L{lot}", best_before=soon + timedelta(days=lot))
        for number in range(count)
        for lot in range(lots)
    ]
    there, drive, actor = the_store(), a_drive(), a_coordinator()
    arguments = {"drive": drive, "place": there, "lines": lines, "received_on": timezone.localdate()}
    return statements(lambda: receive(**arguments, actor=actor, key=a_key()))


def test_receiving_fifty_lines_takes_as_many_statements_as_five():
    assert received(5) == received(50) <= 12


def test_receiving_again_what_is_there_takes_no_more():
    received(50)
    assert received(50) <= 12


def test_packing_a_hundred_kits_takes_as_many_statements_as_one():
    received(20, lots=3, quantity=40)
    version = a_version({an_item(f"Article {number}"): 1 for number in range(20)})
    store, actor = the_store(), a_coordinator()
    packing = {"version": version, "place": store, "actor": actor}
    pack(**packing, count=1, key=a_key())
    one = statements(lambda: pack(**packing, count=1, key=a_key()))
    hundred = statements(lambda: pack(**packing, count=100, key=a_key()))
    assert one == hundred <= 16


def test_undoing_takes_as_many_statements_for_one_kit_as_for_many():
    received(20, lots=3, quantity=40)
    version = a_version({an_item(f"Article {number}"): 1 for number in range(20)})
    packs = [
        pack(version=version, place=the_store(), actor=a_coordinator(), count=count, key=a_key()) for count in (1, 100)
    ]
    actor = a_coordinator()
    counts = {statements(lambda p=p: unpack(operation=p, actor=actor, key=a_key())) for p in packs}
    assert len(counts) == 1
    assert max(counts) <= 16


@pytest.mark.parametrize("count", [1, 60])
def test_moving_and_writing_off_take_the_same_statements_whatever_the_lines(count):
    received(count)
    lines = [LotLine(lot, 1) for lot in Lot.objects.with_item()]
    here, there, actor = the_store(), the_store(a_site("Réserve Nord")), a_coordinator()
    moved = statements(lambda: transfer(source=here, target=there, lines=lines, actor=actor, key=a_key()))
    thrown = statements(
        lambda: write_off(place=here, lines=lines, reason=Reason.DAMAGED, actor=actor, key=a_key()),
    )
    assert (moved, thrown) == (8, 8)


@pytest.mark.parametrize("count", [1, 60])
def test_reversing_takes_the_same_statements_whatever_the_lines(count):
    received(count)
    operation, actor = Operation.objects.get(), a_coordinator()
    assert statements(lambda: reverse_arrival(operation=operation, actor=actor, key=a_key())) <= 9


def test_a_repeated_key_costs_next_to_nothing():
    received(50)
    lot, store, actor, key = Lot.objects.with_item().first(), the_store(), a_coordinator(), a_key()
    counting = {"place": store, "lot": lot, "counted": 3, "reason": Reason.COUNTED, "actor": actor, "key": key}
    adjust(**counting)
    assert statements(lambda: adjust(**counting)) <= 5


def test_a_refused_reversal_names_where_it_went_in_as_many_statements_for_sixty_lines():
    received(60)
    operation, lines = Operation.objects.get(), [LotLine(lot, 400) for lot in Lot.objects.with_item()]
    there = the_store(a_site("Réserve Nord"))
    transfer(source=the_store(), target=there, lines=lines, actor=a_coordinator(), key=a_key())
    actor = a_coordinator()

    def refused() -> None:
        with pytest.raises(Exception, match="has moved on"):
            reverse(operation=operation, actor=actor, key=a_key())

    assert statements(refused) <= 13
