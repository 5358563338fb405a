"""What people of each role see of the stock, in as many statements whatever there is."""

import csv
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from stock.models import Balance, Lot, Operation
from stock.operations import LotLine, transfer
from tests.cast import (
    a_coordinator,
    a_dated_item,
    a_distributor,
    a_key,
    a_partner,
    a_site,
    a_volunteer,
    an_admin,
    an_item,
    stocked,
    the_house,
    the_store,
)
from tests.queries import statements
from web.lists import PER_PAGE

pytestmark = pytest.mark.django_db
NOW, ON_DATE, JOURNAL = (reverse(f"stock:{name}") for name in ("stock_now", "stock_on_date", "operation_list"))


def read(client, url: str, **query) -> str:
    answer = client.get(url, query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_stock_now_tells_what_is_on_hand_reserved_and_free(coordinator):
    stocked("Savon", 10, number="L1")
    Balance.objects.update(reserved=3)
    answer = coordinator.get(NOW)
    [group] = answer.context["rows"]
    [shelf] = group.shelves
    assert (shelf.on_hand, shelf.reserved, shelf.free) == (10, 3, 7)
    assert group.sums == {"articles": 1, "on_hand": 10, "reserved": 3, "free": 7}
    page = " ".join(answer.content.decode().split())
    assert "Savon" in page
    assert "Atelier, Réserve" in page
    for number in ("10", "3", "7"):
        assert f'class="kd-number">{number}</td>' in page


def test_the_lots_of_an_article_are_unfolded_where_there_are_several(coordinator):
    for days in (100, 200):
        stocked(a_dated_item(), 5, days=days)
    assert "5 on hand, 5 free" in read(coordinator, NOW)


def test_stock_now_is_put_together_by_category_with_its_sums(coordinator):
    stocked(a_dated_item(), 4, days=200)
    stocked("Savon", 3)
    stocked("Brosse", 2)
    groups = coordinator.get(NOW).context["rows"]
    told = [(group.label, group.sums["articles"], group.sums["on_hand"]) for group in groups]
    assert told == [("hygiene", 2, 5), ("infant and young-child food", 1, 4)]
    assert [str(shelf.item) for shelf in groups[0].shelves] == ["Brosse", "Savon"]


def test_stock_now_is_put_together_by_place_too(coordinator):
    stocked("Savon", 3)
    stocked("Savon", 2, place=the_store(a_site("Réserve Nord")))
    stocked(a_dated_item(), 4, days=200)
    groups = coordinator.get(NOW, {"by": "place"}).context["rows"]
    assert [(group.label, group.sums["on_hand"]) for group in groups] == [
        ("Atelier, Réserve", 7),
        ("Réserve Nord, Réserve", 2),
    ]


def test_the_categories_keep_what_else_is_asked_and_count_what_is_here(coordinator):
    stocked("Savon", 3)
    stocked(a_dated_item(), 4, days=200)
    chips = coordinator.get(NOW, {"category": "hygiene", "place": the_store().pk, "page": 1}).context["categories"]
    assert [(str(chip.label), chip.count, chip.current) for chip in chips] == [
        ("All", None, False),
        ("hygiene", 1, True),
        ("infant and young-child food", 1, False),
    ]
    assert chips[0].url == f"{NOW}?place={the_store().pk}"
    assert chips[2].url == f"{NOW}?category=infant-food&place={the_store().pk}"


def test_a_number_leads_to_why_it_is_so(coordinator):
    item = stocked("Savon", 3)
    assert f"{reverse('stock:item_history', args=[item.pk])}?place={the_store().pk}" in read(coordinator, NOW)


def test_stock_now_tells_the_earliest_date_and_what_is_blocked(coordinator):
    stocked(a_dated_item(), 5, days=200)
    stocked(a_dated_item(), 5, days=100)
    Lot.objects.filter(best_before__gt=timezone.localdate() + timedelta(days=150)).update(block="recalled")
    page = read(coordinator, NOW)
    first = Lot.objects.order_by("best_before").first()
    assert page.index(first.printed_date) < page.index("recalled")
    assert "5 blocked" in page


def test_a_volunteer_sees_counts_and_neither_lots_nor_givers(as_user):
    stocked(a_dated_item(), 10, days=100, number="L42")
    page = read(as_user(a_volunteer()), NOW)
    assert "Compote" in page
    assert ">10<" in page
    assert "L42" not in page
    assert "Pharmacies du Canal" not in page
    assert "Journal" not in page


def test_a_distributor_sees_the_lots_of_her_site_alone_and_no_giver(as_user):
    stocked("Savon", 10, number="L42")
    stocked("Serviette", 5, place=the_store(a_site("Réserve Nord")))
    page = read(as_user(a_distributor()), NOW)
    assert "L42" in page
    assert "Pharmacies du Canal" not in page
    assert "Serviette" not in page


def test_another_house_is_not_seen(as_user):
    stocked("Savon", 10)
    other = as_user(a_coordinator(house=the_house("Maison des Lilas")))
    assert "Savon" not in read(other, NOW)
    assert other.get(Lot.objects.get().get_absolute_url()).status_code == 404
    assert other.get(Operation.objects.get().get_absolute_url()).status_code == 404


@pytest.mark.parametrize("typed", ["dentifr", "ÉTÉ", "ete dent", "toothpaste"])
def test_an_article_is_found_whatever_its_accents_and_language(coordinator, typed):
    stocked(an_item("Dentifrice d’été", name_en="Summer toothpaste"), 3)
    stocked("Savon", 3)
    page = read(coordinator, NOW, q=typed)
    assert "Summer toothpaste" in page
    assert "Savon" not in page


def test_stock_now_is_narrowed_by_site_place_and_category(coordinator):
    stocked("Savon", 3)
    stocked(a_dated_item(), 3, days=90, place=the_store(a_site("Réserve Nord")))
    for query in ({"site": a_site().pk}, {"place": the_store().pk}, {"category": "hygiene"}):
        page = read(coordinator, NOW, **query)
        assert "Savon" in page
        assert "Compote" not in page


def test_a_search_without_a_result_says_so(coordinator):
    stocked("Savon", 3)
    assert "Nothing here matches" in read(coordinator, NOW, q="xyz")


def test_an_empty_stock_says_what_comes_here(coordinator):
    assert "What donations, purchases and packing bring" in read(coordinator, NOW)


def test_the_list_leaves_as_a_file_narrowed_alike(coordinator):
    stocked(a_dated_item(), 4, days=90)
    stocked("Savon", 3)
    answer = coordinator.get(reverse("stock:stock_now_csv"), {"category": "hygiene"})
    rows = list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))
    assert [row[2] for row in rows] == ["Article", "Savon"]
    assert rows[1][6:9] == ["3", "0", "3"]


