"""Moving, correcting, writing off and reversing: what is done, and every way in which it is refused."""

import pytest

from donations.operations import reverse_arrival
from kits.operations import pack, unpack
from stock.enums import Block, PlaceKind, Reason
from stock.ledger import MovedOn, lock, operate, reserve
from stock.models import Balance, Lot, Movement, Operation, Place
from stock.operations import LotLine, adjust, open_house, open_site, reverse, transfer, write_off
from stock.picking import NotEnoughStock
from tests.cast import a_coordinator, a_key, a_site, a_version, on_hand, stocked, the_house, the_store
from web.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def lot() -> Lot:
    stocked("Savon", 10)
    return Lot.objects.with_item().get()


def moved(lot: Lot, *quantities: int, source=None, target=None) -> Operation:
    return transfer(
        source=source or the_store(),
        target=target or the_store(a_site("Réserve Nord")),
        lines=[LotLine(lot, quantity) for quantity in quantities],
        actor=a_coordinator(),
        key=a_key(),
    )


def counted(lot: Lot, number: int, reason: str = Reason.COUNTED) -> Operation:
    return adjust(place=the_store(), lot=lot, counted=number, reason=reason, actor=a_coordinator(), key=a_key())


def thrown(lot: Lot, quantity: int, reason: str = Reason.DAMAGED) -> Operation:
    lines = [LotLine(lot, quantity)]
    return write_off(place=the_store(), lines=lines, reason=reason, actor=a_coordinator(), key=a_key())


def test_a_transfer_moves_what_its_lines_say(lot):
    moved(lot, 3, 4)
    assert (on_hand(lot.item, the_store()), on_hand(lot.item)) == (3, 10)


def test_a_transfer_needs_two_places_of_one_house(lot):
    with pytest.raises(Refused, match="there already"):
        moved(lot, 1, target=the_store())
    elsewhere = the_store(a_site("Ailleurs", house=the_house("Maison des Lilas")))
    waste = Place.objects.get(house=the_house(), kind=PlaceKind.WASTE)
    for target in (elsewhere, waste):
        with pytest.raises(Refused, match="one house only"):
            moved(lot, 1, target=target)


def test_a_transfer_of_more_than_there_is_names_the_line_and_the_article(lot):
    with pytest.raises(NotEnoughStock, match="Savon: 11 wanted, 10 are free") as refused:
        moved(lot, 5, 6)
    assert (refused.value.field, refused.value.line) == ("quantity", 1)
    assert on_hand(lot.item, the_store()) == 10


@pytest.mark.parametrize("quantity", [0, -1, 1.5, "2", None])
def test_a_line_is_of_whole_pieces(lot, quantity):
    for act in (moved, thrown):
        with pytest.raises(Refused, match="whole number") as refused:
            act(lot, quantity)
        assert (refused.value.field, refused.value.line) == ("quantity", 0)


def test_nothing_is_not_moved(lot):
    with pytest.raises(Refused, match="at least one line"):
        moved(lot)


def test_a_blocked_lot_can_be_moved_and_written_off(lot):
    Lot.objects.update(block=Block.QUARANTINED)
    moved(lot, 4)
    thrown(lot, 6)
    assert on_hand(lot.item, the_store()) == 0


@pytest.mark.parametrize(("number", "left"), [(7, 7), (12, 12), (0, 0)])
def test_a_count_corrects_the_stock_either_way(lot, number, left):
    operation = counted(lot, number)
    assert (on_hand(lot.item), operation.reason) == (left, Reason.COUNTED)


def test_a_lot_found_where_none_was_is_counted_in(lot):
    adjust(
        place=the_store(a_site("Réserve Nord")),
        lot=lot,
        counted=2,
        reason=Reason.FOUND,
        actor=a_coordinator(),
        key=a_key(),
    )
    assert on_hand(lot.item) == 12


def test_a_count_that_equals_the_stock_is_nothing_to_correct(lot):
    with pytest.raises(Refused, match="nothing to correct"):
        counted(lot, 10)


@pytest.mark.parametrize("number", [-1, 2.5, "3", None, 100_001])
def test_a_count_is_a_whole_number_that_can_be(lot, number):
    with pytest.raises(Refused, match="from 0 to 100,000") as refused:
        counted(lot, number)
    assert refused.value.field == "counted"


