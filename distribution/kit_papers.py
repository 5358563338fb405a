"""Of which shipments the labels and slips of their kits are printed, and why not of the others."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from distribution.enums import ShipmentState
from distribution.models import Shipment

NOT_THEN = {
    ShipmentState.DRAFT: _("No kit is kept for it yet. Pack the shipment, and its labels and slips can be printed."),
    ShipmentState.HANDED_OVER: _("Its kits have left with their labels and slips: there is nothing to print again."),
    ShipmentState.ACKNOWLEDGED: _("It has arrived. Which kits these were is forgotten: nothing is printed for them."),
    ShipmentState.CANCELLED: _("It was given up: its kits are on the shelf, where their labels and slips are printed."),
}
NO_KIT = _("There is no kit in it: only kits have labels and slips.")


def why_no_kit_papers(shipment: Shipment) -> str | Promise | None:
    """Why nothing is printed for the kits of a shipment; None while they are packed and not gone."""
    if shipment.state != ShipmentState.PACKED:
        return NOT_THEN[ShipmentState(shipment.state)]
    return None if shipment.kits.exists() else NO_KIT
