"""Shipments in the administration, to be read. Handovers, and which parcel left with which shipment, are not here."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from distribution.models import Shipment, ShipmentLine
from network.house_admin import ReadOnlyAdmin, ReadOnlyInline


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
