"""The catalogue in the administration, to be changed; the ledger, to be read: there is no way around its operations."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from stdnum import ean

from network.house_admin import HistoryAdmin, HouseAdmin, HouseInline, HouseModelForm, ReadOnlyAdmin, ReadOnlyInline
from stock import registry
from stock.enums import INTERNAL_KINDS, Category, OperationKind
from stock.formula import names_formula
from stock.models import Balance, Conflict, Gtin, Item, Lot, Movement, Operation, Place, Reservation
from web.exports import csv_response
from web.lists import CappedPages


class GtinForm(HouseModelForm):
    def clean_code(self) -> str:
        digits = self.cleaned_data["code"].replace(" ", "")
        if not digits.isdecimal() or not ean.is_valid(digits.lstrip("0").zfill(13)):
            raise ValidationError(_("This is not a GTIN: read the digits under the bars again."))
        return digits.zfill(14)


class GtinInline(HouseInline):
    model = Gtin
    form = GtinForm


class ItemForm(HouseModelForm):
    class Meta:
        help_texts = {"name_en": _("Shown to who reads kitdrive in English; empty, the French name is shown.")}

    def clean_category(self) -> str:
        if self.cleaned_data["category"] == Category.KIT:
            raise ValidationError(_("Kits come from templates: publish a version, and its article appears by itself."))
        return self.cleaned_data["category"]

    def clean(self) -> dict[str, Any]:
        """Mark what is named like infant formula as it, ticked or not."""
        cleaned = super().clean() or self.cleaned_data
        if names_formula(cleaned.get("name", ""), cleaned.get("name_en", "")):
            cleaned["is_formula"] = self.instance.is_formula = True
        return cleaned


@admin.action(description=_("Take the selected articles out as CSV"))
def export(modeladmin: HouseAdmin, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
    columns = [
        (_("Name in French"), "name"),
        (_("Name in English"), "name_en"),
        (_("Size"), "size"),
        (_("Category"), lambda item: item.get_category_display()),
        (_("Unit"), lambda item: item.get_unit_display()),
        (_("Weight in grams"), "grams"),
        (_("Printed date"), lambda item: item.get_date_rule_display()),
        (_("Infant formula"), "is_formula"),
        (_("In use"), "is_active"),
    ]
    return csv_response(_("articles"), columns, queryset)


@admin.register(Item)
class ItemAdmin(HistoryAdmin):
    form = ItemForm
    list_display = ("name", "size", "category", "grams", "date_rule", "is_active")
    list_filter = ("category", "date_rule", "is_formula", "is_active")
    search_fields = ("name", "name_en", "size", "gtins__code")
    inlines = (GtinInline,)
    actions = (export,)
    fieldsets = (
        (None, {"fields": (("name", "name_en"), "size", "category", "unit", "is_active")}),
        (_("Weight"), {"fields": (("grams", "is_weight_assumed"),)}),
        (
            _("Rules"),
            {
                "fields": ("date_rule", "is_formula"),
                "description": _(
                    "An article that is infant formula, a bottle or a teat says so from the start. One that was opened"
                    " without it is taken out of use, and opened again."
                ),
            },
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Item | None = None) -> tuple[str, ...]:
        return ("category", "is_formula") if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: Item | None = None) -> bool:
        """Leave the article of a kit to the template whose kits it counts."""
        return super().has_change_permission(request, obj) and not (obj and obj.is_kit)

    def has_delete_permission(self, request: HttpRequest, obj: Item | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.is_kit)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Offer to a line of a kit only what may go into one."""
        if request.GET.get("model_name") == "accepteditem":
            queryset = queryset.filter(is_formula=False).exclude(category=Category.KIT)
        return super().get_search_results(request, queryset, search_term)


