"""How many kits can be made, and what stops them: as many as `pick` would pack, and not one more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kits.capacity import Wish, capacity, shares, take
from kits.contents import wants
from stock.enums import Category
from stock.models import Balance, Item, Lot
from stock.picking import NotEnoughStock, pick
from tests.kits.recipes import a_line

GEL, SOAP, TOWEL, BRUSH = (
    Item(pk=pk, name=name, category=Category.HYGIENE)
    for pk, name in enumerate(("Gel", "Savon", "Serviette", "Brosse"), 1)
)
ITEMS = (GEL, SOAP, TOWEL, BRUSH)


def test_the_scarcest_line_stops_the_kit():
    found = capacity([a_line(SOAP, quantity=2), a_line(TOWEL)], {SOAP.pk: 429, TOWEL.pk: 900})
    assert (found.count, found.stops) == (214, (SOAP,))


def test_a_substitute_goes_in_for_whole_kits_only():
    line = a_line(GEL, SOAP, quantity=2)
    assert capacity([line], {GEL.pk: 3, SOAP.pk: 3}).count == 2


def test_an_article_that_two_lines_need_is_counted_once():
    lines = [a_line(GEL, SOAP), a_line(SOAP)]
    found = capacity(lines, {GEL.pk: 4, SOAP.pk: 10})
    assert (found.count, found.stops) == (7, (GEL,))


def test_what_is_optional_stops_nothing():
    lines = [a_line(SOAP), a_line(TOWEL, is_optional=True)]
    assert capacity(lines, {SOAP.pk: 5}).count == 5
    assert capacity([a_line(SOAP, is_optional=True)], {SOAP.pk: 5}).count == 0


def test_several_kits_share_what_there_is_in_the_order_of_their_priority():
    first, second = Wish([a_line(SOAP)], 6), Wish([a_line(SOAP), a_line(TOWEL)], 10)
    (one, two) = shares([first, second], {SOAP.pk: 10, TOWEL.pk: 9})
    assert (one.alone.count, one.together.count) == (10, 10)
    assert (two.alone.count, two.together.count, two.together.stops) == (9, 4, (SOAP,))


def test_nothing_there_makes_no_kit_and_names_every_line():
    found = capacity([a_line(SOAP), a_line(TOWEL)], {})
    assert (found.count, found.stops) == (0, (SOAP, TOWEL))


lines_of_kits = st.lists(
    st.builds(
        lambda items, quantity, optional: a_line(*items, quantity=quantity, is_optional=optional),
        st.lists(st.sampled_from(ITEMS), min_size=1, max_size=3, unique=True),
        st.integers(1, 4),
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
)
stocks = st.dictionaries(st.sampled_from([item.pk for item in ITEMS]), st.integers(0, 40), max_size=4)


def packs(lines, count, free) -> bool:
    balances = [
        Balance(pk=item.pk, on_hand=free.get(item.pk, 0), reserved=0, lot=Lot(pk=item.pk, item=item)) for item in ITEMS
    ]
    try:
        pick(wants(lines, count), balances)
    except NotEnoughStock:
        return False
    return True


@given(lines_of_kits, stocks)
def test_what_is_said_to_be_possible_can_be_packed_and_one_more_cannot(lines, free):
    found = capacity(lines, free)
    if not any(not line.is_optional for line in lines):
        return
    assert not found.count or packs(lines, found.count, free)
    assert not packs(lines, found.count + 1, free)
    assert found.stops


@given(lines_of_kits, stocks, st.integers(0, 12))
def test_nothing_is_taken_beyond_what_is_there(lines, free, count):
    left, _short = take(lines, count, free)
    assert all(quantity >= 0 for quantity in left.values())
    assert all(left.get(pk, 0) <= quantity for pk, quantity in free.items())


@pytest.mark.parametrize("count", [1, 7])
def test_taking_agrees_with_picking(count):
    lines = [a_line(GEL, SOAP, quantity=2), a_line(SOAP), a_line(TOWEL, is_optional=True)]
    free = {GEL.pk: 3, SOAP.pk: 30, TOWEL.pk: 4}
    balances = [Balance(pk=pk, on_hand=free[pk], reserved=0, lot=Lot(pk=pk, item=ITEMS[pk - 1])) for pk in free]
    picks = pick(wants(lines, count), balances)
    assert {pk: free[pk] - taken for pk, taken in picks.taken.items()} == {
        pk: left for pk, left in take(lines, count, free)[0].items() if pk in picks.taken
    }
