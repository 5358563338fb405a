"""Two papers at the same moment: no kit is in both, nothing is below zero, nobody is stuck."""

import pytest

from accounts.models import User
from distribution.drafts import draft_shipment
from distribution.handovers import undo_handover
from distribution.models import Handover, Shipment, ShipmentKit
from distribution.shipments import cancel_shipment, hand_over_shipment, pack_shipment
from kits.enums import KitState
from kits.models import Kit
from stock import idempotency
from stock.models import Operation, Place
from tests.cast import a_coordinator, a_key, an_item, an_organisation, on_hand, the_store
from tests.distribution.stage import a_shipment, codes_of, complaints, given, in_a_week, packed_kits

pytestmark = pytest.mark.race


@pytest.fixture(autouse=True)
def _without_second_attempts(monkeypatch):
    monkeypatch.setattr(idempotency, "ATTEMPTS", 1)


def send(shipment: int, actor: int, key: str) -> int:
    """Pack a shipment and let it leave."""
    asked = {"shipment": Shipment.objects.get(pk=shipment), "actor": User.objects.get(pk=actor)}
    pack_shipment(key=key, **asked)
    return hand_over_shipment(key=f"{key[:-1]}!", **asked).pk


def give(codes: list[str], kinds: list[int], actor: int, key: str) -> int:
    from stock.models import Item

    return given(
        codes,
        [(Item.objects.get(pk=kind), 1) for kind in kinds],
        place=Place.objects.select_related("house", "site").get(pk=the_store().pk),
        structure=None,
        actor=User.objects.get(pk=actor),
        key=key,
    ).pk


def cancel(shipment: int, actor: int) -> None:
    cancel_shipment(shipment=Shipment.objects.get(pk=shipment), actor=User.objects.get(pk=actor), key=a_key())


def draft(organisation: int, item: int, actor: int, key: str) -> int:
    from distribution.drafts import Line
    from network.models import Organisation
    from stock.models import Item

    return draft_shipment(
        organisation=Organisation.objects.get(pk=organisation),
        place=the_store(),
        mode="delivery",
        planned_on=in_a_week(),
        lines=[Line(Item.objects.get(pk=item), 1)],
        actor=User.objects.get(pk=actor),
        key=key,
    ).number


def undo(operation: int, actor: int, key: str) -> int:
    return undo_handover(
        operation=Operation.objects.select_related("house").get(pk=operation),
        actor=User.objects.get(pk=actor),
        key=key,
    ).pk


def test_two_shipments_never_take_the_same_kits(race):
    version, who = packed_kits(10), a_coordinator()
    shipments = [a_shipment((version.item, 4)) for _time in range(4)]
    answers = race(*((send, {"shipment": s.pk, "actor": who.pk, "key": a_key()}) for s in shipments))
    assert sum(isinstance(answer, int) for answer in answers) == 2
    assert ShipmentKit.objects.count() == Kit.objects.filter(state=KitState.SHIPPED).count() == 8
    assert on_hand(version.item) == 2
    assert not complaints()


def test_a_code_is_handed_over_once(race):
    version, who = packed_kits(3), a_coordinator()
    code = codes_of(version)[0]
    answers = race(*((give, {"codes": [code], "kinds": [], "actor": who.pk, "key": a_key()}) for _time in range(6)))
    assert sum(isinstance(answer, int) for answer in answers) == Handover.objects.count() == 1
    assert on_hand(version.item) == 2
    assert not complaints()


def test_handovers_and_shipments_share_what_there_is(race):
    version, who = packed_kits(12), a_coordinator()
    codes = codes_of(version)
    shipments = [a_shipment((version.item, 4)) for _time in range(2)]
    jobs = [(send, {"shipment": s.pk, "actor": who.pk, "key": a_key()}) for s in shipments]
    jobs += [
        (give, {"codes": [code], "kinds": [version.item.pk], "actor": who.pk, "key": a_key()}) for code in codes[-3:]
    ]
    race(*jobs)
    assert on_hand(version.item) == Kit.objects.in_place().count()
    assert not complaints()


def test_one_form_sent_many_times_at_once_is_one_handover(race):
    version, who, key = packed_kits(3), a_coordinator(), a_key()
    job = (give, {"codes": [], "kinds": [version.item.pk], "actor": who.pk, "key": key})
    answers = race(*[job] * 8)
    assert len(set(answers)) == Handover.objects.count() == 1
    assert on_hand(version.item) == 2


def test_drafts_written_at_once_have_numbers_of_their_own(race):
    asked = {"organisation": an_organisation().pk, "item": an_item().pk, "actor": a_coordinator().pk}
    the_store()
    same = a_key()
    answers = race(*((draft, {**asked, "key": key}) for key in [a_key(), a_key(), a_key(), same, same]))
    assert sorted(set(answers)) == [1, 2, 3, 4]


def test_cancelling_and_handing_over_at_once_is_one_of_both(race):
    version, who = packed_kits(4), a_coordinator()
    shipment = a_shipment((version.item, 4))
    pack_shipment(shipment=shipment, actor=who, key=a_key())
    race((cancel, {"shipment": shipment.pk, "actor": who.pk}), (leave, {"shipment": shipment.pk, "actor": who.pk}))
    shipment.refresh_from_db()
    assert (shipment.state, on_hand(version.item)) in [("cancelled", 4), ("handed_over", 0)]
    assert not complaints()


def leave(shipment: int, actor: int) -> int:
    asked = {"shipment": Shipment.objects.get(pk=shipment), "actor": User.objects.get(pk=actor)}
    return hand_over_shipment(key=a_key(), **asked).pk


def test_undoing_once_or_ten_times_is_the_same(race):
    version, who, key = packed_kits(2), a_coordinator(), a_key()
    operation = given(codes_of(version)[:1])
    answers = race(*((undo, {"operation": operation.pk, "actor": who.pk, "key": key}) for _time in range(6)))
    assert len(set(answers)) == 1
    assert (on_hand(version.item), Kit.objects.here().count()) == (2, 2)
    assert not complaints()