def test_stock_at_a_date_tells_what_was_there_then_and_what_is_there_now(coordinator):
    stocked("Savon", 10)
    today = timezone.localdate()
    query = {"place": the_store().pk, "day": today}
    [row] = coordinator.get(ON_DATE, query).context["rows"]
    assert (row.quantity, row.now) == (10, 10)
    assert "held nothing" in read(coordinator, ON_DATE, **{**query, "day": today - timedelta(days=1)})


@pytest.mark.parametrize(
    ("day", "sentence"), [("2999-01-01", "still to come"), ("soon", "Write the day as"), ("", "Choose a day")]
)
def test_stock_at_a_date_asks_for_a_day_that_was(coordinator, day, sentence):
    assert sentence in read(coordinator, ON_DATE, place=the_store().pk, day=day)


@pytest.mark.parametrize("name", ["stock_on_date", "operation_list", "item_list", "place_list", "transfer_create"])
@pytest.mark.parametrize("who", [a_volunteer, a_distributor, a_partner])
def test_the_pages_of_coordinators_are_closed_to_others(as_user, who, name):
    assert as_user(who()).get(reverse(f"stock:{name}")).status_code == 403


def test_an_administrator_reads_and_changes_nothing(as_user):
    admin = as_user(an_admin())
    for name in ("stock_now", "stock_on_date", "operation_list", "item_list", "place_list"):
        assert admin.get(reverse(f"stock:{name}")).status_code == 200
    for name in ("transfer_create", "item_create", "place_create", "adjustment_create", "write_off_create"):
        assert admin.get(reverse(f"stock:{name}")).status_code == 403


