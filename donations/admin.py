"""Drives and pledges in the administration, to be changed; donations and purchases, to be read."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from donations.models import Donation, DonationLine, Drive, Pledge, Purchase, PurchaseLine
from network.house_admin import HistoryAdmin, ReadOnlyAdmin, ReadOnlyInline


@admin.register(Drive)
class DriveAdmin(HistoryAdmin):
    list_display = ("name", "starts_on", "ends_on")
    search_fields = ("name", "name_en")
    date_hierarchy = "starts_on"
    autocomplete_fields = ("sites",)
    fields = (("name", "name_en"), ("starts_on", "ends_on"), "sites", "public_text", "public_text_en")


@admin.register(Pledge)
class PledgeAdmin(ReadOnlyAdmin):
    """Read here: the page of pledges keeps them, with what has arrived."""

    house_path = "drive__house"
    list_display = ("partner", "item", "quantity", "due_on", "drive", "is_cancelled")
    list_filter = ("is_cancelled",)
    list_select_related = ("partner", "item", "drive")
    search_fields = ("partner__name", "item__name")
    date_hierarchy = "due_on"
    exclude = ()


class DonationLineInline(ReadOnlyInline):
    model = DonationLine
    fields = ("item", "lot", "quantity", "grams", "condition", "pledge")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("item", "lot__item", "pledge__partner", "pledge__item")


@admin.register(Donation)
class DonationAdmin(ReadOnlyAdmin):
    list_display = ("received_on", "donor_kind", "partner", "drive", "place")
    list_filter = ("donor_kind", "drive")
    list_select_related = ("partner", "drive", "place__site")
    search_fields = ("partner__name", "drive__name")
    date_hierarchy = "received_on"
    inlines = (DonationLineInline,)


class PurchaseLineInline(ReadOnlyInline):
    model = PurchaseLine
    fields = ("item", "lot", "quantity", "grams")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("item", "lot__item")


@admin.register(Purchase)
class PurchaseAdmin(ReadOnlyAdmin):
    list_display = ("bought_on", "supplier", "cost", "funder", "drive")
    list_select_related = ("funder", "drive")
    search_fields = ("supplier", "funder__name")
    date_hierarchy = "bought_on"
    inlines = (PurchaseLineInline,)
    exclude = ("house", "picture", "picture_by")
