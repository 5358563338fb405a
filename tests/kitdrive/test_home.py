import pytest
from django.urls import reverse

from distribution.enums import AcknowledgedBy
from distribution.shipments import acknowledge_shipment
from tests.cast import a_coordinator, a_key
from tests.distribution.stage import a_shipment_that_left, packed_kits

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_a_shipment_of_which_not_all_arrived_is_looked_at(client, settings):
    settings.DEMO = True
    shipment = a_shipment_that_left((packed_kits(3).item, 3))
    arrived = {line.pk: 2 for line in shipment.lines.all()}
    who = a_coordinator()
    acknowledge_shipment(shipment=shipment, arrived=arrived, way=AcknowledgedBy.PAPER, actor=who, key=a_key())
    client.force_login(who)
    assert b"1 shipment of the last month arrived with a difference." in client.get(reverse("home")).content
