"""Drives and pledges in the administration, to be changed; donations and purchases, to be read."""

from typing import cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from donations.models import Donation, DonationLine, Drive, Pledge, Purchase, PurchaseLine
from donations.publishing import proposed_slug, publish_drive, unpublish_drive
from network.house_admin import HistoryAdmin, ReadOnlyAdmin, ReadOnlyInline
from web.errors import Refused


@admin.register(Drive)
class DriveAdmin(HistoryAdmin):
    list_display = ("name", "starts_on", "ends_on", "is_public")
    list_filter = ("is_public",)
    search_fields = ("name", "name_en")
    date_hierarchy = "starts_on"
    autocomplete_fields = ("sites",)
    readonly_fields = ("is_public", "slug")
    fields = (("name", "name_en"), ("starts_on", "ends_on"), "sites", "public_text", "public_text_en", readonly_fields)
    actions = ("publish", "take_back")

    def get_readonly_fields(self, request: HttpRequest, obj: Drive | None = None) -> tuple[str, ...]:
        """The days and the points of one that is there are changed on its page, which sees to its tablets."""
        return (*self.readonly_fields, "starts_on", "ends_on", "sites") if obj else self.readonly_fields

    @admin.action(description=_("Publish their pages"), permissions=["change"])
    def publish(self, request: HttpRequest, drives: QuerySet[Drive]) -> None:
        for drive in drives:
            try:
                publish_drive(drive=drive, slug=proposed_slug(drive), actor=cast(User, request.user))
            except Refused as refused:
                self.message_user(request, f"{drive}: {refused}", messages.ERROR)

    @admin.action(description=_("Take their public pages back"), permissions=["change"])
    def take_back(self, request: HttpRequest, drives: QuerySet[Drive]) -> None:
        for drive in drives:
            unpublish_drive(drive=drive, actor=cast(User, request.user))


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
    list_filter = ("donor_kind", "received_on")
    list_select_related = ("partner", "drive", "place__site")
    search_fields = ("partner__name", "drive__name")
    exclude = ("house", "picture", "picture_by")
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
