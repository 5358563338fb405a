"""The pick list of a shipment: what to take and from where, and never for whom."""

import pytest
from django.urls import reverse
from django.utils import translation

from distribution.models import Shipment
from distribution.pick_lists import pick_list
from distribution.shipments import cancel_shipment, pack_shipment
from tests.cast import a_coordinator, a_dated_item, a_key, a_partner, an_item, stocked, the_house
from tests.distribution.stage import a_confidential_place, a_shipment, a_shipment_that_left, codes_of, packed_kits
from tests.printing.reading import fonts, pages, text
from tests.printing.tags import complaints
from tests.queries import statements
from web.jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client):
    client.force_login(a_coordinator())


def paper(client, shipment, name: str = "shipment_pick_list") -> bytes:
    answer = client.get(reverse(f"distribution:{name}", args=[shipment.pk]))
    telling = {"fr": "liste-de-preparation", "en": "pick-list"}[answer["Content-Language"]]
    file = f"{telling}-{shipment.number}.pdf" if name == "shipment_pick_list" else "liste.pdf"
    assert (answer.status_code, answer["Content-Disposition"]) == (200, f'inline; filename="{file}"')
    return answer.content


def packed(*lines, **fields) -> Shipment:
    shipment = a_shipment(*lines, **fields)
    pack_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())
    shipment.refresh_from_db()
    return shipment


def rows(shipment) -> list[tuple[str, str, int]]:
    return [
        (str(row.item), row.lot.number, row.quantity) for shelf in pick_list(shipment).shelves for row in shelf.rows
    ]


def test_a_draft_shows_what_the_shelf_would_give_first_expired_first_out():
    compote = a_dated_item()
    for days in (200, 100):
        stocked(compote, 4, days=days, number=f"+{days}")
    assert rows(a_shipment((compote, 6), (stocked("Savon", 9), 2))) == [
        ("Savon", "", 2),
        ("Compote", "+100", 4),
        ("Compote", "+200", 2),
    ]


def test_a_draft_names_what_is_short():
    shipment = a_shipment((stocked("Savon", 3), 5), (an_item("Gants"), 2))
    found = pick_list(shipment)
    assert [(str(row.item), row.wanted, row.quantity) for row in found.missing] == [("Savon", 5, 2), ("Gants", 2, 2)]
    assert found.pieces == 3


def test_a_packed_one_shows_what_is_kept_for_it_and_nothing_else():
    compote = stocked(a_dated_item(), 4, days=200, number="kept")
    shipment = packed((compote, 4))
    stocked(compote, 9, days=100, number="later")
    assert rows(shipment) == [("Compote", "kept", 4)]


def test_kits_are_shown_by_kind_and_once_chosen_by_their_codes(client, coordinator):
    version = packed_kits(3)
    draft = a_shipment((version.item, 2))
    assert "Kit femme" in text(paper(client, draft))
    assert not any(code[:4] in text(paper(client, draft)) for code in codes_of(version))
    pack_shipment(shipment=draft, actor=a_coordinator(), key=a_key())
    read = text(paper(client, draft))
    chosen = [f"{code[:4]} {code[4:]}" in read for code in codes_of(version)]
    assert chosen == [True, True, False]


def test_it_never_says_who_receives_it(client, coordinator):
    read = text(paper(client, packed((stocked("Savon", 9), 1), organisation=a_confidential_place())))
    assert "Delivery no. 1" in read
    for word in ("Camélia", "Relais des Halles", "Les Glycines"):
        assert word not in read


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("count", [1, 60])
def test_it_can_be_read_by_a_screen_reader_whatever_its_length(client, coordinator, language, count):
    words = "Anticonstitutionnellement-rechargeable"
    lines = [(stocked(f"{words} {number}", 5), 5) for number in range(count)]
    shipment = a_shipment(*lines)
    client.cookies["django_language"] = language
    made = paper(client, shipment)
    with translation.override(language):
        assert complaints(made, title=str(shipment), language=language) == []
    assert all(is_inside for _font, is_inside in fonts(made))
    assert the_house().name in pages(made)[-1]
    assert str(5 * count) in text(made)


def test_the_packing_slip_is_tagged_too_and_that_of_a_confidential_place_says_nothing_of_itself(client, coordinator):
    soap = stocked("Savon", 9)
    made = paper(client, packed((soap, 1)), "shipment_slip")
    assert complaints(made, title="Delivery no. 1", language="en") == []
    neutral = paper(client, packed((soap, 1), organisation=a_confidential_place()), "shipment_slip")
    assert b"/Title" not in neutral


def test_a_shipment_that_left_or_was_given_up_has_none_and_a_partner_never(client, coordinator):
    left = a_shipment_that_left((stocked("Savon", 9), 1))
    draft, given_up = a_shipment((an_item(), 1)), a_shipment((an_item(), 1))
    cancel_shipment(shipment=given_up, actor=a_coordinator(), key=a_key())
    addresses = [reverse("distribution:shipment_pick_list", args=[shipment.pk]) for shipment in (left, given_up, draft)]
    assert [client.get(address).status_code for address in addresses] == [404, 404, 200]
    client.force_login(a_partner())
    assert [client.get(address).status_code for address in addresses] == [403, 403, 403]


def test_the_button_is_there_until_it_leaves(client, coordinator):
    shipment = packed((stocked("Savon", 9), 1))
    address = reverse("distribution:shipment_pick_list", args=[shipment.pk])
    assert address in client.get(shipment.get_absolute_url()).content.decode()
    left = a_shipment_that_left((an_item(), 1))
    assert "pick-list" not in client.get(left.get_absolute_url()).content.decode()


def test_the_statements_do_not_grow(client, coordinator):
    few = packed((stocked("Savon", 9), 1))
    many = packed(*((packed_kits(2, f"Kit {n}", article=f"Article {n}").item, 2) for n in range(8)))
    paper(client, few)
    counts = {statements(lambda s=shipment: paper(client, s)) for shipment in (few, many)}
    assert len(counts) == 1
    assert counts.pop() <= 15
    assert not Job.objects.exists()
