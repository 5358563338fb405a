"""Twenty tablets on a bad network, the server in processes of its own: nothing is lost, nothing counts twice."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db.models import Sum

from donations.containers.operations import codes_of
from donations.models import Container, Donation, DropOff, Refusal
from stock import registry
from stock.models import Conflict, Operation
from tests import cast
from tests.devices import Device
from tests.faulty_proxy import Fault, faulty
from tests.served import served

DEVICES, ENTRIES = 20, 100  # of each device: 2,000 in all
FEW, KILLS = 20, 12

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def tablets():
    """Twenty tablets at four points of one drive, each with what its device must know."""
    goods = [cast.an_item(name).pk for name in ("Savon", "Peigne", "Serviette", "Brosse")]
    let_in = []
    for number in range(DEVICES):
        point = cast.a_point(f"Point {number % 4}")
        tablet, secret = cast.a_tablet(point, place=cast.the_store(point))
        let_in.append({"secret": secret, "seed": number, "codes": codes_of(tablet.device), "goods": goods})
    return let_in


def test_two_thousand_entries_come_through_a_bad_network_once_each(tablets):
    with served() as server, faulty(server, seed=4) as proxy, ThreadPoolExecutor(DEVICES) as pool:
        devices = list(pool.map(lambda tablet: Device(proxy.url, **tablet).work(ENTRIES), tablets))
    assert set(proxy.happened) == {None, *Fault}, "each fault was met"
    _each_is_here_once(devices, DEVICES * ENTRIES)


def test_a_server_that_is_killed_again_and_again_loses_nothing_that_it_said_is_here(tablets):
    with served() as server, ThreadPoolExecutor(DEVICES) as pool:
        at_work = [pool.submit(Device(server, **tablet).work, FEW) for tablet in tablets]
        killed = 0
        while not all(device.done() for device in at_work):
            time.sleep(0.15)
            server.kill_one()
            killed += 1
            if killed == KILLS:
                break
        devices = [device.result() for device in at_work]
    assert sum(device.calls for device in devices) > killed > 1
    _each_is_here_once(devices, DEVICES * FEW)


def _each_is_here_once(devices, count):
    noted = {key: entry for device in devices for key, entry in device.noted.items()}
    assert [device.refused for device in devices if device.refused] == []
    assert len(noted) == count == Operation.objects.count()
    assert set(Operation.objects.values_list("key", flat=True)) == set(noted)
    _each_is_counted_once(noted.values())
    _each_receipt_is_true(devices)
    assert not Conflict.objects.exists()
    assert [sentence for check in registry.checks.values() for sentence in check()] == []


def _each_is_counted_once(noted):
    made = Counter(entry["kind"] for entry in noted)
    rows = {"drop_off": DropOff, "refusal": Refusal, "goods": Donation, "container": Container}
    assert {kind: model.objects.count() for kind, model in rows.items()} | {"undo": made["undo"]} == made
    assert made["undo"] == DropOff.objects.count() - DropOff.objects.standing().count()
    quantities = sum(entry["quantity"] for entry in noted if entry["kind"] == "drop_off")
    assert DropOff.objects.aggregate(sum=Sum("quantity"))["sum"] == quantities


def _each_receipt_is_true(devices):
    numbers = dict(Operation.objects.values_list("key", "pk"))
    receipts = {key: receipt for device in devices for key, receipt in device.receipts.items()}
    assert {key: receipt["number"] for key, receipt in receipts.items()} == numbers
