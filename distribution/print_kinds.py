"""The papers of a shipment, as printing knows them: its pick list and its packing slip."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from distribution.enums import ShipmentState
from distribution.models import Shipment
from distribution.papers import shipment_slip
from distribution.perms import HANDS_OVER, READS_SHIPMENTS
from distribution.pick_lists import WITH_PICK_LIST, PickList, pick_list, render_pick_list
from network.enums import Role
from network.papers import acting_now, theirs
from printing.papers import Arguments, Paper, Told, Work

PICK_LIST, SLIP = "shipment pick list", "shipment slip"
WITH_SLIP = (ShipmentState.PACKED, ShipmentState.HANDED_OVER, ShipmentState.ACKNOWLEDGED)
ROWS_A_SHEET, CODES_A_SHEET = 18, 200


def _shipment(user: User, about: Arguments, roles: tuple[Role, ...], states: tuple[ShipmentState, ...]) -> Shipment:
    acting = acting_now(user, about["house"], *roles)
    return theirs(Shipment.objects.visible_to(acting).filter(state__in=states).for_display(), about["shipment"])


def _pick_list(user: User, about: Arguments) -> Work:
    shipment = _shipment(user, about, HANDS_OVER, WITH_PICK_LIST)
    found = pick_list(shipment)
    return Work(_sheets(found), lambda told: render_pick_list(shipment, found, told))


def _sheets(found: PickList) -> int:
    rows = sum(len(shelf.rows) for shelf in found.shelves) + len(found.missing)
    codes = sum(len(row.codes) for shelf in found.shelves for row in shelf.rows)
    return 1 + rows // ROWS_A_SHEET + codes // CODES_A_SHEET


def _slip(user: User, about: Arguments) -> Work:
    shipment = _shipment(user, about, READS_SHIPMENTS, WITH_SLIP)
    sheets = 1 + shipment.lines.count() // ROWS_A_SHEET + shipment.kits.count() // CODES_A_SHEET

    def make(told: Told) -> bytes:
        return shipment_slip(shipment, told)

    return Work(sheets, make)


def _back(about: Arguments) -> str:
    return reverse("distribution:shipment_detail", args=[about["shipment"]])


def _named(about: Arguments) -> str:
    """By its number alone, as the shipment itself is called: never who receives it, nor where."""
    number = Shipment.objects.values_list("number", flat=True).get(pk=about["shipment"])
    return f"{gettext('Pick list')} {number}"


PAPERS = {
    PICK_LIST: Paper(_("Pick list of a shipment"), _pick_list, _back, named=_named),
    SLIP: Paper(_("Packing slip"), _slip, _back),  # goes with the boxes
}
