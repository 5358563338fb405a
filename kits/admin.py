"""Templates in the administration: drafts to be changed, published versions to be read, as is all that was packed."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Field, Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kits.models import (
    AcceptedItem,
    AssemblySession,
    Kit,
    KitLine,
    KitTemplate,
    Pack,
    PlannedMix,
    Target,
    TemplateVersion,
)
from kits.templates import create_template, rename_template
from network.house_admin import (
    HistoryAdmin,
    HouseAdmin,
    HouseInline,
    HouseModelForm,
    HouseTable,
    ReadOnlyAdmin,
    ReadOnlyInline,
    house_of,
)
from stock.admin import NumberedAdmin
from stock.models import Item

DRAFTS_ONLY = _("A published version never changes again. To change what a kit holds, open a new version in kitdrive.")


def is_draft(row: Model | None) -> bool:
    """Whether what belongs to `row`, a version, a line or an accepted article, may still change."""
    line = getattr(row, "line", row)
    version = getattr(line, "version", line)
    return version is None or version.published_on is None


class DraftsOnly:
    """A row of a version: it can be changed while the version is a draft."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_add_permission(request, obj) and is_draft(obj)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_change_permission(request, obj) and is_draft(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_delete_permission(request, obj) and is_draft(obj)

    def formfield_for_foreignkey(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "version":
            kwargs["queryset"] = self.choices(TemplateVersion, request).filter(published_on=None)
        if db_field.name == "line":
            kwargs["queryset"] = self.choices(KitLine, request).filter(version__published_on=None)
        if db_field.name == "item":
            kwargs["queryset"] = self.choices(Item, request).allowed_in_kits()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(KitTemplate)
class KitTemplateAdmin(HistoryAdmin):
    list_display = ("name", "kind", "is_active")
    list_filter = ("kind", "is_active")
    search_fields = ("name", "name_en")
    fields = (("name", "name_en"), "kind", "is_active")

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return ("kind",) if obj else ("is_active",)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: KitTemplate, form: ModelForm, change: bool) -> None:
        if change:
            said = {"name": obj.name, "name_en": obj.name_en, "is_active": obj.is_active}
            rename_template(template=obj, actor=request.user, **said)
        else:
            obj.pk = create_template(house=house_of(request), actor=request.user, **form.cleaned_data).pk


class KitLineInline(DraftsOnly, HouseTable):
    model = KitLine
    fields = ("position", "quantity", "is_optional", "note")
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("version__template")


@admin.register(TemplateVersion)
class TemplateVersionAdmin(HistoryAdmin):
    """Drafts and published versions; opened and published in kitdrive, where their rules are kept."""

    house_path = "template__house"
    list_display = ("template", "number", "published_on")
    list_filter = ("template__kind", ("published_on", admin.EmptyFieldListFilter))
    list_select_related = ("template",)
    search_fields = ("template__name", "template__name_en")
    readonly_fields = ("template", "number", "parts", "item", "published_on")
    fieldsets = ((None, {"fields": readonly_fields, "description": DRAFTS_ONLY}),)
    inlines = (KitLineInline,)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_change_permission(request, obj) and is_draft(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class AcceptedItemForm(HouseModelForm):
    def clean_item(self) -> Item:
        item = self.cleaned_data["item"]
        if item.is_formula or item.is_kit:
            raise ValidationError(_("%(item)s never goes into a kit.") % {"item": item})
        return item


class AcceptedItemInline(DraftsOnly, HouseInline):
    model = AcceptedItem
    form = AcceptedItemForm
    autocomplete_fields = ("item",)
    fields = ("position", "item")


@admin.register(KitLine)
class KitLineAdmin(DraftsOnly, HouseAdmin):
    house_path = "version__template__house"
    list_display = ("version", "position", "quantity", "is_optional", "note")
    list_filter = ("version__template",)
    list_select_related = ("version__template",)
    search_fields = ("version__template__name", "note")
    autocomplete_fields = ("version",)
    inlines = (AcceptedItemInline,)


@admin.register(AcceptedItem)
class AcceptedItemAdmin(DraftsOnly, HouseAdmin):
    house_path = "line__version__template__house"
    form = AcceptedItemForm
    list_display = ("item", "line", "position")
    list_select_related = ("item", "line__version__template")
    search_fields = ("item__name", "line__version__template__name")
    autocomplete_fields = ("line", "item")


@admin.register(Target)
class TargetAdmin(HistoryAdmin):
    house_path = "drive__house"
    list_display = ("drive", "template", "quantity", "priority")
    list_filter = ("drive",)
    list_select_related = ("drive", "template")
    search_fields = ("drive__name", "template__name")
    autocomplete_fields = ("drive", "template")


class PlannedMixInline(ReadOnlyInline):
    model = PlannedMix
    fields = ("version", "quantity")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("version__template")


@admin.register(AssemblySession)
class AssemblySessionAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ("name", "drive", "place", "starts_at", "state")
    list_filter = ("state", "drive")
    list_select_related = ("drive", "place__site")
    search_fields = ("name", "drive__name")
    date_hierarchy = "starts_at"
    inlines = (PlannedMixInline,)


@admin.register(Pack)
class PackAdmin(NumberedAdmin):
    list_display = ("version", "quantity", "drive", "session", "operation")
    list_filter = ("drive",)
    list_select_related = ("version__template", "drive", "session", "operation")
    search_fields = ("version__template__name", "session__name")


@admin.register(Kit)
class KitAdmin(ReadOnlyAdmin):
    """Parcels that are here. One that has left shows nothing: its code leads to nobody."""

    list_display = ("code", "lot", "place", "state")
    list_filter = ("state", "place")
    list_select_related = ("lot__item", "place__site")
    search_fields = ("lot__item__name",)
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).in_place()
