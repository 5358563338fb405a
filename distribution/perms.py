"""Who may do what with shipments and handovers. Which rows they see is said by the querysets."""

from distribution.enums import AcknowledgedBy, ShipmentState
from distribution.models import Shipment
from network.acting import Acting
from network.enums import Role
from network.perms import COORDINATES, HANDLES_GOODS, HANDS_OVER

__all__ = ["COORDINATES", "HANDLES_GOODS", "HANDS_OVER", "READS_SHIPMENTS", "way_to_acknowledge"]

READS_SHIPMENTS = (Role.COORDINATOR, Role.DISTRIBUTOR, Role.PARTNER, Role.REFERRER)


def way_to_acknowledge(acting: Acting, shipment: Shipment) -> AcknowledgedBy | None:
    """How they may say what arrived: signed in for the organisation, from its paper for the house, or not at all."""
    if shipment.state != ShipmentState.HANDED_OVER:
        return None
    if shipment.organisation_id in acting.organisation_ids:
        return AcknowledgedBy.LOGIN
    return AcknowledgedBy.PAPER if acting.has_role(Role.COORDINATOR) else None
