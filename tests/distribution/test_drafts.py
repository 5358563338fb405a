from datetime import timedelta

import pytest
from django.utils import timezone

from distribution.drafts import Line, edit_shipment
from distribution.models import Shipment
from distribution.shipments import pack_shipment
from tests.cast import (
    a_coordinator,
    a_drive,
    a_key,
    a_site,
    an_item,
    an_organisation,
    infant_formula,
    the_house,
    the_store,
)
from tests.distribution.stage import a_confidential_place, a_shipment, in_a_week, packed_kits
from web.errors import Refused

pytestmark = pytest.mark.django_db


def test_numbers_follow_one_another_in_each_house():
    soap = an_item()
    ours = [a_shipment((soap, 1)).number for _time in range(3)]
    other = the_house("Maison du Port")
    theirs = a_shipment(
        (an_item(house=other), 1),
        organisation=an_organisation(house=other),
        place=the_store(a_site("Quai", house=other)),
    )
    assert (ours, theirs.number) == ([1, 2, 3], 1)


def test_the_same_form_twice_is_one_shipment():
    soap, key = an_item(), a_key()
    first = a_shipment((soap, 2), key=key)
    again = a_shipment((soap, 2), key=key)
    assert (first, Shipment.objects.count()) == (again, 1)


def test_the_same_form_with_other_content_says_where_the_first_is():
    soap, key = an_item(), a_key()
    a_shipment((soap, 2), key=key)
    with pytest.raises(Refused, match=r"recorded as Delivery no. 1"):
        a_shipment((soap, 3), key=key)


def test_a_draft_can_be_written_anew():
    soap, towel = an_item("Savon"), an_item("Serviette")
    draft = a_shipment((soap, 2))
    changes = {"organisation": draft.organisation, "place": draft.place, "mode": "pick_up", "planned_on": in_a_week()}
    for _time in range(2):
        edit_shipment(shipment=draft, lines=[Line(towel, 5)], actor=a_coordinator(), **changes)
    draft.refresh_from_db()
    assert (draft.mode, str(draft)) == ("pick_up", "Pick-up no. 1")
    assert [(line.item, line.quantity) for line in draft.lines.all()] == [(towel, 5)]


def test_a_packed_shipment_is_not_edited():
    version = packed_kits(1)
    shipment = a_shipment((version.item, 1))
    pack_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())
    with pytest.raises(Refused, match="Its state: packed"):
        edit_shipment(
            shipment=shipment,
            organisation=shipment.organisation,
            place=shipment.place,
            mode="delivery",
            planned_on=in_a_week(),
            lines=[Line(version.item, 1)],
            actor=a_coordinator(),
        )


def test_formula_never_goes_into_a_shipment():
    with pytest.raises(Refused, match="Lait premier âge: infant formula") as refused:
        a_shipment((an_item(), 1), (infant_formula(), 1))
    assert (refused.value.field, refused.value.line) == ("item", 1)


def test_a_confidential_place_needs_its_relay_point():
    with pytest.raises(Refused, match="without a relay point") as refused:
        a_shipment((an_item(), 1), organisation=a_confidential_place(has_relay=False))
    assert refused.value.field == "organisation"


def test_a_confidential_place_never_comes_itself():
    with pytest.raises(Refused, match="goes to its relay point") as refused:
        a_shipment((an_item(), 1), organisation=a_confidential_place(), mode="pick_up")
    assert refused.value.field == "mode"


@pytest.mark.parametrize("days", [-1, 366])
def test_the_day_is_from_today_on_and_within_a_year(days):
    with pytest.raises(Refused, match="within a year") as refused:
        a_shipment((an_item(), 1), planned_on=timezone.localdate() + timedelta(days=days))
    assert refused.value.field == "planned_on"


@pytest.mark.parametrize("quantity", [0, -3, 100_001])
def test_a_quantity_is_a_quantity(quantity):
    with pytest.raises(Refused, match="Savon: enter a quantity") as refused:
        a_shipment((an_item(), quantity))
    assert (refused.value.field, refused.value.line) == ("quantity", 0)


def test_an_article_is_on_one_line():
    with pytest.raises(Refused, match="Savon is on another line already") as refused:
        a_shipment((an_item(), 1), (an_item(), 2))
    assert refused.value.line == 1


def test_what_is_of_another_house_is_refused():
    other = the_house("Maison du Port")
    for fields in ({"organisation": an_organisation(house=other)}, {"drive": a_drive(house=other)}):
        with pytest.raises(Refused, match="of your house"):
            a_shipment((an_item(), 1), **fields)
    with pytest.raises(Refused, match="an article of your house"):
        a_shipment((an_item(house=other), 1))


def test_a_shipment_is_of_something():
    with pytest.raises(Refused, match="between 1 and 100 lines"):
        a_shipment()
