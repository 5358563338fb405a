"""Whatever moves a lot of kits moves as many parcels, and each parcel once."""

import pytest

from kits.enums import KitState
from kits.following import check_kits
from kits.models import Kit
from kits.operations import pack
from stock.checks import check_balances
from stock.enums import OperationKind, PlaceKind, Reason
from stock.ledger import Move, MovedOn, operate, post
from stock.models import Balance, Lot
from stock.operations import LotLine, adjust, reverse, transfer, virtual_place, write_off
from tests.cast import a_coordinator, a_key, a_site, a_version, stocked, the_house, the_store
from web.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_ledger_stands():
    yield
    assert not [*check_balances(), *check_kits()]


@pytest.fixture
def lot() -> Lot:
    """Three kits, here."""
    pack(version=a_version({stocked("Savon", 9): 1}), count=3, place=the_store(), actor=a_coordinator(), key=a_key())
    return Lot.objects.select_related("item").get(pack__isnull=False)


def where() -> dict[tuple, int]:
    found: dict[tuple, int] = {}
    for place, state in Kit.objects.values_list("place__site__name", "state"):
        found[place, state] = found.get((place, state), 0) + 1
    return found


def gave(lot, units, kind=OperationKind.HAND_OVER):
    recipients = virtual_place(the_house(), PlaceKind.RECIPIENTS)
    move = Move(lot, len(units), the_store(), recipients, units=tuple(units))
    return operate(
        kind, a_key(), lambda operation: post(operation, [move]), house=the_house(), actor=a_coordinator(), content={}
    )


def test_a_transfer_takes_as_many_kits_along_and_its_reversal_brings_them_back(lot):
    hall = the_store(a_site("Salle"))
    operation = transfer(source=the_store(), target=hall, lines=[LotLine(lot, 2)], actor=a_coordinator(), key=a_key())
    assert where() == {("Salle", "here"): 2, ("Atelier", "here"): 1}
    reverse(operation=operation, actor=a_coordinator(), key=a_key())
    assert where() == {("Atelier", "here"): 3}


def test_a_kit_that_is_written_off_has_no_place_and_comes_back_by_reversal(lot):
    operation = write_off(
        place=the_store(), lines=[LotLine(lot, 1)], reason=Reason.DAMAGED, actor=a_coordinator(), key=a_key()
    )
    assert where() == {("Atelier", "here"): 2, (None, "written_off"): 1}
    reverse(operation=operation, actor=a_coordinator(), key=a_key())
    assert where() == {("Atelier", "here"): 3}


def test_kits_that_a_count_misses_are_lost_and_none_appears_from_nowhere(lot):
    count = {"place": the_store(), "lot": lot, "reason": Reason.COUNTED, "actor": a_coordinator()}
    operation = adjust(counted=1, key=a_key(), **count)
    assert where() == {("Atelier", "here"): 1, (None, "lost"): 2}
    with pytest.raises(Refused, match="A kit comes from packing"):
        adjust(counted=3, key=a_key(), **count)
    reverse(operation=operation, actor=a_coordinator(), key=a_key())
    assert where() == {("Atelier", "here"): 3}


def test_a_kit_that_was_named_is_the_one_that_leaves(lot):
    kit = Kit.objects.order_by("-pk")[0]
    gave(lot, [kit.pk])
    kit.refresh_from_db()
    assert (kit.state, kit.place) == (KitState.GIVEN, None)


def test_the_same_kit_does_not_leave_twice_although_others_of_its_lot_are_there(lot):
    kit = Kit.objects.all()[0]
    gave(lot, [kit.pk])
    with pytest.raises(MovedOn):
        gave(lot, [kit.pk])
    assert where() == {("Atelier", "here"): 2, (None, "given"): 1}


def test_a_kit_kept_for_a_shipment_leaves_with_one_only(lot):
    from stock.ledger import forget, held_by, reserve

    kit = Kit.objects.all()[0]
    balance = Balance.objects.get(lot=lot)

    def hold(operation):
        reserve(operation, {balance: 1})
        Kit.objects.filter(pk=kit.pk).update(state=KitState.HELD)

    holder = operate(
        OperationKind.RESERVE, a_key(), hold, house=the_house(), actor=a_coordinator(), content={"hold": 1}
    )
    with pytest.raises(MovedOn):
        gave(lot, [kit.pk])
    with pytest.raises(Refused, match="3 wanted, 2 are free"):
        transfer(
            source=the_store(),
            target=the_store(a_site("Salle")),
            lines=[LotLine(lot, 3)],
            actor=a_coordinator(),
            key=a_key(),
        )
    away = Move(lot, 1, the_store(), virtual_place(the_house(), PlaceKind.ORGANISATIONS), units=(kit.pk,))

    def ship(operation):
        held = held_by(holder)
        post(operation, [away], released={held[0].balance_id: 1})
        forget(held)

    operate(OperationKind.SHIP, a_key(), ship, house=the_house(), actor=a_coordinator(), content={"ship": 1})
    assert where() == {("Atelier", "here"): 2, (None, "shipped"): 1}


def test_a_parcel_that_strays_from_its_balance_is_found(lot):
    kits = list(Kit.objects.values_list("pk", flat=True))
    Kit.objects.filter(pk=kits[0]).update(state=KitState.HELD)
    assert [*check_kits()] == [
        f"Kits of lot {lot.pk} at place {the_store().pk}: (3, 1) parcels (all, held), (3, 0) in the balance."
    ]
    Kit.objects.filter(pk=kits[0]).delete()
    assert f"Lot {lot.pk}: 2 codes for 3 kits packed." in [*check_kits()]
    Kit.objects.create(house=the_house(), code="KKKK0001", lot=lot, place=the_store())
