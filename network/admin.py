"""Houses, sites, organisations and roles in the administration; users are in network/user_admin.py."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from network.confidential import wrong_in_organisation, wrong_in_site
from network.enums import Role
from network.house_admin import HistoryAdmin, HouseAdmin, HouseInline, HouseModelForm, ReadOnlyAdmin, house_of
from network.models import Department, Device, House, Membership, OpeningHours, Organisation, Region, Site
from network.operations import add_organisation, change_organisation, change_site, open_site, refuse_last_administrator
from network.scopes import RoleForm
from network.user_admin import UserAdmin
from web.errors import Refused
from web.exports import csv_response

__all__ = ["UserAdmin"]

CONFIDENTIAL_HELP = _(
    "A confidential place is a pseudonym, a region, a relay point and a relay mailbox. To make a place confidential"
    " that was open before, use “Make it confidential” on its page in kitdrive: it erases the rest."
)


@admin.register(House)
class HouseSettingsAdmin(HistoryAdmin):
    house_path = "pk"
    exclude = None
    list_display = ("name", "minimum_life_days", "handover_months")
    search_fields = ("name",)
    fieldsets = (
        (None, {"fields": ("name", "minimum_life_days", "handover_months")}),
        (
            _("On papers for donors"),
            {"fields": ("legal_name", "purpose", "seat_address", "siren", "decree_number", "decree_on")},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return House.objects.filter(pk=getattr(house_of(request), "pk", None))

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ReferenceAdmin(ReadOnlyAdmin):
    """Facts that belong to no house: looked up, never changed."""

    house_path = ""
    exclude = None
    search_fields = ("code", "name")


@admin.register(Region)
class RegionAdmin(ReferenceAdmin):
    list_display = ("name", "code")


@admin.register(Department)
class DepartmentAdmin(ReferenceAdmin):
    list_display = ("code", "name", "region")
    list_filter = ("region",)


class PlaceForm(HouseModelForm):
    """The rules of confidential places, as sentences at the fields."""

    wrong: Any

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, sentence in type(self).wrong({"is_confidential": self.instance.is_confidential, **cleaned}).items():
            self.add_error(name if name in self.fields else None, sentence)
        return cleaned


class SiteForm(PlaceForm):
    wrong = staticmethod(wrong_in_site)

    def clean(self) -> dict[str, Any]:
        """What shuts tablets out is done on the site's own page, which says which."""
        cleaned = super().clean()
        if self.instance.pk and not cleaned.get("is_active", True):
            working = Device.objects.filter(site=self.instance).at_work()
            if working:
                sentence = ngettext(
                    "A tablet or a phone works there: %(devices)s. Close it on its page, under House, Sites.",
                    "Tablets or phones work there: %(devices)s. Close it on its page, under House, Sites.",
                    len(working),
                )
                self.add_error("is_active", sentence % {"devices": ", ".join(map(str, working))})
        return cleaned


class OrganisationForm(PlaceForm):
    wrong = staticmethod(wrong_in_organisation)