def test_a_count_below_what_is_kept_for_a_shipment_is_refused(lot):
    def work(operation: Operation) -> None:
        [balance] = lock(the_store(), [lot.item])
        reserve(operation, {balance: 6})

    operate("reserve", a_key(), work, house=the_house(), actor=a_coordinator(), content={})
    with pytest.raises(Refused, match="6 are reserved"):
        counted(lot, 5)
    counted(lot, 6)


def test_reasons_come_from_the_lists(lot):
    for act, reason in ((counted, Reason.DAMAGED), (thrown, Reason.COUNTED), (thrown, "because")):
        with pytest.raises(Refused, match="reason") as refused:
            act(lot, 1, reason)
        assert refused.value.field == "reason"


def test_kits_can_be_missed_at_a_count_but_never_found(lot):
    version = a_version({lot.item: 1})
    pack(version=version, count=4, place=the_store(), actor=a_coordinator(), key=a_key())
    kits = Lot.objects.with_item().get(item=version.item)
    with pytest.raises(Refused, match="comes from packing"):
        counted(kits, 5)
    operation = counted(kits, 3)
    assert on_hand(version.item) == 3
    reverse(operation=operation, actor=a_coordinator(), key=a_key())
    assert on_hand(version.item) == 4


def test_a_write_off_goes_to_waste_with_its_reason(lot):
    operation = thrown(lot, 4, Reason.EXPIRED)
    assert (on_hand(lot.item), operation.reason) == (6, Reason.EXPIRED)
    assert operation.movements.get().target.kind == PlaceKind.WASTE


@pytest.mark.parametrize("act", [lambda lot: moved(lot, 4), lambda lot: counted(lot, 4), lambda lot: thrown(lot, 4)])
def test_each_is_reversed_once(lot, act):
    operation, key = act(lot), a_key()
    first = reverse(operation=operation, actor=a_coordinator(), key=key)
    assert on_hand(lot.item, the_store()) == 10
    assert reverse(operation=operation, actor=a_coordinator(), key=key) == first
    with pytest.raises(Refused, match="taken back already"):
        reverse(operation=operation, actor=a_coordinator(), key=a_key())


def test_a_reversal_is_not_reversed(lot):
    reversal = reverse(operation=thrown(lot, 4), actor=a_coordinator(), key=a_key())
    with pytest.raises(Refused, match="not taken back"):
        reverse(operation=reversal, actor=a_coordinator(), key=a_key())


def test_what_is_kept_for_a_shipment_is_not_reversed_away(lot):
    def work(operation: Operation) -> None:
        [balance] = lock(the_store(), [lot.item])
        reserve(operation, {balance: 6})

    operation = Movement.objects.get().operation
    operate("reserve", a_key(), work, house=the_house(), actor=a_coordinator(), content={})
    with pytest.raises(MovedOn, match="kept for a shipment"):
        reverse_arrival(operation=operation, actor=a_coordinator(), key=a_key())


def test_where_it_went_tells_sums_and_leaves_out_what_was_there_before(lot):
    moved(lot, 2)
    stocked("Savon", 10)
    operation = Operation.objects.filter(kind="receive").first()
    for _time in range(3):
        moved(lot, 4)
    thrown(lot, 1)
    with pytest.raises(MovedOn, match="12 × Savon to Réserve Nord, Réserve; 1 × Savon to waste"):
        reverse_arrival(operation=operation, actor=a_coordinator(), key=a_key())


def test_a_pack_whose_kits_left_says_where_and_not_where_the_articles_went(lot):
    version = a_version({lot.item: 1})
    packs = [pack(version=version, count=2, place=the_store(), actor=a_coordinator(), key=a_key()) for _number in "12"]
    unpack(operation=packs[1], actor=a_coordinator(), key=a_key())
    moved(Lot.objects.with_item().get(pack__operation=packs[0]), 1)
    with pytest.raises(MovedOn, match=r"\(1 × Kit femme to Réserve Nord, Réserve\)"):
        unpack(operation=packs[0], actor=a_coordinator(), key=a_key())


def test_opening_a_house_or_a_site_again_changes_nothing(lot):
    count = Place.objects.count()
    open_house(house=the_house())
    open_site(site=a_site())
    assert Place.objects.count() == count
    assert Balance.objects.count() == 1
