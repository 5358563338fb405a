"""What comes to its date: the first to expire first, how much life is left, and what may still be made of it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from kits.models import TemplateVersion
from kits.operations import pack
from network.enums import SiteKind
from stock.dates import fate_of
from stock.enums import Category, DateRule
from stock.models import Balance, Lot
from stock.operations import LotLine, transfer
from tests.cast import (
    a_coordinator,
    a_dated_item,
    a_distributor,
    a_key,
    a_site,
    a_version,
    a_volunteer,
    infant_formula,
    stocked,
    the_house,
    the_store,
)
from tests.queries import statements

pytestmark = pytest.mark.django_db
DATES = reverse("stock:lot_list")


def lot_of(days: int, **fields) -> Lot:
    """A lot whose printed date is `days` from now."""
    item = a_dated_item("Compote", **fields)
    best_before = timezone.localdate() + timedelta(days=days)
    return Lot.objects.create(house=the_house(), item=item, identity=f"d{days}", best_before=best_before)


def told(client, **query) -> list[tuple[str, str, str]]:
    return [(row.date.stretch, row.date.left, row.date.kind) for row in client.get(DATES, query).context["rows"]]


def test_the_first_to_expire_comes_first_with_the_life_it_has_left(coordinator):
    for days in (400, 20, 3, 60):
        stocked(a_dated_item(), 5, days=days)
    stocked("Savon", 5)
    assert told(coordinator) == [
        ("Within 7 days", "in 3 days", "attention"),
        ("Within 30 days", "in 20 days", "attention"),
        ("Within 90 days", "in 60 days", "attention"),
        ("Later", "in 400 days", "done"),
    ]


def test_it_says_until_when_a_lot_goes_into_kits():
    house, today = the_house(), timezone.localdate()
    kind, fate = fate_of(lot_of(house.minimum_life_days + 5), house, today)
    until = date_format(today + timedelta(days=5), "SHORT_DATE_FORMAT")
    assert (kind, fate) == ("done", f"goes into kits until {until}")
    assert fate_of(lot_of(house.minimum_life_days), house, today)[0] == "done"
    assert fate_of(lot_of(house.minimum_life_days - 1), house, today)[0] == "attention"


@pytest.mark.parametrize(
    ("days", "fields", "fate"),
    [
        (-1, {}, "not to be given any more"),
        (-1, {"category": Category.HYGIENE}, "past its best, but safe"),
        (1, {"date_rule": DateRule.USE_BY}, "not to be given any more"),
        (5, {"date_rule": DateRule.USE_BY}, "hand it over at once"),
    ],
)
def test_a_date_means_what_the_rule_of_the_article_says(days, fields, fate):
    assert fate in fate_of(lot_of(days, **fields), the_house(), timezone.localdate())[1]


def test_what_is_blocked_and_formula_go_into_no_kit(coordinator):
    stocked(a_dated_item(), 5, days=300)
    Lot.objects.update(block="recalled")
    assert told(coordinator)[0][2] == "refused"
    formula = Lot(item=infant_formula(), best_before=timezone.localdate() + timedelta(days=300))
    assert "never in a kit" in fate_of(formula, the_house(), timezone.localdate())[1]


def test_what_is_over_is_written_off_from_here_by_a_coordinator_alone(coordinator, as_user):
    stocked(a_dated_item(), 5, days=1)
    Lot.objects.update(best_before=timezone.localdate() - timedelta(days=1))
    link = f"{reverse('stock:write_off_create')}?place={the_store().pk}&amp;lot={Lot.objects.get().pk}"
    assert link in coordinator.get(DATES).content.decode()
    assert link not in as_user(a_distributor()).get(DATES).content.decode()


def test_the_dates_are_narrowed_by_time_site_and_article(coordinator):
    stocked(a_dated_item(), 5, days=3)
    stocked(a_dated_item("Biscuits"), 5, days=50, place=the_store(a_site("Réserve Nord")))
    assert len(told(coordinator, within="8")) == 1
    assert len(told(coordinator, within="91")) == 2
    assert len(told(coordinator, site=a_site().pk)) == 1
    assert len(told(coordinator, q="bisc")) == 1


def test_a_distributor_sees_the_dates_of_her_site_and_a_volunteer_none(as_user):
    stocked(a_dated_item(), 5, days=3)
    stocked(a_dated_item(), 5, days=4, place=the_store(a_site("Autre", SiteKind.STORE)))
    assert len(told(as_user(a_distributor()))) == 1
    assert as_user(a_volunteer()).get(DATES).status_code == 403


def test_what_has_gone_is_not_listed(coordinator):
    stocked(a_dated_item(), 5, days=3)
    Balance.objects.update(on_hand=0)
    assert told(coordinator) == []


def packed(*counts: int, place=None):
    """Kits of a compote each, from one day on, so many by a pack."""
    version = TemplateVersion.objects.with_contents().first() or a_version({stocked(a_dated_item(), 40, days=200): 1})
    for count in counts:
        pack(version=version, count=count, place=place or the_store(), actor=a_coordinator(), key=a_key())
    return version


def kits_of(client, **query) -> list[tuple[int, int, list[int]]]:
    """Of each row of kits: on hand, free, and how many of each pack that is named."""
    rows = client.get(DATES, query).context["rows"]
    return [
        (row.on_hand, row.free, [balance.on_hand for balance, _began in row.balances])
        for row in rows
        if row.date.balance.lot.item.is_kit
    ]


def test_packs_of_kits_that_are_alike_stand_in_one_row_that_opens(coordinator):
    packed(2, 3, 1)
    assert kits_of(coordinator) == [(6, 6, [1, 3, 2])]
    page = coordinator.get(DATES).content.decode()
    assert "3 packs" in page
    assert all(lot.get_absolute_url() in page for lot in Lot.objects.filter(item__category=Category.KIT))


def test_kits_of_another_place_or_blocked_ones_stand_apart(coordinator):
    version, north = packed(2, 3, 1), the_store(a_site("Réserve Nord"))
    lots = list(version.item.lots.order_by("pk"))
    transfer(source=the_store(), target=north, lines=[LotLine(lots[1], 2)], actor=a_coordinator(), key=a_key())
    lots[2].block = "quarantined"
    lots[2].save()
    assert sorted(kits_of(coordinator)) == [(1, 1, [1]), (2, 2, [2]), (3, 3, [1, 2])]
    assert kits_of(coordinator, site=north.site_id) == [(2, 2, [2])]


def test_the_latest_packs_are_named_and_the_others_counted(coordinator, monkeypatch):
    monkeypatch.setattr("stock.coming.MOST_LOTS", 2)
    packed(2, 3, 1)
    assert kits_of(coordinator) == [(6, 6, [1, 3])]
    assert "and 1 earlier one" in coordinator.get(DATES).content.decode()


def test_a_distributor_reads_when_kits_were_packed_and_follows_no_lot(as_user):
    packed(2, 3)
    page = as_user(a_distributor()).get(DATES).content.decode()
    assert "2 packs" in page
    assert Lot.objects.last().get_absolute_url() not in page


def test_the_dates_take_as_many_statements_for_two_packs_as_for_eight(coordinator):
    packed(1, 1)
    few = statements(lambda: coordinator.get(DATES))
    packed(1, 1, 1, 1, 1, 1)
    assert statements(lambda: coordinator.get(DATES)) == few
