"""First expired first out, whole steps, substitutes in order: held against stocks that nobody thought of."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stock.models import Balance, Item, Lot
from stock.picking import NotEnoughStock, Picks, Want, first_expired_first, pick

ITEMS = [Item(pk=number, name=f"Article {number}") for number in range(1, 5)]
TODAY = date(2026, 11, 22)


def _in(days: int | None) -> date | None:
    return None if days is None else TODAY + timedelta(days=days)


@st.composite
def shelves(draw) -> list[Balance]:
    """Some lots of four articles, dated or not, some of each reserved."""
    balances = []
    for number in range(1, draw(st.integers(0, 9)) + 1):
        days = draw(st.none() | st.integers(0, 300))
        lot = Lot(pk=number, item=draw(st.sampled_from(ITEMS)), best_before=_in(days))
        on_hand = draw(st.integers(0, 12))
        balances.append(Balance(pk=number, lot=lot, on_hand=on_hand, reserved=draw(st.integers(0, on_hand))))
    return balances


@st.composite
def wishes(draw) -> list[Want]:
    wants = []
    for _number in range(draw(st.integers(1, 4))):
        items = draw(st.lists(st.sampled_from(ITEMS), min_size=1, max_size=3, unique=True))
        step, count = draw(st.integers(1, 3)), draw(st.integers(1, 5))
        wants.append(Want(tuple(items), step * count, step, draw(st.booleans())))
    return wants


def picked(wants: list[Want], shelf: list[Balance], **kwargs) -> Picks | None:
    try:
        return pick(wants, shelf, **kwargs)
    except NotEnoughStock:
        return None


@given(shelves(), wishes())
def test_nothing_is_taken_beyond_what_is_free(shelf, wants):
    picks = picked(wants, shelf)
    assert picks is None or all(0 < quantity <= balance.free for balance, quantity in picks)


@given(shelves(), wishes())
def test_what_is_wanted_is_taken_and_no_more(shelf, wants):
    picks = picked(wants, shelf)
    if picks is not None:
        taken = sum(quantity for _balance, quantity in picks)
        wanted = sum(want.quantity for want in wants if not want.is_optional)
        assert wanted <= taken <= sum(want.quantity for want in wants)


@given(shelves(), wishes())
def test_a_lot_is_begun_only_when_those_dated_sooner_are_empty(shelf, wants):
    picks = picked(wants, shelf)
    if picks is not None:
        taken = {balance.pk: quantity for balance, quantity in picks}
        for item in ITEMS:
            row = [balance for balance in first_expired_first(shelf) if balance.lot.item_id == item.pk and balance.free]
            begun = [balance for balance in row if taken.get(balance.pk)]
            assert begun == row[: len(begun)]
            assert all(taken[balance.pk] == balance.free for balance in begun[:-1])


@given(shelves(), st.sampled_from(ITEMS), st.integers(1, 4), st.integers(1, 6))
def test_what_stays_together_is_of_one_article(shelf, item, step, count):
    items = (item, *(other for other in ITEMS if other is not item))
    picks = picked([Want(items, step * count, step)], shelf)
    if picks is not None:
        taken = Counter()
        for balance, quantity in picks:
            taken[balance.lot.item_id] += quantity
        assert all(quantity % step == 0 for quantity in taken.values())


@given(shelves(), st.permutations(ITEMS), st.integers(1, 3), st.integers(1, 6))
def test_a_substitute_is_taken_only_when_those_before_it_are_out(shelf, items, step, count):
    picks = picked([Want(tuple(items), step * count, step)], shelf)
    if picks is not None:
        taken = Counter()
        for balance, quantity in picks:
            taken[balance.lot.item_id] += quantity
        last = max(index for index, item in enumerate(items) if taken[item.pk])
        for item in items[:last]:
            free = sum(balance.free for balance in shelf if balance.lot.item_id == item.pk)
            assert free - taken[item.pk] < step


@given(shelves(), wishes(), st.integers(0, 300))
def test_lots_with_too_little_life_left_are_left(shelf, wants, days):
    limit = TODAY + timedelta(days=days)
    picks = picked(wants, shelf, not_before=limit)
    if picks is not None:
        assert all(balance.lot.best_before is None or balance.lot.best_before >= limit for balance, _quantity in picks)


@given(shelves(), wishes())
def test_picking_changes_nothing_by_itself(shelf, wants):
    before = [(balance.on_hand, balance.reserved) for balance in shelf]
    picked(wants, shelf)
    assert [(balance.on_hand, balance.reserved) for balance in shelf] == before


def here(item: Item, quantity: int, pk: int = 1, best_before: date | None = None) -> Balance:
    return Balance(pk=pk, lot=Lot(pk=pk, item=item, best_before=best_before), on_hand=quantity)


def test_every_article_that_is_short_is_named():
    wants = [Want((ITEMS[0],), 4), Want((ITEMS[1],), 2), Want((ITEMS[2],), 1)]
    with pytest.raises(NotEnoughStock) as refused:
        pick(wants, [here(ITEMS[0], 3), here(ITEMS[2], 5, pk=2)])
    assert "Article 1: 4 wanted, 3 are free here." in str(refused.value)
    assert "Article 2: 2 wanted, 0 are free here." in str(refused.value)
    assert "Article 3" not in str(refused.value)


def test_what_is_optional_is_not_missed_and_takes_nothing_from_what_is_not():
    wants = [Want((ITEMS[0],), 2, is_optional=True), Want((ITEMS[0],), 2)]
    assert dict(pick(wants, [here(ITEMS[0], 3)]).taken) == {1: 3}
    with pytest.raises(NotEnoughStock):
        pick(wants, [here(ITEMS[0], 1)])


def test_a_line_that_can_do_without_leaves_an_article_to_the_line_that_cannot():
    flexible, strict = Want((ITEMS[0], ITEMS[1]), 1), Want((ITEMS[0],), 1)
    picks = pick([flexible, strict], [here(ITEMS[0], 1), here(ITEMS[1], 1, pk=2)])
    assert dict(picks.taken) == {1: 1, 2: 1}


def test_the_date_of_the_picks_is_the_earliest():
    soon, late = (TODAY + timedelta(days=days) for days in (100, 300))
    picks = pick(
        [Want((ITEMS[0],), 5), Want((ITEMS[1],), 1)],
        [here(ITEMS[0], 5, 1, late), here(ITEMS[1], 5, 2, soon), here(ITEMS[1], 5, 3)],
    )
    assert picks.earliest.lot.best_before == soon


def test_the_picks_of_undated_articles_have_no_date():
    assert pick([Want((ITEMS[0],), 1)], [here(ITEMS[0], 1)]).earliest is None
