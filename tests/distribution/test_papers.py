"""Paper is neutral: no house, no word of violence, no address, no trace of where the file comes from."""

import re

import pytest
from django.urls import reverse

from distribution.models import Shipment
from distribution.shipments import acknowledge_shipment, hand_over_shipment, pack_shipment
from network.models import Organisation, Region
from tests.cast import (
    a_coordinator,
    a_key,
    a_partner,
    a_site,
    an_item,
    an_organisation,
    stocked,
    the_house,
    the_store,
)
from tests.distribution.stage import a_confidential_place, a_shipment, a_shipment_that_left, codes_of, packed_kits
from tests.printing.reading import metadata, text
from tests.queries import statements

pytestmark = pytest.mark.django_db
NEVER = re.compile(
    r"violen|victim|battue|abus|viol\b|refuge|héberg|shelter|conjug|fuite|urgence|http|www|\.org|\.fr|kitdrive",
    re.IGNORECASE,
)


def slip(client, name: str, pk: int, **query) -> bytes:
    answer = client.get(reverse(f"distribution:{name}", args=[pk]), query)
    assert answer.status_code == 200
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "no-store")
    assert answer["Content-Disposition"] == 'inline; filename="liste.pdf"'
    return answer.content


@pytest.fixture
def coordinator(client):
    client.force_login(a_coordinator())


def is_neutral(pdf: bytes) -> bool:
    read = text(pdf)
    names = (the_house().name, a_site().name, a_site().address)
    return not NEVER.search(read) and not any(name in read for name in names) and not metadata(pdf)


def test_a_packing_slip_says_what_to_count_and_where_to_sign(client, coordinator):
    version = packed_kits(2)
    shipment = a_shipment((version.item, 2), (stocked("Serviette", 5, place=the_store()), 5))
    pack_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())
    pdf = slip(client, "shipment_slip", shipment.pk)
    read = text(pdf)
    for word in ("Delivery no. 1", "Les Glycines", "Kit femme", "Serviette", "Savon", "Signature"):
        assert word in read
    assert all(f"{code[:4]} {code[4:]}" in read for code in codes_of(version))
    assert the_house().name not in read
    assert metadata(pdf)["/Title"] == "Delivery no. 1"


def test_a_weight_that_nobody_knows_is_said_to_be_missing(client, coordinator):
    soap, towel = stocked(an_item("Savon", grams=1040), 5), stocked("Serviette", 5)
    shipment = a_shipment((soap, 5), (towel, 1))
    pack_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())
    assert re.search(r"Weight of all, at least\s+5\.2 kg", text(slip(client, "shipment_slip", shipment.pk)))


def test_what_is_light_is_said_in_grams(client, coordinator):
    shipment = a_shipment((stocked(an_item("Peigne", grams=35), 5), 2))
    pack_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())
    assert re.search(r"Weight of all\s+70 g", text(slip(client, "shipment_slip", shipment.pk)))


def the_confidential_shipment() -> Shipment:
    place = a_confidential_place()
    Organisation.objects.filter(pk=place.pk).update(region=Region.objects.first(), relay_email="relais@example.org")
    shipment = a_shipment((packed_kits(2).item, 2), organisation=place)
    pack_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())
    shipment.refresh_from_db()
    return shipment


def test_to_a_confidential_place_goes_a_pseudonym_a_relay_point_and_a_receipt_code(client, coordinator):
    shipment = the_confidential_shipment()
    pdf = slip(client, "shipment_slip", shipment.pk)
    read = text(pdf)
    assert is_neutral(pdf)
    for word in ("Camélia", "Relais des Halles", f"{shipment.receipt_code[:4]} {shipment.receipt_code[4:]}"):
        assert word in read
    for word in ("Signature", "1 place du Marché", "Paris", str(Region.objects.first()), "relais@"):
        assert word not in read


def test_once_a_confidential_place_has_sent_its_code_back_its_slip_asks_for_none(client, coordinator):
    shipment = the_confidential_shipment()
    hand_over_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())
    counts, code = {shipment.lines.get().pk: 2}, shipment.receipt_code
    acknowledge_shipment(
        shipment=shipment, arrived=counts, way="paper", receipt_code=code, actor=a_coordinator(), key=a_key()
    )
    read = text(slip(client, "shipment_slip", shipment.pk))
    assert "Camélia" in read
    assert not any(word in read for word in ("Receipt code", "send the code", "Signature"))


def test_once_acknowledged_the_slip_has_no_code(client, coordinator):
    version = packed_kits(2)
    shipment = a_shipment_that_left((version.item, 2))
    counts = {shipment.lines.get().pk: 2}
    acknowledge_shipment(shipment=shipment, arrived=counts, way="paper", actor=a_coordinator(), key=a_key())
    read = text(slip(client, "shipment_slip", shipment.pk))
    assert not any(code[:4] in read for code in codes_of(version))


def test_a_draft_has_no_slip_and_a_partner_has_its_own_alone(client):
    draft = a_shipment((stocked("Savon", 9), 1))
    ours = a_shipment_that_left((an_item(), 1))
    theirs = a_shipment_that_left((an_item(), 1), organisation=an_organisation("PMI Ordener", "pmi"))
    client.force_login(a_partner())
    statuses = [
        client.get(reverse("distribution:shipment_slip", args=[s.pk])).status_code for s in (draft, ours, theirs)
    ]
    assert statuses == [404, 200, 404]


def test_the_statements_of_a_slip_do_not_grow(client, coordinator):
    few = a_shipment_that_left((packed_kits(1).item, 1))
    versions = [packed_kits(2, f"Kit {number}", article=f"Article {number}") for number in range(5)]
    many = a_shipment_that_left(*((version.item, 2) for version in versions))
    slip(client, "shipment_slip", few.pk)
    counts = {statements(lambda pk=shipment.pk: slip(client, "shipment_slip", pk)) for shipment in (few, many)}
    assert len(counts) == 1
    assert counts.pop() <= 15
