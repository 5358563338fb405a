"""Lots and their dates: which arrivals are one lot, what may be taken in and what may still be given."""

from datetime import date, timedelta

import pytest

from stock.enums import Block, Category, DatePrecision, DateRule
from stock.lots import Arrival, check_arrival, check_can_be_given, find_or_open, last_day
from stock.models import Lot
from tests.cast import a_dated_item, an_item, an_organisation, stocked, the_house
from web.errors import Refused

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("printed", "day", "precision"),
    [
        ((2027,), date(2027, 12, 31), DatePrecision.YEAR),
        ((2027, 2), date(2027, 2, 28), DatePrecision.MONTH),
        ((2028, 2), date(2028, 2, 29), DatePrecision.MONTH),
        ((2027, 3, 15), date(2027, 3, 15), DatePrecision.DAY),
    ],
)
def test_a_month_or_a_year_stands_for_its_last_day(printed, day, precision):
    assert last_day(*printed) == (day, precision)


@pytest.mark.parametrize(
    ("precision", "printed"), [("day", "31/12/2027"), ("month", "December 2027"), ("year", "2027")]
)
def test_a_date_is_shown_as_it_was_printed(precision, printed):
    shown = Lot(best_before=date(2027, 12, 31), precision=precision).printed_date
    assert shown in (printed, "12/31/2027")


@pytest.mark.django_db
def test_arrivals_of_the_same_number_date_and_giver_are_one_lot():
    item, partner = an_item(), an_organisation()
    day = date(2027, 5, 1)
    same = [Arrival(item, "L1", day, donor=partner), Arrival(item, " L1 ", day, donor=partner)]
    other = [
        Arrival(item, "L1", day),
        Arrival(item, "L2", day, donor=partner),
        Arrival(item, "L1", day, DatePrecision.MONTH, partner),
        Arrival(item, "L1", None, donor=partner),
        Arrival(an_item("Serviette"), "L1", day, donor=partner),
    ]
    lots = find_or_open(the_house(), [*same, *other, *same])
    assert lots[0] == lots[1] == lots[-1]
    assert len(set(lots)) == 6 == Lot.objects.count()
    assert find_or_open(the_house(), same)[0] == lots[0]


@pytest.mark.django_db
def test_a_lot_is_named_by_its_article_number_and_date():
    stocked(a_dated_item(), 5, days=30, number="L42")
    lot = Lot.objects.with_item().get()
    assert str(lot) == f"Compote, L42, {lot.printed_date}"


def of(rule: str, category: str = Category.FOOD, **kwargs):
    item = an_item(f"{rule} {category}", date_rule=rule, category=category)
    return Arrival(item, **kwargs)


@pytest.mark.django_db
@pytest.mark.parametrize("rule", [DateRule.BEST_BEFORE, DateRule.USE_BY])
def test_an_article_with_a_date_rule_comes_in_with_a_date_that_is_not_past(rule):
    check_arrival(of(rule, best_before=TODAY), today=TODAY)
    for best_before, sentence in [(None, "read the printed date"), (TODAY - timedelta(days=1), "is past")]:
        with pytest.raises(Refused, match=sentence) as refused:
            check_arrival(of(rule, best_before=best_before), today=TODAY, line=3)
        assert (refused.value.field, refused.value.line) == ("best_before", 3)


@pytest.mark.django_db
def test_an_article_without_a_date_rule_needs_none():
    check_arrival(of(DateRule.NONE), today=TODAY)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rule", "category", "days_left", "may_be_given"),
    [
        (DateRule.USE_BY, Category.FOOD, 2, True),
        (DateRule.USE_BY, Category.FOOD, 1, False),
        (DateRule.BEST_BEFORE, Category.FOOD, -100, True),
        (DateRule.BEST_BEFORE, Category.INFANT_FOOD, 0, True),
        (DateRule.BEST_BEFORE, Category.INFANT_FOOD, -1, False),
        (DateRule.NONE, Category.KIT, -1, False),
        (DateRule.NONE, Category.HYGIENE, None, True),
    ],
)
def test_what_may_still_be_given(rule, category, days_left, may_be_given):
    best_before = None if days_left is None else TODAY + timedelta(days=days_left)
    lot = Lot(item=an_item("x", date_rule=rule, category=category), best_before=best_before)
    if may_be_given:
        check_can_be_given(lot, day=TODAY)
    else:
        with pytest.raises(Refused, match="does not allow"):
            check_can_be_given(lot, day=TODAY)


@pytest.mark.django_db
@pytest.mark.parametrize("block", [Block.QUARANTINED, Block.RECALLED])
def test_a_blocked_lot_is_never_given(block):
    with pytest.raises(Refused, match="is blocked"):
        check_can_be_given(Lot(item=an_item(), block=block), day=TODAY)
