"""The eight rules of the ledger that always hold (docs/decisions/0001-ledger.md), a test or more for each."""

import pytest
from django.db import connection, transaction
from django.db.models import Sum

from donations.operations import reverse_arrival
from kits.models import Kit
from kits.operations import pack
from stock import registry
from stock.checks import check_balances
from stock.enums import OperationKind, PlaceKind, Reason
from stock.ledger import KeyConflict, Move, MovedOn, forget, held_by, lock, operate, post, release, reserve
from stock.models import Balance, Conflict, Item, Lot, Movement, Operation, Reservation
from stock.operations import LotLine, adjust, reverse, transfer, virtual_place, write_off
from stock.picking import NotEnoughStock
from tests.cast import (
    a_coordinator,
    a_key,
    a_site,
    a_version,
    on_hand,
    stocked,
    the_house,
    the_store,
)

pytestmark = pytest.mark.django_db


def kept(quantity: int, item: Item) -> Operation:
    """An operation that keeps so many of an article at the store."""

    def work(operation: Operation) -> None:
        [balance] = lock(the_store(), [item])
        reserve(operation, {balance: quantity})

    return operate(OperationKind.RESERVE, a_key(), work, house=the_house(), actor=a_coordinator(), content={})


def sent(operation: Operation, item: Item, quantity: int) -> Operation:
    """What `operation` kept leaves for an organisation."""

    def work(leaving: Operation) -> None:
        [held] = held_by(operation)
        gone = virtual_place(the_house(), PlaceKind.ORGANISATIONS)
        move = Move(held.balance.lot, quantity, the_store(), gone)
        post(leaving, [move], released={held.balance_id: held.quantity})
        forget([held])

    return operate(OperationKind.SHIP, a_key(), work, house=the_house(), actor=a_coordinator(), content={})


# 1. A balance is the sum of its movements; reserved is the sum of its reservations.


def test_a_balance_is_the_sum_of_its_movements():
    soap, there = stocked("Savon", 10), the_store(a_site("Réserve Nord"))
    lot = Lot.objects.get()
    transfer(source=the_store(), target=there, lines=[LotLine(lot, 4)], actor=a_coordinator(), key=a_key())
    assert (on_hand(soap, the_store()), on_hand(soap, there)) == (6, 4)
    assert not [*check_balances()]


def test_a_balance_that_was_tampered_with_is_reported():
    stocked("Savon", 10)
    Balance.objects.update(on_hand=11)
    assert any("the movements make 10, the balance says 11" in sentence for sentence in check_balances())


def test_what_is_reserved_is_the_sum_of_its_reservations():
    soap = stocked("Savon", 10)
    first, _second = kept(3, soap), kept(5, soap)
    assert Balance.objects.get().reserved == 8
    release(held_by(first))
    assert (Balance.objects.get().reserved, Balance.objects.get().free) == (5, 5)
    assert not [*check_balances()]


def test_a_reservation_that_lost_its_balance_is_reported():
    kept(3, stocked("Savon", 10))
    Balance.objects.update(reserved=1)
    assert any("3 in reservations, 1 reserved" in sentence for sentence in check_balances())


def test_reserved_goods_leave_with_what_reserved_them():
    soap = stocked("Savon", 10)
    sent(kept(3, soap), soap, 3)
    balance = Balance.objects.get()
    assert (balance.on_hand, balance.reserved, Reservation.objects.count()) == (7, 0, 0)
    assert not [*check_balances()]


# 2. Nothing is made or lost inside an operation.


def test_packing_takes_articles_to_packed_and_brings_kits_from_it():
    soap, towel = stocked("Savon", 10), stocked("Serviette", 10)
    version = a_version({soap: 2, towel: 1})
    operation = pack(version=version, count=3, place=the_store(), actor=a_coordinator(), key=a_key())
    packed = virtual_place(the_house(), PlaceKind.PACKED)
    into = Movement.objects.filter(operation=operation, target=packed).aggregate(sum=Sum("quantity"))["sum"]
    out = Movement.objects.filter(operation=operation, source=packed).aggregate(sum=Sum("quantity"))["sum"]
    assert (into, out) == (9, 3)


def test_a_movement_between_two_houses_is_reported():
    stocked("Savon", 10)
    other = the_store(a_site("Ailleurs", house=the_house("Maison des Lilas")))

    def work(operation: Operation) -> None:
        post(operation, [Move(Lot.objects.with_item().get(), 1, the_store(), other)])

    operate(OperationKind.TRANSFER, a_key(), work, house=the_house(), actor=a_coordinator(), content={})
    assert any("goes from one house to another" in sentence for sentence in check_balances())


# 3. Nothing internal goes below zero.


def test_more_than_there_is_cannot_be_moved_even_when_nobody_looked_first():
    stocked("Savon", 10)
    waste = virtual_place(the_house(), PlaceKind.WASTE)

    def work(operation: Operation) -> None:
        post(operation, [Move(Lot.objects.with_item().get(), 11, the_store(), waste)])

    with pytest.raises(MovedOn):
        operate(OperationKind.WRITE_OFF, a_key(), work, house=the_house(), actor=a_coordinator(), content={})
    assert (Balance.objects.get().on_hand, Operation.objects.count()) == (10, 1)


