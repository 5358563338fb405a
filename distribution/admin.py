"""Shipments in the administration, to be read. Handovers, and which parcel left with which shipment, are not here."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from distribution.models import Shipment, ShipmentLine
from network.house_admin import ReadOnlyAdmin, ReadOnlyInline
from stock import registry


class ShipmentLineInline(ReadOnlyInline):
    model = ShipmentLine
    fields = ("item", "quantity", "arrived")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("item")


@admin.register(Shipment)
class ShipmentAdmin(ReadOnlyAdmin):
    list_display = ("number", "organisation", "planned_on", "mode", "state")
    list_filter = ("state", "mode")
    list_select_related = ("organisation",)
    search_fields = ("=number", "organisation__name")
    date_hierarchy = "planned_on"
    inlines = (ShipmentLineInline,)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """With its steps, whose numbers are read in one statement."""
        shipment = super().get_object(request, object_id, from_field)
        if shipment:
            steps = (shipment.packing, shipment.leaving, shipment.acknowledgement)
            registry.give_numbers([step for step in steps if step])
        return shipment
