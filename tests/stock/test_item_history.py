"""Why the number of an article at a place is what it is: each change, and what was there after it."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from stock import history
from stock.enums import Reason
from stock.history import Span, history_at, history_of, lately
from stock.models import Item, Lot, Movement
from stock.operations import LotLine, adjust, transfer, write_off
from tests.cast import a_coordinator, a_key, a_site, on_hand, stocked, the_house, the_store
from tests.queries import statements
from tests.stock.test_journal_pages import handed_over

pytestmark = pytest.mark.django_db


def days_ago(days: int):
    return time_machine.travel(timezone.now() - timedelta(days=days), tick=False)


@pytest.fixture
def soap() -> Item:
    """Given ten days ago, moved five days ago, thrown away and handed over two days ago, counted today."""
    with days_ago(10):
        item = stocked("Savon", 20, number="L1")
        stocked("Savon", 10, number="L2")
    first, second = Lot.objects.with_item().order_by("pk")
    with days_ago(5):
        there = the_store(a_site("Réserve Nord"))
        transfer(source=the_store(), target=there, lines=[LotLine(first, 4)], actor=a_coordinator(), key=a_key())
    with days_ago(2):
        lines = [LotLine(second, 1)]
        write_off(place=the_store(), lines=lines, reason=Reason.DAMAGED, actor=a_coordinator(), key=a_key())
        handed_over(first, 2)
        handed_over(first, 1)
    actor = a_coordinator(name="Dominique")
    adjust(place=the_store(), lot=second, counted=8, reason=Reason.COUNTED, actor=actor, key=a_key())
    return item


def told(lines, place) -> list[tuple[int, int]]:
    return [(line.change_at(place), line.left[0][1]) for line in lines]


def test_each_change_says_what_was_there_after_it(soap):
    lines = history_at(soap, the_store())
    assert told(lines, the_store()) == [(-1, 21), (-3, 22), (-1, 25), (-4, 26), (10, 30), (20, 20)]
    assert on_hand(soap, the_store()) == 21


def test_another_place_has_a_history_of_its_own(soap):
    there = the_store(a_site("Réserve Nord"))
    assert told(history_at(soap, there), there) == [(4, 4)]


def test_a_stretch_of_time_ends_with_what_was_there_then(soap):
    today = timezone.localdate()
    span = Span(since=today - timedelta(days=6), until=today - timedelta(days=3))
    assert told(history_at(soap, the_store(), span), the_store()) == [(-4, 26)]
    assert [left for _place, left in history_of(Lot.objects.get(number="L1"), span)[0].left] == [16, 4]


def test_a_long_history_tells_unasked_the_last_three_months_in_which_something_happened(soap, monkeypatch):
    moved = Movement.objects.filter(lot__item=soap)
    assert lately(moved) == Span()
    monkeypatch.setattr(history, "MOST_UNASKED", 5)
    assert lately(moved) == Span(since=timezone.localdate() - history.LATELY)


def test_the_page_says_who_and_why_and_the_sums(coordinator, soap):
    answer = coordinator.get(reverse("stock:item_history", args=[soap.pk]), {"place": the_store().pk})
    sums = {name: answer.context[name] for name in ("before", "came", "went", "then")}
    assert sums == {"before": 0, "came": 30, "went": 9, "then": 21}
    page = " ".join(answer.content.decode().split())
    for words in ("Dominique, counted otherwise", "damaged", "to waste", "from donors", "Handovers of the day", "+20"):
        assert words in page


def test_unasked_the_page_tells_of_the_place_where_most_is(coordinator, soap):
    page = coordinator.get(reverse("stock:item_history", args=[soap.pk]))
    assert page.context["place"] == the_store()


def test_handovers_are_the_sum_of_a_day_and_lead_to_none(coordinator, soap):
    page = coordinator.get(reverse("stock:item_history", args=[soap.pk])).content.decode()
    for movement in Movement.objects.filter(operation__kind="hand_over"):
        assert movement.operation.get_absolute_url() not in page


def test_an_article_that_was_never_here_says_what_comes(coordinator):
    item = Item.objects.create(house=the_house(), name="Gant", category="hygiene")
    page = coordinator.get(reverse("stock:item_history", args=[item.pk])).content.decode()
    assert "None of it was ever here" in page


@pytest.mark.parametrize(
    "query", ["place=0", "place=x", "since=x&until=2026-02-31", "since=2026-02-02&until=2026-01-01", "until=9999-12-31"]
)
def test_an_address_that_makes_no_sense_is_answered_all_the_same(coordinator, soap, query):
    assert coordinator.get(f"{reverse('stock:item_history', args=[soap.pk])}?{query}").status_code == 200


def test_a_history_takes_as_many_statements_whatever_happened(coordinator, soap):
    url = reverse("stock:item_history", args=[soap.pk])
    query = f"{url}?until={timezone.localdate() - timedelta(days=1)}"
    before = [statements(lambda address=address: coordinator.get(address)) for address in (url, query)]
    lot, actor = Lot.objects.with_item().get(number="L1"), a_coordinator()
    for number in range(8):
        lines = [LotLine(lot, 1)]
        there = the_store(a_site(f"Site {number}"))
        transfer(source=the_store(), target=there, lines=lines, actor=actor, key=a_key())
    assert before == [statements(lambda address=address: coordinator.get(address)) for address in (url, query)]
    assert max(before) <= 15
