import pytest
from django.urls import reverse

from distribution.enums import AcknowledgedBy, ShipmentState
from distribution.models import Shipment
from distribution.shipments import pack_shipment
from stock.models import Operation
from tests.cast import (
    a_coordinator,
    a_distributor,
    a_key,
    a_partner,
    a_referrer,
    a_site,
    an_item,
    an_organisation,
    infant_formula,
    stocked,
    the_store,
)
from tests.distribution.stage import (
    a_confidential_place,
    a_shipment,
    a_shipment_that_left,
    codes_of,
    in_a_week,
    packed_kits,
)
from tests.queries import statements

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 15


def url(name: str, *args) -> str:
    return reverse(f"distribution:shipment_{name}", args=args)


def lines(*rows: tuple[str, str]) -> dict[str, str]:
    data = {"lines-TOTAL_FORMS": str(len(rows)), "lines-INITIAL_FORMS": "0"}
    for index, (item, quantity) in enumerate(rows):
        data |= {f"lines-{index}-item": item, f"lines-{index}-quantity": quantity}
    return data


def asked(*rows: tuple[str, str], **fields) -> dict[str, object]:
    return {
        "key": a_key(),
        "organisation": an_organisation().pk,
        "place": the_store().pk,
        "mode": "delivery",
        "planned_on": in_a_week().isoformat(),
        **lines(*rows),
        **fields,
    }


@pytest.fixture
def coordinator(client):
    user = a_coordinator()
    client.force_login(user)
    return user


def test_from_draft_to_what_arrived(client, coordinator):
    stocked("Savon", 5)
    answer = client.post(url("create"), asked(("savon", "3")), follow=True)
    shipment = Shipment.objects.get()
    assert "Delivery no. 1 is drafted" in answer.content.decode()
    for step in ("pack", "hand_over"):
        answer = client.post(url(step, shipment.pk), {"key": a_key()}, follow=True)
        assert answer.redirect_chain[-1][0] == shipment.get_absolute_url()
    arrived = {"key": a_key(), f"arrived_{shipment.lines.get().pk}": "2"}
    page = client.post(url("acknowledge", shipment.pk), arrived, follow=True).content.decode()
    shipment.refresh_from_db()
    assert (shipment.state, shipment.acknowledged_by) == (ShipmentState.ACKNOWLEDGED, AcknowledgedBy.PAPER)
    assert "1 is missing" in page


@pytest.mark.parametrize(("arrived", "is_marked"), [("5", False), ("4", True), ("6", True)])
def test_the_list_marks_what_arrived_with_a_difference(client, coordinator, arrived, is_marked):
    shipment = a_shipment_that_left((stocked("Savon", 5), 5))
    assert "with a difference" not in client.get(url("list")).content.decode()
    client.post(url("acknowledge", shipment.pk), {"key": a_key(), f"arrived_{shipment.lines.get().pk}": arrived})
    assert ("with a difference" in client.get(url("list")).content.decode()) == is_marked


def test_an_organisation_that_is_not_in_the_list_can_be_added_from_there(client, coordinator):
    assert reverse("network:organisation_create") in client.get(url("create")).content.decode()


def test_a_form_sent_twice_succeeds_twice_and_is_one(client, coordinator):
    stocked("Savon", 5)
    form = asked(("Savon", "3"))
    for _time in range(2):
        assert client.post(url("create"), form).status_code == 302
    shipment = Shipment.objects.get()
    for step in ("pack", "hand_over"):
        key = a_key()
        pages = [client.post(url(step, shipment.pk), {"key": key}, follow=True) for _time in range(2)]
        assert all("kd-message-success" in page.content.decode() for page in pages)
    arrived = {"key": a_key(), f"arrived_{shipment.lines.get().pk}": "3"}
    pages = [client.post(url("acknowledge", shipment.pk), arrived, follow=True) for _time in range(2)]
    assert all("is acknowledged" in page.content.decode() for page in pages)
    assert Operation.objects.filter(kind__in=["reserve", "ship", "acknowledge"]).count() == 3


