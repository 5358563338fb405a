"""The journal calls a shipment by the number that is on its slip, whichever of its operations is meant."""

import pytest
from django.urls import reverse

from distribution.enums import AcknowledgedBy
from distribution.shipments import acknowledge_shipment, pack_shipment, take_back_shipment
from stock.models import Operation
from stock.registry import give_numbers
from tests.cast import a_coordinator, a_key
from tests.distribution.stage import a_shipment_that_left, packed_kits

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def shipment():
    shipment = a_shipment_that_left((packed_kits(3).item, 3))
    arrived = {line.pk: 3 for line in shipment.lines.all()}
    acknowledge_shipment(
        shipment=shipment, arrived=arrived, way=AcknowledgedBy.PAPER, actor=a_coordinator(), key=a_key()
    )
    shipment.refresh_from_db()
    return shipment


def test_packing_leaving_and_arriving_bear_the_number_of_the_shipment(shipment):
    steps = [shipment.packing, shipment.leaving, shipment.acknowledgement]
    assert {step.number for step in steps} == {shipment.number}
    assert shipment.number not in {step.pk for step in steps}


def test_the_journal_says_it(signed_in, shipment):
    page = " ".join(signed_in(a_coordinator()).get(reverse("stock:operation_list")).content.decode().split())
    for step in (shipment.packing, shipment.leaving, shipment.acknowledgement):
        assert f"{step.get_kind_display().capitalize()} no. {shipment.number}<" in page


def test_the_numbers_of_many_are_read_in_one_statement(django_assert_num_queries):
    for name in ("Kit femme", "Kit enfant", "Kit bébé"):
        a_shipment_that_left((packed_kits(1, name).item, 1))
    operations = list(Operation.objects.filter(kind__in=["reserve", "ship"]).order_by("kind", "pk"))
    with django_assert_num_queries(1):
        give_numbers(operations)
    assert [operation.number for operation in operations] == [1, 2, 3, 1, 2, 3]


def read(client, url: str) -> str:
    return " ".join(client.get(url).content.decode().split())


def test_what_was_taken_back_bears_no_number_and_says_so(signed_in):
    shipment = a_shipment_that_left((packed_kits(3).item, 3))
    steps = [shipment.packing, shipment.leaving]
    take_back_shipment(operation=shipment.leaving, actor=a_coordinator(), key=a_key())
    coordinator = signed_in(a_coordinator())
    journal = read(coordinator, reverse("stock:operation_list"))
    for step in Operation.objects.filter(pk__in=[step.pk for step in steps]):
        said = step.get_kind_display().capitalize()
        assert f"{said} no." not in journal
        assert f">{said}</a>" in journal
        page = read(coordinator, step.get_absolute_url())
        assert f"<h1>{said}</h1>" in page
        assert "taken back" in page
        assert "stands" not in page
    assert journal.count("taken back") == len(steps)


def test_the_life_of_a_lot_says_what_was_taken_back(signed_in):
    kits = packed_kits(3).item
    shipment = a_shipment_that_left((kits, 3))
    take_back_shipment(operation=shipment.leaving, actor=a_coordinator(), key=a_key())
    page = read(signed_in(a_coordinator()), kits.lots.get().get_absolute_url())
    assert 'Shipment handed over</a> <span class="kd-help">taken back</span>' in page


def test_packed_again_it_bears_its_number_again():
    shipment = a_shipment_that_left((packed_kits(3).item, 3))
    take_back_shipment(operation=shipment.leaving, actor=a_coordinator(), key=a_key())
    shipment.refresh_from_db()
    again = pack_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())
    assert str(again) == f"Reservation no. {shipment.number}"