def test_what_is_reserved_cannot_be_moved_by_another():
    soap = stocked("Savon", 10)
    kept(8, soap)
    with pytest.raises(NotEnoughStock, match="3 wanted, 2 are free here"):
        write_off(
            place=the_store(),
            lines=[LotLine(Lot.objects.with_item().get(), 3)],
            reason=Reason.DAMAGED,
            actor=a_coordinator(),
            key=a_key(),
        )


def test_no_more_can_be_reserved_than_is_free():
    soap = stocked("Savon", 10)
    kept(8, soap)
    with pytest.raises(MovedOn):
        kept(3, soap)
    assert Balance.objects.get().reserved == 8


@pytest.mark.parametrize("quantity", [0, -1, 2.5, "3", None])
def test_a_movement_is_of_whole_units(quantity):
    stocked("Savon", 10)
    with pytest.raises(ValueError, match="whole units"):
        Move(Lot.objects.get(), quantity, the_store(), the_store())


# 4. The same key twice is one operation; with other content it is a conflict that blocks nothing.


def adjusted(counted: int, key: str) -> Operation:
    return adjust(
        place=the_store(),
        lot=Lot.objects.with_item().get(),
        counted=counted,
        reason=Reason.COUNTED,
        actor=a_coordinator(),
        key=key,
    )


def test_the_same_form_twice_is_one_operation():
    stocked("Savon", 10)
    key = a_key()
    assert adjusted(8, key) == adjusted(8, key)
    assert (Operation.objects.count(), Conflict.objects.count()) == (2, 0)


def test_the_same_key_with_other_content_is_kept_for_a_person_and_changes_nothing():
    soap, key = stocked("Savon", 10), a_key()
    first = adjusted(8, key)
    for _time in range(2):
        with pytest.raises(KeyConflict):
            adjusted(7, key)
    conflict = Conflict.objects.get()
    assert (on_hand(soap), conflict.operation, conflict.content["counted"]) == (8, first, 7)
    assert conflict.content["place"] == "Atelier, Réserve"


def test_a_conflict_blocks_nothing_that_comes_after():
    soap, key = stocked("Savon", 10), a_key()
    adjusted(8, key)
    with pytest.raises(KeyConflict):
        adjusted(7, key)
    adjusted(6, a_key())
    assert on_hand(soap) == 6


# 5. Posted means unchanged; test_append_only.py and test_reverse.py hold the rest.


def test_a_reversal_brings_back_what_was_and_leaves_what_was_written():
    soap = stocked("Savon", 10)
    operation = adjusted(8, a_key())
    reverse(operation=operation, actor=a_coordinator(), key=a_key())
    assert (on_hand(soap), operation.movements.count()) == (10, 1)
    assert not [*check_balances()]


def test_a_reversal_that_does_not_mirror_is_reported():
    operation = Movement.objects.get(lot__item=stocked("Savon", 10)).operation
    content = {"reverses": operation}
    arguments = {"house": the_house(), "actor": a_coordinator(), "content": content, "reverses": operation}
    reversal = operate(OperationKind.REVERSE, a_key(), lambda operation: None, **arguments)
    assert [*check_balances()] == [f"Operation {reversal.pk} does not mirror operation {operation.pk}."]


# 6. The kits of a lot at a place are that place's balance of the lot.


def test_the_kits_of_a_lot_are_its_balance():
    version = a_version({stocked("Savon", 10): 1})
    pack(version=version, count=4, place=the_store(), actor=a_coordinator(), key=a_key())
    assert not [sentence for check in registry.checks.values() for sentence in check()]
    Kit.objects.last().delete()
    assert any("4 kits packed" in sentence for sentence in registry.checks["kits"]())


# 7. The number of statements does not grow with the lines: test_statements.py.
# 8. A bad record never stops other work.


def test_a_refused_operation_leaves_nothing_and_its_key_free():
    soap, key = stocked("Savon", 10), a_key()
    arguments = {"place": the_store(), "reason": Reason.LOST, "actor": a_coordinator(), "key": key}
    lot = Lot.objects.with_item().get()
    with pytest.raises(NotEnoughStock):
        write_off(lines=[LotLine(lot, 99)], **arguments)
    write_off(lines=[LotLine(lot, 9)], **arguments)
    assert on_hand(soap) == 1


def test_a_refused_record_among_others_does_not_undo_them():
    soap = stocked("Savon", 10)
    with transaction.atomic():
        adjusted(8, a_key())
        with pytest.raises(NotEnoughStock):
            write_off(
                place=the_store(),
                lines=[LotLine(Lot.objects.with_item().get(), 99)],
                reason=Reason.LOST,
                actor=a_coordinator(),
                key=a_key(),
            )
        adjusted(7, a_key())
    assert on_hand(soap) == 7
    assert not connection.needs_rollback


def test_goods_that_moved_on_are_not_reversed_and_the_answer_says_where_they_went():
    stocked("Savon", 10)
    operation, lot = Movement.objects.get().operation, Lot.objects.with_item().get()
    there = the_store(a_site("Réserve Nord"))
    transfer(source=the_store(), target=there, lines=[LotLine(lot, 4)], actor=a_coordinator(), key=a_key())
    with pytest.raises(MovedOn, match=r"moved on \(4 × Savon to Réserve Nord, Réserve"):
        reverse_arrival(operation=operation, actor=a_coordinator(), key=a_key())
