import pytest

from distribution.enums import AcknowledgedBy, ShipmentState
from distribution.models import Shipment, ShipmentKit
from distribution.shipments import (
    acknowledge_shipment,
    cancel_shipment,
    hand_over_shipment,
    pack_shipment,
    take_back_shipment,
)
from kits.enums import KitState
from kits.models import Kit
from kits.operations import pack
from stock.models import Lot, Operation, Reservation
from stock.picking import NotEnoughStock
from tests.cast import (
    a_coordinator,
    a_dated_item,
    a_key,
    a_version,
    on_hand,
    stocked,
    the_store,
)
from tests.distribution.stage import (
    a_confidential_place,
    a_shipment,
    a_shipment_that_left,
    complaints,
    packed_kits,
)
from tests.queries import statements
from web.errors import Refused

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 16


def test_packing_keeps_kits_and_articles_and_moves_nothing():
    version, towel = packed_kits(3), stocked("Serviette", 10)
    shipment = a_shipment((version.item, 2), (towel, 4))
    pack_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())
    shipment.refresh_from_db()
    assert shipment.state == ShipmentState.PACKED
    assert (on_hand(version.item), on_hand(towel), Reservation.objects.count()) == (3, 10, 2)
    assert Kit.objects.filter(state=KitState.HELD).count() == shipment.kits.count() == 2
    assert not complaints()


def test_the_lots_that_expire_first_go_first():
    jar = stocked(a_dated_item(), 5, days=300, number="late")
    stocked(jar, 5, days=200, number="soon")
    shipment = a_shipment((jar, 7))
    pack_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())
    kept = Reservation.objects.values_list("balance__lot__number", "quantity")
    assert dict(kept) == {"soon": 5, "late": 2}


def test_the_kits_that_expire_first_go_first():
    jar = stocked(a_dated_item(), 2, days=300)
    version = a_version({jar: 1})
    pack(version=version, count=2, place=the_store(), actor=a_coordinator(), key=a_key())
    stocked(jar, 2, days=200, number="soon")
    pack(version=version, count=2, place=the_store(), actor=a_coordinator(), key=a_key())
    shipment = a_shipment((version.item, 3))
    pack_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())
    lots = list(shipment.kits.order_by("kit__lot__best_before").values_list("kit__lot", flat=True))
    assert lots[0] == lots[1] == Lot.objects.filter(item=version.item).order_by("best_before").first().pk


def test_what_will_be_past_its_date_on_the_planned_day_stays():
    jar = stocked(a_dated_item(), 5, days=3)
    with pytest.raises(NotEnoughStock, match="Compote: 5 wanted, 0 are free here"):
        pack_shipment(shipment=a_shipment((jar, 5)), actor=a_coordinator(), key=a_key())


def test_packing_is_all_or_nothing_and_names_the_article():
    version, towel = packed_kits(3), stocked("Serviette", 1)
    shipment = a_shipment((version.item, 2), (towel, 4))
    with pytest.raises(NotEnoughStock, match="Serviette: 4 wanted, 1 is free here"):
        pack_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())
    assert not Reservation.objects.exists()
    assert not Kit.objects.filter(state=KitState.HELD).exists()


def test_a_kit_is_kept_for_one_shipment():
    version = packed_kits(3)
    pack_shipment(shipment=a_shipment((version.item, 2)), actor=a_coordinator(), key=a_key())
    with pytest.raises(NotEnoughStock, match="2 wanted, 1 is free"):
        pack_shipment(shipment=a_shipment((version.item, 2)), actor=a_coordinator(), key=a_key())


def test_an_article_that_became_formula_is_not_packed():
    soap = stocked("Savon", 5)
    shipment = a_shipment((soap, 1))
    soap.is_formula = True
    soap.save()
    with pytest.raises(Refused, match="never go into a shipment"):
        pack_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())


def test_an_article_that_became_formula_does_not_leave():
    soap = stocked("Savon", 5)
    shipment = a_shipment((soap, 1))
    pack_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())
    soap.is_formula = True
    soap.save()
    with pytest.raises(Refused, match="never go into a shipment"):
        hand_over_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())


def test_a_place_that_became_confidential_without_relay_receives_nothing():
    shipment = a_shipment((stocked("Savon", 5), 1), organisation=a_confidential_place())
    pack_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())
    shipment.organisation.relay = None
    shipment.organisation.save()
    with pytest.raises(Refused, match="without a relay point"):
        hand_over_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())


@pytest.mark.parametrize("is_packed", [True, False])
def test_cancelling_frees_what_was_kept(is_packed):
    version = packed_kits(3)
    shipment = a_shipment((version.item, 2))
    if is_packed:
        pack_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())
    key = a_key()
    for _time in range(2):
        cancel_shipment(shipment=shipment, actor=a_coordinator(), key=key)
    shipment.refresh_from_db()
    assert (shipment.state, Kit.objects.here().count()) == (ShipmentState.CANCELLED, 3)
    assert not complaints()


def test_handing_over_takes_exactly_the_kits_that_were_kept():
    version, towel = packed_kits(3), stocked("Serviette", 10)
    shipment = a_shipment((version.item, 2), (towel, 4))
    pack_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())
    kept = set(shipment.kits.values_list("kit", flat=True))
    hand_over_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())
    assert set(Kit.objects.filter(state=KitState.SHIPPED, place=None).values_list("pk", flat=True)) == kept
    assert (on_hand(version.item), on_hand(towel), Reservation.objects.count()) == (1, 6, 0)
    assert not complaints()


