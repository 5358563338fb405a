import pytest
from django.urls import reverse

from distribution.enums import AcknowledgedBy
from distribution.shipments import acknowledge_shipment
from tests.cast import a_coordinator, a_key, a_point
from tests.distribution.stage import a_shipment_that_left, packed_kits
from tests.donations.sorted import collected, filled
from tests.donations.test_door_days import sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_a_shipment_of_which_not_all_arrived_is_looked_at(client, settings):
    settings.DEMO = True
    shipment = a_shipment_that_left((packed_kits(3).item, 3))
    arrived = {line.pk: 2 for line in shipment.lines.all()}
    who = a_coordinator()
    acknowledge_shipment(shipment=shipment, arrived=arrived, way=AcknowledgedBy.PAPER, actor=who, key=a_key())
    client.force_login(who)
    assert b"1 shipment of the last month arrived with a difference." in client.get(reverse("home")).content


def test_what_came_to_the_points_today_and_what_waits_there_is_looked_at(client, settings):
    settings.DEMO = True
    point = a_point()
    sheet(site=point)
    sheet(site=a_point("Mairie"), back=1)
    filled(site=point)
    collected(site=point)
    collected(site=point)
    client.force_login(a_coordinator())
    answer = client.get(reverse("home"))
    assert [(str(row.site), row.words_of_today) for row in answer.context["home"].points] == [(str(point), "1 bag")]
    for sentence, state in (("1 container waits to be collected.", "filled"), ("2 containers wait", "collected")):
        assert sentence in answer.content.decode()
        assert f"{reverse('donations:container_list')}?state={state}" in answer.content.decode()
