"""Shipments and handovers, and who may see them."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from distribution.enums import ShipmentState
from network.enums import Role
from network.querysets import HouseQuerySet
from stock.querysets import stands

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

    def for_display(self) -> Self:
        """With its organisation and relay point, its place, `pieces`, the sum of its lines, and whether what arrived
        `differs`.
        """
        from distribution.models import ShipmentLine

        arrived = ShipmentLine.objects.filter(shipment=OuterRef("pk"), arrived__isnull=False)
        differs = Exists(arrived.exclude(arrived=F("quantity")))
        lines = ShipmentLine.objects.filter(shipment=OuterRef("pk")).order_by().values("shipment")
        pieces = Coalesce(Subquery(lines.annotate(sum=Sum("quantity")).values("sum")), 0)
        loaded = self.select_related("house", "organisation__relay", "place__site", "drive")
        return loaded.annotate(pieces=pieces, differs=differs)


class HandoverQuerySet(HouseQuerySet):
    def visible_to(self, acting: "Acting") -> Self:
        """A distributor sees today's handovers of her sites; a coordinator her house's. Nobody else sees any."""
        if acting.house is None:
            return self.none()
        handovers = self.filter(house=acting.house)
        if acting.has_role(Role.COORDINATOR):
            return handovers
        return handovers.filter(site__in=acting.handover_site_ids, day=timezone.localdate())

    def of_day(self, day: date) -> Self:
        return self.filter(day=day)

    def for_display(self) -> Self:
        """With the structure, the site and whether it was undone; in no order that tells who came first."""
        return self.select_related("structure", "site", "operation__reversed_by", "undo").order_by("pk")

    def standing(self) -> Self:
        """Without those that were undone."""
        return self.filter(stands())
