"""The journal calls a shipment by the number that is on its slip, whichever of its operations is meant."""

import pytest
from django.urls import reverse

from distribution.enums import AcknowledgedBy
from distribution.shipments import acknowledge_shipment
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
