"""A shipment from its draft to its differences, by those who write, pack and receive it, with the keyboard alone."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from distribution.enums import ShipmentState
from distribution.models import Shipment
from tests.browser import steps
from tests.browser.keyboard import Keyboard
from tests.browser.steps import in_french
from tests.cast import a_coordinator, a_distributor, a_partner, an_organisation, stocked
from tests.distribution.stage import a_shipment, a_shipment_that_left

Sits = Callable[..., Keyboard]
SOAP = "Savon"


def test_a_coordinator_writes_a_draft_and_changes_it(keyboard_of: Sits):
    stocked(SOAP, 50)
    an_organisation("Les Glycines")
    keys = keyboard_of(a_coordinator())
    keys.go("Shipments", role="link")
    keys.go("New shipment")
    keys.choose("Organisation", "Les Gly")
    keys.choose("From", "Atelier, r")
    keys.write_day("Planned for", timezone.localdate() + timedelta(days=9))
    keys.write("Kit or article", SOAP)
    keys.write("Quantity", "12")
    keys.go("Write the draft down")
    keys.go("Change the draft")
    keys.write("Quantity", "15")
    keys.go("Save the draft")
    assert Shipment.objects.get().lines.get().quantity == 15


def test_a_coordinator_packs_it_hands_it_over_prints_its_slip_and_takes_it_back(keyboard_of: Sits):
    shipment = a_shipment((stocked(SOAP, 50), 12))
    keys = keyboard_of(a_coordinator())
    keys.go("Shipments", role="link")
    keys.go(shipment)
    keys.go("Pack it")
    keys.go("Pack the shipment")
    keys.go("Hand it over")
    keys.go("Hand the shipment over")
    keys.tab_to("Packing slip (PDF)", role="link")
    assert steps.slip_of(keys.page).startswith(b"%PDF")
    keys.go("It did not leave")
    keys.go("Take the shipment back")
    shipment.refresh_from_db()
    assert shipment.state == ShipmentState.DRAFT


def test_a_coordinator_gives_a_draft_up(keyboard_of: Sits):
    shipment = a_shipment((stocked(SOAP, 50), 12))
    keys = keyboard_of(a_coordinator())
    keys.go("Shipments", role="link")
    keys.go(shipment)
    keys.go("Give it up")
    keys.tab_to("Give the shipment up", role="button")
    with keys.leaving():
        keys.press("Space")
    shipment.refresh_from_db()
    assert shipment.state == ShipmentState.CANCELLED


def test_a_distributor_packs_it_and_lets_it_leave(keyboard_of: Sits):
    shipment = a_shipment((stocked(SOAP, 50), 12))
    keys = keyboard_of(a_distributor())
    keys.go("Shipments", role="link")
    keys.go(shipment)
    keys.go("Pack it")
    keys.go("Pack the shipment")
    keys.go("Hand it over")
    keys.go("Hand the shipment over")
    shipment.refresh_from_db()
    assert shipment.state == ShipmentState.HANDED_OVER


def test_a_partner_says_that_less_arrived(keyboard_of: Sits):
    shipment = a_shipment_that_left((stocked(SOAP, 50), 12))
    keys = keyboard_of(a_partner(shipment.organisation))
    keys.go("Say what arrived")
    keys.write(in_french("%(item)s: arrived") % {"item": SOAP}, "11")
    keys.go("Confirm what arrived")
    steps.sees_done(keys.page)
    assert shipment.lines.get().arrived == 11