class PlaceForm(HouseModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "kind" in self.fields:
            self.fields["kind"].choices = [("", "—"), *((kind.value, kind.label) for kind in INTERNAL_KINDS)]


@admin.register(Place)
class PlaceAdmin(HistoryAdmin):
    form = PlaceForm
    list_display = ("name", "kind", "site", "is_active")
    list_filter = ("kind", "is_active")
    list_select_related = ("site",)
    search_fields = ("name", "site__name")
    autocomplete_fields = ("site",)
    fields = ("site", "kind", "name", "is_active")

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """Leave it to the page of the place to close it: what lies there is asked about first."""
        return ("site", "kind", "is_active") if obj else ("is_active",)

    def has_change_permission(self, request: HttpRequest, obj: Place | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.is_internal)

    def has_delete_permission(self, request: HttpRequest, obj: Place | None = None) -> bool:
        return False


class BalanceInline(ReadOnlyInline):
    model = Balance
    fields = ("place", "on_hand", "reserved")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("lot__item", "place__site")


@admin.register(Lot)
class LotAdmin(ReadOnlyAdmin):
    show_full_result_count = False
    ordering = ("-pk",)  # by article and date they would all be sorted, to show fifty
    list_display = ("item", "number", "best_before", "donor", "block")
    list_filter = ("block", "best_before", "item__category")
    list_select_related = ("item", "donor")
    search_fields = ("number", "item__name")
    exclude = ("house", "identity")
    inlines = (BalanceInline,)


class MovementInline(ReadOnlyInline):
    model = Movement
    fields = ("lot", "quantity", "source", "target", "grams")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("lot__item", "source__site", "target__site")


class NumberedAdmin(ReadOnlyAdmin):
    """Rows that are operations, or lead to one: all numbers of a page are read at once."""

    def operation_of(self, row: Any) -> Operation:
        return row.operation

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changes = super().get_changelist_instance(request)
        registry.give_numbers(map(self.operation_of, changes.result_list))
        return changes


@admin.register(Operation)
class OperationAdmin(NumberedAdmin):
    """The journal. Handovers are not in it one by one."""

    list_display = ("__str__", "kind", "happened_at", "recorded_by", "reason")
    list_filter = ("kind", "happened_at", "reason")
    list_select_related = ("actor", "device")
    search_fields = ("=id", "actor__name", "device__name")
    show_full_result_count = False
    paginator = CappedPages
    list_per_page = 25
    inlines = (MovementInline,)

    def operation_of(self, row: Any) -> Operation:
        return row

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).without_handovers()


class WithoutHandovers(NumberedAdmin):
    """Rows that belong to an operation, without those of handovers. `operation_path` leads to the operation."""

    operation_path = "operation"
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        for path in (self.operation_path, f"{self.operation_path}__reverses"):
            rows = rows.exclude(**{f"{path}__kind": OperationKind.HAND_OVER})
        return rows


@admin.register(Movement)
class MovementAdmin(WithoutHandovers):
    house_path = "operation__house"
    ordering = ("operation", "-pk")  # the latest first, in the order of the journal's index
    paginator = CappedPages
    list_display = ("at", "quantity", "lot", "source", "target", "operation")
    list_select_related = ("lot__item", "source__site", "target__site", "operation")
    list_filter = ("operation__kind",)
    search_fields = ("lot__item__name", "lot__number")


@admin.register(Balance)
class BalanceAdmin(ReadOnlyAdmin):
    house_path = "place__house"
    show_full_result_count = False
    ordering = ("-pk",)  # by place and article they would all be sorted, to show fifty
    list_display = ("lot", "place", "on_hand", "reserved")
    list_select_related = ("lot__item", "place__site")
    list_filter = ("place__kind",)
    search_fields = ("lot__item__name", "lot__number", "place__name", "place__site__name")


@admin.register(Reservation)
class ReservationAdmin(WithoutHandovers):
    house_path = "holder__house"
    operation_path = "holder"
    list_display = ("balance", "quantity", "holder")
    list_select_related = ("balance__lot__item", "balance__place__site", "holder")
    search_fields = ("balance__lot__item__name",)

    def operation_of(self, row: Any) -> Operation:
        return row.holder


@admin.register(Conflict)
class ConflictAdmin(WithoutHandovers):
    list_display = ("operation", "day", "recorded_by", "is_settled")
    list_select_related = ("operation", "actor", "device")
    list_filter = ("is_settled",)
    search_fields = ("=operation__id",)
    exclude = ("house", "digest")
