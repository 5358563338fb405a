"""Several people on the same stock at the same moment: nothing below zero, nothing lost, nobody stuck."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from donations.arrivals import ArrivalLine
from donations.models import Drive
from donations.operations import receive
from kits.models import TemplateVersion
from kits.operations import pack
from network.enums import OrganisationKind
from stock import idempotency, registry
from stock.enums import PlaceKind
from stock.models import Balance, Conflict, Item, Lot, Movement, Operation, Place
from stock.operations import LotLine, reverse, transfer
from stock.place_operations import open_place, rename_place
from tests.cast import (
    a_coordinator,
    a_dated_item,
    a_drive,
    a_key,
    a_site,
    a_version,
    an_item,
    an_organisation,
    on_hand,
    stocked,
    the_store,
)

pytestmark = pytest.mark.race


@pytest.fixture(autouse=True)
def _without_second_attempts(monkeypatch):
    """A deadlock fails the test: the order of the locks must make it impossible, not the retries unseen."""
    monkeypatch.setattr(idempotency, "ATTEMPTS", 1)


def nothing_to_report() -> bool:
    return not [sentence for check in registry.checks.values() for sentence in check()]


def keep_packing(version: int, place: int, actor: int, times: int) -> int:
    """Pack one kit after the other; answer how many there were articles for."""
    from stock.picking import NotEnoughStock

    packed = 0
    loaded = TemplateVersion.objects.with_contents().get(pk=version)
    for _time in range(times):
        try:
            pack(
                version=loaded,
                count=1,
                place=Place.objects.select_related("house").get(pk=place),
                actor=User.objects.get(pk=actor),
                key=a_key(),
            )
            packed += 1
        except NotEnoughStock:
            continue
    return packed


def keep_receiving(item: int, place: int, actor: int, times: int, key: str = "") -> list[int]:
    """Take in ten of an article, in one lot, again and again; answer the operations."""
    there = Place.objects.select_related("house").get(pk=place)
    return [
        receive(
            drive=Drive.objects.get(house=there.house),
            place=there,
            partner=an_organisation("Pharmacies du Canal", OrganisationKind.PARTNER),
            received_on=timezone.localdate(),
            lines=[ArrivalLine(Item.objects.get(pk=item), 10, number="L1")],
            actor=User.objects.get(pk=actor),
            key=key or a_key(),
        ).pk
        for _time in range(times)
    ]


def keep_moving(source: int, target: int, lots: list[int], actor: int, times: int) -> int:
    ends = Place.objects.select_related("house").in_bulk([source, target])
    lines = [LotLine(lot, 1) for lot in Lot.objects.with_item().filter(pk__in=lots)]
    for _time in range(times):
        transfer(source=ends[source], target=ends[target], lines=lines, actor=User.objects.get(pk=actor), key=a_key())
    return times


def take_back(operation: int, actor: int) -> int:
    return reverse(
        operation=Operation.objects.select_related("house").get(pk=operation),
        actor=User.objects.get(pk=actor),
        key=a_key(),
    ).pk


def test_packers_of_the_same_articles_share_them_and_never_deadlock(race):
    soap, towel = stocked("Savon", 25, number="A"), stocked("Serviette", 40)
    stocked("Savon", 15, number="B")
    two = [a_version({soap: 2, towel: 2}, "Kit femme"), a_version({towel: 2, soap: 2}, "Kit enfant")]
    packer, store = a_coordinator(), the_store()
    packed = race(
        *(
            (keep_packing, {"version": two[number % 2].pk, "place": store.pk, "actor": packer.pk, "times": 6})
            for number in range(4)
        )
    )
    assert sum(packed) == 20
    assert (on_hand(soap), on_hand(towel)) == (0, 0)
    assert nothing_to_report()


def test_receiving_and_packing_the_same_article_add_up(race):
    soap, packer, store = stocked(an_item(), 20, number="L1"), a_coordinator(), the_store()
    version = a_version({soap: 1})
    arriving = (keep_receiving, {"item": soap.pk, "place": store.pk, "actor": packer.pk, "times": 5})
    packing = (keep_packing, {"version": version.pk, "place": store.pk, "actor": packer.pk, "times": 8})
    *_arrivals, first, second = race(arriving, arriving, packing, packing)
    assert on_hand(soap) == 20 + 100 - first - second
    assert nothing_to_report()


def test_the_same_new_lot_arriving_twice_at_once_is_one_lot(race):
    jar, actor, store = an_item("Dentifrice"), a_coordinator(), the_store()
    a_drive()
    arriving = (keep_receiving, {"item": jar.pk, "place": store.pk, "actor": actor.pk, "times": 2})
    race(arriving, arriving, arriving, arriving)
    assert (Lot.objects.filter(item=jar).count(), on_hand(jar)) == (1, 80)
    assert nothing_to_report()


def test_transfers_that_cross_end_where_they_began(race):
    here, there = the_store(), the_store(a_site("Réserve Nord"))
    for place in (there, here):
        stocked(a_dated_item(), 20, days=200, place=place)
        stocked("Savon", 20, place=place)
    lots, actor = list(Lot.objects.values_list("pk", flat=True)), a_coordinator()
    to, fro = (
        {"source": a.pk, "target": b.pk, "lots": lots, "actor": actor.pk, "times": 8}
        for a, b in ((here, there), (there, here))
    )
    assert race((keep_moving, to), (keep_moving, fro), (keep_moving, to), (keep_moving, fro)) == [8, 8, 8, 8]
    assert set(Balance.objects.values_list("on_hand", flat=True)) == {20}
    assert nothing_to_report()


def test_twenty_identical_posts_are_one_operation(race):
    soap, actor, key = an_item(), a_coordinator(), a_key()
    drive = a_drive()
    post = (keep_receiving, {"item": soap.pk, "place": the_store().pk, "actor": actor.pk, "times": 1, "key": key})
    answers = race(*[post] * 20)
    assert len({operation for [operation] in answers}) == 1
    assert (on_hand(soap), drive.donations.count(), Conflict.objects.count()) == (10, 1, 0)
    assert nothing_to_report()


def test_of_two_reversals_at_once_one_is_refused(race):
    stocked("Savon", 10)
    operation, actor = Movement.objects.get().operation, a_coordinator()
    answers = race(*[(take_back, {"operation": operation.pk, "actor": actor.pk})] * 4)
    assert sorted(answers, key=str)[1:] == ["Refused"] * 3
    assert Balance.objects.get().on_hand == 0
    assert nothing_to_report()


def test_a_lot_dated_sooner_is_packed_first_by_everybody(race):
    soon, late = stocked(a_dated_item(), 5, days=120), stocked(a_dated_item(), 20, days=400)
    version, packer = a_version({soon: 1}), a_coordinator()
    packing = {"version": version.pk, "place": the_store().pk, "actor": packer.pk, "times": 3}
    assert race(*[(keep_packing, packing)] * 4) == [3, 3, 3, 3]
    dated = timezone.localdate() + timedelta(days=120)
    assert Balance.objects.get(lot__best_before=dated, lot__item=late).on_hand == 0
    assert nothing_to_report()


def call_it_otherwise(place: int, name: str, actor: int) -> str:
    return rename_place(place=Place.objects.get(pk=place), name=name, actor=User.objects.get(pk=actor)).name


def test_of_several_places_called_alike_at_once_one_is(race):
    actor, site = a_coordinator(), a_site()
    tables = [open_place(site=site, kind=PlaceKind.TABLE, name=name, actor=actor) for name in ("Nord", "Sud", "Est")]
    answers = race(*[(call_it_otherwise, {"place": t.pk, "name": "Fond", "actor": actor.pk}) for t in tables])
    assert sorted(answers) == ["Fond", "Refused", "Refused"]
