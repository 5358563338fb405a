"""Packing: articles become kits, all or nothing, and can be taken back while the kits are still there."""

import pytest
from django.utils import translation

from kits import operations
from kits.enums import KitState
from kits.following import check_kits
from kits.models import Kit, Pack, TemplateVersion
from kits.operations import MOST_AT_ONCE, pack, unpack
from stock.checks import check_balances
from stock.enums import Block
from stock.ledger import KeyConflict, MovedOn
from stock.models import Item, Lot
from stock.picking import NotEnoughStock
from tests.cast import (
    a_coordinator,
    a_dated_item,
    a_key,
    a_site,
    a_version,
    an_item,
    on_hand,
    stocked,
    the_house,
    the_store,
)
from tests.queries import statements
from web.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_ledger_stands():
    yield
    assert not [*check_balances(), *check_kits()]


def packed(version, count, **kwargs):
    kwargs = {"place": the_store(), "key": a_key(), **kwargs}
    return pack(version=version, count=count, actor=a_coordinator(), **kwargs)


def test_packing_is_all_or_nothing():
    soap, towel = stocked("Savon", 10), stocked("Serviette", 1)
    version = a_version({soap: 2, towel: 1})
    with pytest.raises(NotEnoughStock, match="Serviette: 2 wanted, 1 is free here"):
        packed(version, 2)
    assert on_hand(soap) == 10
    assert not Pack.objects.exists()


def test_packing_takes_the_articles_and_makes_as_many_kits():
    soap, jar = stocked("Savon", 10), stocked(a_dated_item(), 10, days=200)
    version = a_version({soap: 2, jar: 1})
    operation = packed(version, 3)
    assert (on_hand(soap), on_hand(jar), on_hand(version.item)) == (4, 7, 3)
    assert Kit.objects.here().count() == 3
    unpack(operation=operation, actor=a_coordinator(), key=a_key())
    assert (on_hand(soap), on_hand(version.item), Kit.objects.here().count()) == (10, 0, 0)
    assert set(Kit.objects.values_list("state", flat=True)) == {KitState.UNDONE}


def test_kits_carry_the_earliest_date_of_what_they_hold():
    jar = stocked(a_dated_item(), 1, days=300)
    bar = stocked(a_dated_item("Barre"), 1, days=200)
    packed(a_version({jar: 1, bar: 1}), 1)
    bar_lot = Lot.objects.get(item=bar)
    assert Pack.objects.get().lot.best_before == bar_lot.best_before


def test_what_has_too_little_life_left_is_not_packed():
    jar = stocked(a_dated_item(), 5, days=the_house().minimum_life_days - 1)
    with pytest.raises(NotEnoughStock, match="Compote: 1 wanted, 0 are free here"):
        packed(a_version({jar: 1}), 1)


def test_a_blocked_lot_is_not_packed():
    soap = stocked("Savon", 5)
    Lot.objects.filter(item=soap).update(block=Block.QUARANTINED)
    with pytest.raises(NotEnoughStock, match="Savon"):
        packed(a_version({soap: 1}), 1)


@pytest.mark.parametrize("count", [-1, 0, MOST_AT_ONCE + 1, 10**9])
def test_an_absurd_count_is_refused(count):
    with pytest.raises(Refused, match="between 1 and 500") as refused:
        packed(a_version({stocked("Savon", 5): 1}), count)
    assert refused.value.field == "count"


def test_a_draft_or_a_module_is_not_packed():
    version = a_version({stocked("Savon", 5): 1})
    version.item = None
    with pytest.raises(Refused, match="not packed by itself"):
        packed(version, 1)


def test_another_house_s_template_is_not_packed_here():
    elsewhere = the_store(a_site("Ailleurs", house=the_house("Maison des Saules")))
    with pytest.raises(Refused, match="another house"):
        packed(a_version({stocked("Savon", 5): 1}), 1, place=elsewhere)


def test_the_same_key_twice_is_one_pack():
    version, key = a_version({stocked("Savon", 5): 1}), a_key()
    coordinator = a_coordinator()
    first = pack(version=version, count=2, place=the_store(), actor=coordinator, key=key)
    again = pack(version=version, count=2, place=the_store(), actor=coordinator, key=key)
    assert (first, Kit.objects.count()) == (again, 2)
    with pytest.raises(KeyConflict):
        pack(version=version, count=3, place=the_store(), actor=coordinator, key=key)
    assert Kit.objects.count() == 2


def test_undoing_twice_undoes_once():
    operation, key = packed(a_version({stocked("Savon", 5): 1}), 2), a_key()
    coordinator = a_coordinator()
    first = unpack(operation=operation, actor=coordinator, key=key)
    assert unpack(operation=operation, actor=coordinator, key=key) == first
    with pytest.raises(Refused, match="taken back already"):
        unpack(operation=operation, actor=coordinator, key=a_key())


def test_a_pack_is_not_undone_once_a_kit_has_left():
    from stock.enums import Reason
    from stock.operations import LotLine, write_off

    version = a_version({stocked("Savon", 5): 1})
    operation = packed(version, 2)
    lot = Pack.objects.get().lot
    write_off(place=the_store(), lines=[LotLine(lot, 1)], reason=Reason.DAMAGED, actor=a_coordinator(), key=a_key())
    with pytest.raises(MovedOn, match="moved on"):
        unpack(operation=operation, actor=a_coordinator(), key=a_key())


def test_a_code_that_is_taken_is_drawn_again(monkeypatch):
    packed(a_version({stocked("Savon", 5): 1}), 1)
    codes = iter([Kit.objects.get().code, "KKKK0001", "KKKK0001", "KKKK0002"])
    monkeypatch.setattr(operations, "new_code", lambda: next(codes))
    packed(a_version({an_item("Savon"): 1}, "Autre"), 2)
    assert set(Kit.objects.order_by("-pk").values_list("code", flat=True)[:2]) == {"KKKK0001", "KKKK0002"}


@pytest.mark.parametrize("count", [1, 100])
def test_packing_sends_as_many_statements_for_one_kit_as_for_a_hundred(count):
    items = [an_item(f"Article {number:02}") for number in range(20)]
    for share in (40, 40, 20):
        for item in items:
            stocked(item, share, number=f"lot {share}")
    version, place, coordinator = a_version(dict.fromkeys(items, 1)), the_store(), a_coordinator()
    version.content_lines = None  # the recipe is read too
    sent = statements(lambda: pack(version=version, count=count, place=place, actor=coordinator, key=a_key()))
    assert sent <= 16


def test_an_article_that_became_formula_since_it_was_published_is_not_packed():
    soap = stocked("Savon", 5)
    version = a_version({soap: 1})
    Item.objects.filter(pk=soap.pk).update(is_formula=True)
    with pytest.raises(Refused, match="Savon: the law and the WHO Code"):
        packed(TemplateVersion.objects.with_contents().get(pk=version.pk), 1)
    assert on_hand(soap) == 5


@pytest.mark.parametrize(("language", "called"), [("fr", "1\u00a0200 × Trousse"), ("en", "1,200 × Trousse")])
def test_a_large_pack_is_called_by_its_number_as_the_reader_writes_it(language, called):
    with translation.override(language):
        assert str(Pack(quantity=1200, lot=Lot(item=Item(name="Trousse")))) == called