@pytest.mark.parametrize(
    "name", ["stock_now", "lot_list", "operation_list", "item_list", "place_list", "conflict_list"]
)
def test_lists_take_as_many_statements_with_one_row_as_with_eight(coordinator, name):
    url = reverse(f"stock:{name}")
    the_store()
    stocked("Article 0", 5, number="L0", days=1)
    coordinator.get(url)
    one = statements(lambda: coordinator.get(url))
    for number in range(1, 8):
        stocked(f"Article {number}", 5, number=f"L{number}", days=number, place=the_store(a_site(f"Site {number}")))
    assert one == statements(lambda: coordinator.get(url)) <= 15


def test_a_lot_and_an_operation_take_as_many_statements_whatever_happened(coordinator):
    stocked("Savon", 50)
    lot, here, there = Lot.objects.with_item().get(), the_store(), the_store(a_site("Réserve Nord"))
    actor = a_coordinator()
    counts = []
    for times in (1, 8):
        for _number in range(times):
            operation = transfer(source=here, target=there, lines=[LotLine(lot, 1)], actor=actor, key=a_key())
        urls = [lot.get_absolute_url(), operation.get_absolute_url(), lot.item.get_absolute_url()]
        counts.append([statements(lambda url=url: coordinator.get(url)) for url in urls])
    assert counts[0] == counts[1]
    assert max(counts[1]) <= 15


@pytest.mark.parametrize(
    "address",
    [
        "/stock/?site=x&place=0&category=zzz&page=-4&q=%00",
        "/stock/?place=99999999999999999999",
        "/stock/?by=colour",
        "/stock/csv/?place=x",
        "/stock/lots/coming/?within=x&site=0&category=zzz&page=x",
        "/stock/date/?place=x&day=1",
        "/stock/date/?place=99999999999999999999&day=0001-01-01",
        "/stock/operations/?kind=zzz&since=x&until=2026-02-31&page=x",
        "/stock/items/?is_active=perhaps&category=kit",
        "/stock/transfers/new/?place=99999999999999999999",
        "/stock/write-offs/new/?place=²",
        "/stock/adjustments/new/?place=1&lot=x",
    ],
)
def test_an_address_that_makes_no_sense_is_answered_all_the_same(coordinator, address):
    stocked("Savon", 3)
    assert coordinator.get(address).status_code == 200


@pytest.mark.parametrize("address", ["lots", "operations", "items"])
def test_a_number_that_nothing_has_is_not_found(coordinator, address):
    assert coordinator.get(f"/stock/{address}/99999999999999999999/").status_code == 404


def test_unasked_the_stock_at_a_date_is_that_of_today_where_most_lies(coordinator):
    stocked("Savon", 1)
    stocked("Serviette", 5, place=the_store(a_site("Réserve Nord")))
    answer = coordinator.get(ON_DATE)
    assert [str(row.lot.item) for row in answer.context["rows"]] == ["Serviette"]
    assert "Réserve Nord" in str(answer.context["form"].cleaned_data["place"])


@pytest.mark.parametrize("name", ["transfer_create", "write_off_create", "adjustment_create"])
def test_an_empty_place_says_that_nothing_lies_there(coordinator, name):
    page = read(coordinator, reverse(f"stock:{name}"), place=the_store().pk)
    assert "Nothing lies at Atelier, Réserve" in page
    assert 'method="post" class="kd-form"' not in page


def test_what_moves_goods_is_offered_where_there_are_some(coordinator):
    assert reverse("stock:transfer_create") not in read(coordinator, NOW)
    stocked("Savon", 1)
    assert reverse("stock:transfer_create") in read(coordinator, NOW)


def test_stock_at_a_date_shows_a_page_of_a_full_store_and_the_sum_of_all(coordinator):
    for number in range(PER_PAGE + 1):
        stocked("Savon", 2, number=f"L{number}")
    query = {"place": the_store().pk, "day": timezone.localdate()}
    first, second = (coordinator.get(ON_DATE, {**query, "page": page}) for page in (1, 2))
    assert [len(answer.context["rows"]) for answer in (first, second)] == [PER_PAGE, 1]
    assert [answer.context["total"] for answer in (first, second)] == [2 * PER_PAGE + 2] * 2
    assert f"?place={the_store().pk}&amp;day={query['day']}&amp;page=2" in first.content.decode()