def test_what_was_blocked_meanwhile_does_not_leave():
    shipment = a_shipment((stocked("Savon", 5), 1))
    pack_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())
    Lot.objects.update(block="quarantined")
    with pytest.raises(Refused, match="Savon is blocked"):
        hand_over_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())


def test_each_step_twice_with_the_same_key_is_one():
    shipment = a_shipment((packed_kits(2).item, 2))
    who, keys = a_coordinator(), [a_key(), a_key()]
    steps = [
        lambda: pack_shipment(shipment=shipment, actor=who, key=keys[0]),
        lambda: hand_over_shipment(shipment=shipment, actor=who, key=keys[1]),
    ]
    for step in steps:
        assert step() == step()
    assert on_hand(Kit.objects.first().lot.item) == 0


def test_steps_come_in_their_order():
    shipment = a_shipment((stocked("Savon", 5), 1))
    with pytest.raises(Refused, match="Its state: draft"):
        hand_over_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())
    pack_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())
    with pytest.raises(Refused, match="Its state: packed"):
        pack_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())


def test_a_shipment_that_left_by_mistake_is_taken_back():
    version = packed_kits(4)
    first, second = (a_shipment_that_left((version.item, 2)) for _time in range(2))
    kits = set(first.kits.values_list("kit", flat=True))
    key = a_key()
    for _time in range(2):
        take_back_shipment(operation=first.leaving, actor=a_coordinator(), key=key)
    first.refresh_from_db()
    assert first.state == ShipmentState.DRAFT
    assert set(Kit.objects.here().values_list("pk", flat=True)) == kits
    assert second.kits.count() == 2
    assert not complaints()


def test_after_a_shipment_was_taken_back_it_can_leave_again():
    shipment = a_shipment_that_left((packed_kits(2).item, 2))
    take_back_shipment(operation=shipment.leaving, actor=a_coordinator(), key=a_key())
    pack_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())
    hand_over_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())
    assert not complaints()


def acknowledge(shipment: Shipment, *counts: int, way=AcknowledgedBy.PAPER, **fields) -> Operation:
    arrived = dict(zip(shipment.lines.values_list("pk", flat=True), counts, strict=False))
    fields = {"actor": a_coordinator(), "key": a_key(), **fields}
    return acknowledge_shipment(shipment=shipment, arrived=arrived, way=way, **fields)


def test_acknowledging_records_differences_and_forgets_the_codes():
    shipment = a_shipment_that_left((packed_kits(2).item, 2), (stocked("Serviette", 5), 5))
    acknowledge(shipment, 2, 4)
    shipment.refresh_from_db()
    assert list(shipment.lines.values_list("arrived", flat=True)) == [2, 4]
    assert (shipment.state, shipment.acknowledged_by) == (ShipmentState.ACKNOWLEDGED, AcknowledgedBy.PAPER)
    assert not ShipmentKit.objects.exists()
    assert not complaints()


def test_an_acknowledged_shipment_is_not_taken_back():
    shipment = a_shipment_that_left((packed_kits(2).item, 2))
    acknowledge(shipment, 2)
    with pytest.raises(Refused, match="Its state: acknowledged"):
        take_back_shipment(operation=shipment.leaving, actor=a_coordinator(), key=a_key())


@pytest.mark.parametrize("counts", [(2,), (2, -1), (2, 100_001)])
def test_every_line_is_counted(counts):
    shipment = a_shipment_that_left((packed_kits(2).item, 2), (stocked("Serviette", 5), 5))
    with pytest.raises(Refused, match="Serviette: enter how many arrived") as refused:
        acknowledge(shipment, *counts)
    assert refused.value.line == 1


def test_a_confidential_place_sends_its_receipt_code_back():
    shipment = a_shipment_that_left((stocked("Savon", 5), 5), organisation=a_confidential_place())
    with pytest.raises(Refused, match="not the receipt code"):
        acknowledge(shipment, 5)
    acknowledge(shipment, 5, receipt_code=shipment.receipt_code.lower())
    shipment.refresh_from_db()
    assert (shipment.state, shipment.receipt_code) == (ShipmentState.ACKNOWLEDGED, "")


def test_who_signs_in_needs_no_receipt_code():
    shipment = a_shipment_that_left((stocked("Savon", 5), 5), organisation=a_confidential_place())
    acknowledge(shipment, 5, way=AcknowledgedBy.LOGIN)
    assert not complaints()


def test_statements_do_not_grow_with_the_kits():
    version, key = packed_kits(70), a_key
    shipments = {count: a_shipment((version.item, count), (stocked("Serviette", 5), 1)) for count in (1, 60)}
    who = a_coordinator()
    for step in (pack_shipment, hand_over_shipment):
        counts = {
            count: statements(lambda s=shipment, do=step: do(shipment=s, actor=who, key=key()))
            for count, shipment in shipments.items()
        }
        assert counts[1] == counts[60] <= MOST_STATEMENTS


def test_the_check_finds_what_was_changed_behind_its_back():
    shipment = a_shipment_that_left((packed_kits(2).item, 2))
    shipment.lines.update(quantity=3)
    assert any("its lines are not what left" in sentence for sentence in complaints())
