"""Shipments and handovers, and who may see them."""

from typing import TYPE_CHECKING, Self

from django.db.models import Q
from django.utils import timezone

from distribution.enums import ShipmentState
from network.enums import Role
from network.querysets import HouseQuerySet

if TYPE_CHECKING:
    from network.acting import Acting

SEEN_OUTSIDE = (ShipmentState.HANDED_OVER, ShipmentState.ACKNOWLEDGED)


class ShipmentQuerySet(HouseQuerySet):
    def visible_to(self, acting: "Acting") -> Self:
        """Coordinators see their house's, distributors what leaves their site, an organisation what left for it."""
        if acting.house is None:
            return self.none()
        shipments = self.filter(house=acting.house)
        if acting.has_role(Role.COORDINATOR):
            return shipments
        seen = Q(organisation__in=acting.organisation_ids, state__in=SEEN_OUTSIDE)
        return shipments.filter(seen | Q(place__site__in=acting.handover_site_ids))


class HandoverQuerySet(HouseQuerySet):
    def visible_to(self, acting: "Acting") -> Self:
        """A distributor sees today's handovers of her sites; a coordinator her house's. Nobody else sees any."""
        if acting.house is None:
            return self.none()
        handovers = self.filter(house=acting.house)
        if acting.has_role(Role.COORDINATOR):
            return handovers
        return handovers.filter(site__in=acting.handover_site_ids, day=timezone.localdate())

    def standing(self) -> Self:
        """Without those that were undone."""
        return self.filter(operation__reversed_by=None)