@pytest.mark.parametrize(
    ("quantity", "sentence"),
    [
        ("-1", "A quantity cannot be negative"),
        ("0", "Enter at least 1"),
        ("1,5", "Enter a whole number of pieces"),
        ("9999999", "more than 100,000 pieces"),
        ("many", "Enter the quantity as a number"),
    ],
)
def test_what_was_typed_is_kept_beside_what_is_wrong(client, coordinator, quantity, sentence):
    an_item()
    page = client.post(url("create"), asked(("Savon", quantity))).content.decode()
    assert sentence in page
    assert f'value="{quantity}"' in page
    assert not Shipment.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"planned_on": "2020-01-01"}, "Choose a day from today on"),
        ({"planned_on": "2020-13-41"}, "Enter a valid date"),
        ({"organisation": "99999"}, "Select a valid choice"),
        ({"key": ""}, "was not sent whole"),
    ],
)
def test_each_wrong_field_has_its_sentence(client, coordinator, fields, sentence):
    an_item()
    page = client.post(url("create"), asked(("Savon", "1"), **fields)).content.decode()
    assert sentence in page
    assert not Shipment.objects.exists()


def test_an_unknown_article_and_formula_are_not_in_the_catalogue(client, coordinator):
    infant_formula()
    page = client.post(url("create"), asked(("Lait premier âge", "1"), ("Licorne", "1"))).content.decode()
    assert "“Lait premier âge”: infant formula, bottles and teats are not taken here." in page
    assert "No article is called “Licorne”" in page


def test_a_confidential_place_without_relay_is_refused_at_its_field(client, coordinator):
    an_item()
    place = a_confidential_place(has_relay=False)
    page = client.post(url("create"), asked(("Savon", "1"), organisation=place.pk)).content.decode()
    assert "without a relay point" in page
    assert not Shipment.objects.exists()


def test_more_than_there_is_names_the_article(client, coordinator):
    shipment = a_shipment((stocked("Savon", 2), 5))
    page = client.post(url("pack", shipment.pk), {"key": a_key()}).content.decode()
    assert "Savon: 5 wanted, 2 are free here" in page


def test_the_draft_opens_with_its_lines_and_takes_others(client, coordinator):
    shipment = a_shipment((an_item("Savon"), 2), (an_item("Serviette"), 3))
    page = client.get(url("edit", shipment.pk)).content.decode()
    assert 'value="Savon"' in page
    assert 'value="Serviette"' in page
    client.post(url("edit", shipment.pk), asked(("Serviette", "7"), mode="pick_up"))
    shipment.refresh_from_db()
    assert [(line.item.name, line.quantity) for line in shipment.lines.all()] == [("Serviette", 7)]
    assert shipment.mode == "pick_up"


def test_taken_back_in_one_press_or_two(client, coordinator):
    shipment = a_shipment_that_left((stocked("Savon", 2), 2))
    for _time in range(2):
        page = client.post(url("take_back", shipment.pk), follow=True).content.decode()
        assert "its goods are on the shelf" in page
    shipment.refresh_from_db()
    assert shipment.state == ShipmentState.DRAFT


def test_cancelled_in_one_press_or_two(client, coordinator):
    shipment, key = a_shipment((stocked("Savon", 2), 2)), a_key()
    pack_shipment(shipment=shipment, actor=coordinator, key=a_key())
    for _time in range(2):
        assert client.post(url("cancel", shipment.pk), {"key": key}).status_code == 302