class PlaceAdmin(HistoryAdmin):
    """Sites and organisations: a row that exists becomes confidential on its own page only."""

    search_fields = ("name", "city")
    list_filter = ("kind", "is_confidential", "is_active")

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return ("is_confidential",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Take out of use instead: a page of deletion lists what is attached, handovers too."""
        return False


class OpeningHoursInline(HouseInline):
    model = OpeningHours
    exclude = None


@admin.register(Site)
class SiteAdmin(PlaceAdmin):
    form = SiteForm
    list_display = ("name", "kind", "city", "is_confidential", "is_active")
    list_select_related = ("department",)
    autocomplete_fields = ("department", "relay")
    inlines = (OpeningHoursInline,)
    fieldsets = (
        (None, {"fields": ("name", "kind", "is_active")}),
        (_("Where it is"), {"fields": ("address", "city", "department", "are_hours_public")}),
        (_("Confidential place"), {"fields": ("is_confidential", "relay"), "description": CONFIDENTIAL_HELP}),
    )

    def save_model(self, request: HttpRequest, obj: Site, form: forms.ModelForm, change: bool) -> None:
        if change:
            change_site(site=obj, actor=request.user, **form.cleaned_data)
        else:
            obj.pk = open_site(house=house_of(request), actor=request.user, **form.cleaned_data).pk


@admin.action(description=_("Take the selected organisations out as CSV"))
def export(modeladmin: HouseAdmin, request: HttpRequest, queryset: Any) -> Any:
    columns = [
        (_("Name"), "name"),
        (_("Kind"), lambda organisation: organisation.get_kind_display()),
        (_("Department"), "department"),
        (_("City"), "city"),
        (_("Confidential place"), "is_confidential"),
    ]
    return csv_response(_("organisations"), columns, queryset.select_related("department"))


@admin.register(Organisation)
class OrganisationAdmin(PlaceAdmin):
    form = OrganisationForm
    list_display = ("name", "kind", "department", "is_confidential", "is_active")
    list_select_related = ("department",)
    autocomplete_fields = ("department", "region", "relay")
    actions = (export,)
    fieldsets = (
        (None, {"fields": ("name", "kind", "is_active")}),
        (_("Where it is"), {"fields": ("address", "city", "department", "contact_email", "siren")}),
        (
            _("Confidential place"),
            {"fields": ("is_confidential", "region", "relay", "relay_email"), "description": CONFIDENTIAL_HELP},
        ),
    )

    def save_model(self, request: HttpRequest, obj: Organisation, form: forms.ModelForm, change: bool) -> None:
        details = form.cleaned_data
        if change:
            change_organisation(organisation=obj, actor=request.user, **details)
        else:
            obj.pk = add_organisation(house=house_of(request), actor=request.user, **details).pk


class MembershipForm(RoleForm):
    """A role for somebody who has an account, in this house or elsewhere: named by the address they sign in with."""

    email = forms.EmailField(label=_("E-mail address"), help_text=_("Of a person who has an account already."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "role" in self.fields:
            self.fields["role"].choices = [choice for choice in Role.choices if choice[0] != Role.NETWORK]
        if not self.instance._state.adding:
            del self.fields["email"]

    def clean_email(self) -> str:
        person = User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()
        if person is None:
            raise forms.ValidationError(_("Nobody signs in with this address yet. Open an account under “Users”."))
        self.instance.user = person
        return self.cleaned_data["email"]

    def clean_ends_on(self) -> Any:
        day = self.cleaned_data["ends_on"]
        if day and day < timezone.localdate() and self.instance.pk:
            try:
                refuse_last_administrator(self.instance)
            except Refused as refused:
                raise forms.ValidationError(str(refused)) from refused
        return day

    def _get_validation_exclusions(self) -> set[str]:
        """The person is checked as well, once the address names one; until then the address says what is wrong."""
        excluded = super()._get_validation_exclusions()
        return excluded - {"user"} if self.instance.user_id else excluded | {"user"}


@admin.register(Membership)
class MembershipAdmin(HistoryAdmin):
    form = MembershipForm
    list_display = ("user", "role", "site", "organisation", "ends_on")
    list_filter = ("role",)
    list_select_related = ("user", "site", "organisation")
    search_fields = ("user__name", "user__email", "organisation__name")
    autocomplete_fields = ("site", "organisation")
    fieldsets = (
        (
            None,
            {
                "fields": ("email", "role", "site", "organisation", "ends_on"),
                "description": _(
                    "A distributor needs a site; a partner or a referring structure needs an organisation; a volunteer"
                    " may be kept to a site. To take a role away, give it a last day."
                ),
            },
        ),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        if obj is None:
            return self.fieldsets
        return ((None, {"fields": ("user", "role", "site", "organisation", "ends_on")}),)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return ("user", "role", "site", "organisation") if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
