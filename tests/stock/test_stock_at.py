"""Stock at a date: summed up from the first movement or back from the balance, it is the plain sum."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stock import querysets
from stock.enums import OperationKind, PlaceKind
from stock.ledger import Move, MovedOn, operate, post
from stock.models import Lot, Movement
from stock.operations import LotLine, transfer, virtual_place
from stock.querysets import stock_at
from tests.cast import a_coordinator, a_key, a_site, an_item, stocked, the_house, the_store
from tests.queries import statements

pytestmark = pytest.mark.django_db
DAYS = 40


def plainly(place, moment) -> dict[int, int]:
    """The sum that anybody would write."""
    sums: Counter[int] = Counter()
    for movement in Movement.objects.filter(at__lte=moment):
        sums[movement.lot_id] += movement.quantity * (
            (movement.target_id == place.pk) - (movement.source_id == place.pk)
        )
    return {lot: quantity for lot, quantity in sums.items() if quantity}


def moved(lot: Lot, quantity: int, source, target, actor, days_ago: int) -> None:
    """One movement of `days_ago`, or none where there is not enough."""

    def work(operation) -> None:
        post(operation, [Move(lot, quantity, source, target)])

    then = timezone.now() - timedelta(days=days_ago)
    arguments = {"house": the_house(), "actor": actor, "content": {}, "happened_at": then}
    try:
        operate(OperationKind.TRANSFER, a_key(), work, **arguments)
    except MovedOn:
        return


steps = st.tuples(st.integers(0, 2), st.integers(1, 9), st.sampled_from(["in", "out", "there", "back"]))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, max_size=12), st.lists(st.integers(-1, DAYS + 2), min_size=1, max_size=4))
def test_both_directions_are_the_plain_sum(moves, days):
    here, there = the_store(a_site(a_key()[:20])), the_store(a_site(a_key()[:20]))
    outside, actor = virtual_place(the_house(), PlaceKind.DONORS), a_coordinator()
    lots = [Lot.objects.create(house=the_house(), item=an_item(), identity=a_key()) for _number in range(3)]
    ways = {"in": (outside, here), "out": (here, outside), "there": (here, there), "back": (there, here)}
    for age, (number, quantity, way) in zip(range(DAYS, 0, -3), moves, strict=False):
        moved(lots[number], quantity, *ways[way], actor, age)
    for place in (here, there):
        for moment in [timezone.now() - timedelta(days=day, hours=1) for day in days]:
            expected = plainly(place, moment)
            assert querysets._sum_up(place, moment) == querysets._sum_back(place, moment) == expected
            assert stock_at(place, moment) == expected


def test_before_anything_came_there_was_nothing():
    stocked("Savon", 10)
    assert stock_at(the_store(), timezone.now() - timedelta(days=1)) == {}
    assert stock_at(the_store(a_site("Vide")), timezone.now()) == {}


def test_what_left_since_was_there_then():
    stocked("Savon", 10)
    then, lot = timezone.now(), Lot.objects.with_item().get()
    there = the_store(a_site("Réserve Nord"))
    transfer(source=the_store(), target=there, lines=[LotLine(lot, 10)], actor=a_coordinator(), key=a_key())
    assert stock_at(the_store(), then) == {lot.pk: 10}
    assert stock_at(the_store(), timezone.now()) == {}
    assert stock_at(there, timezone.now()) == {lot.pk: 10}


def test_it_is_read_in_two_statements_so_that_nothing_moves_in_between():
    stocked("Savon", 10)
    store = the_store()
    assert statements(lambda: stock_at(store, timezone.now())) == 2