def test_a_partner_sees_what_left_for_it_and_says_what_arrived(client):
    version = packed_kits(4)
    ours = a_shipment_that_left((version.item, 2))
    theirs = a_shipment_that_left((version.item, 1), organisation=an_organisation("PMI Ordener", "pmi"))
    draft = a_shipment((version.item, 1))
    client.force_login(a_partner())
    page = client.get(url("list")).content.decode()
    assert str(ours) in page
    assert str(theirs) not in page
    assert [client.get(url("detail", s.pk)).status_code for s in (ours, theirs, draft)] == [200, 404, 404]
    assert not any(code[:4] in client.get(url("detail", ours.pk)).content.decode() for code in codes_of(version))
    client.post(url("acknowledge", ours.pk), {"key": a_key(), f"arrived_{ours.lines.get().pk}": "2"})
    ours.refresh_from_db()
    assert ours.acknowledged_by == AcknowledgedBy.LOGIN


def test_who_acknowledges_counts_every_line(client):
    shipment = a_shipment_that_left((stocked("Savon", 5), 5))
    client.force_login(a_referrer())
    name = f"arrived_{shipment.lines.get().pk}"
    for typed, sentence in (("", "Enter a quantity"), ("-1", "cannot be negative"), ("2,5", "whole number")):
        page = client.post(url("acknowledge", shipment.pk), {"key": a_key(), name: typed}).content.decode()
        assert sentence in page


def test_a_distributor_packs_and_hands_over_at_her_site_alone(client):
    here = a_shipment((stocked("Savon", 5), 1))
    elsewhere = a_shipment((an_item(), 1), place=the_store(a_site("Annexe")))
    client.force_login(a_distributor())
    assert client.get(url("pack", elsewhere.pk)).status_code == 404
    assert client.get(url("cancel", here.pk)).status_code == 403
    client.post(url("pack", here.pk), {"key": a_key()})
    client.post(url("hand_over", here.pk), {"key": a_key()})
    here.refresh_from_db()
    assert here.state == ShipmentState.HANDED_OVER
    assert client.get(url("acknowledge", here.pk)).status_code == 302


def test_a_confidential_place_is_a_pseudonym_and_a_relay_point(client, coordinator):
    shipment = a_shipment_that_left((stocked("Savon", 5), 5), organisation=a_confidential_place())
    page = client.get(url("detail", shipment.pk)).content.decode()
    assert "Camélia" in page
    assert "Relais des Halles" in page
    assert shipment.receipt_code not in page
    assert "1 place du Marché" not in page


def test_the_receipt_code_is_asked_of_who_holds_the_paper(client, coordinator):
    shipment = a_shipment_that_left((stocked("Savon", 5), 5), organisation=a_confidential_place())
    counts = {f"arrived_{shipment.lines.get().pk}": "5"}
    wrong = {"key": a_key(), "receipt_code": "a wrong code", **counts}
    page = client.post(url("acknowledge", shipment.pk), wrong).content.decode()
    assert "not the receipt code" in page
    right = {"key": a_key(), "receipt_code": shipment.receipt_code, **counts}
    assert client.post(url("acknowledge", shipment.pk), right).status_code == 302


def test_the_list_asks_the_same_of_one_shipment_or_eight(client, coordinator):
    soap = an_item()
    a_shipment((soap, 1))
    client.get(url("list"))
    one = statements(lambda: client.get(url("list")))
    for number in range(7):
        a_shipment((soap, 1), organisation=an_organisation(f"Maison {number}"))
    assert statements(lambda: client.get(url("list"))) == one <= MOST_STATEMENTS


@pytest.mark.parametrize("page", ["detail", "edit", "acknowledge", "pack"])
def test_the_pages_ask_the_same_of_one_line_or_eight(client, coordinator, page):
    few = a_shipment_that_left((stocked("Savon", 5), 1))
    many = a_shipment_that_left(*((stocked(f"Article {number}", 5), 1) for number in range(8)))
    client.get(url(page, few.pk))
    counts = {statements(lambda pk=shipment.pk: client.get(url(page, pk))) for shipment in (few, many)}
    assert len(counts) == 1
    assert counts.pop() <= MOST_STATEMENTS
