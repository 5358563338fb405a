"""The administration of one house: what every page of it has in common.

Rows, choices and searches are those of the house that the administrator acts for; what belongs to another is not
found. Whoever administers a house may do everything there that a page offers; Django's own permissions are not used.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import get_fields_from_path
from django.core.exceptions import PermissionDenied
from django.db.models import Field, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin

from network.enums import Role
from network.models import House


def administers(request: HttpRequest) -> bool:
    return request.user.is_active and request.acting.has_role(Role.ADMIN)


def house_of(request: HttpRequest) -> House:
    return request.acting.house


class HouseModelForm(forms.ModelForm):
    """A form of a row of a house: the house is set, never asked, and the constraints that name it are checked."""

    house: House

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.has_house and self.instance._state.adding:
            self.instance.house_id = self.house.pk

    @property
    def has_house(self) -> bool:
        return any(field.name == "house" for field in self._meta.model._meta.fields)

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {"house"}


class _Scoped:
    """Permissions and choices, for pages and for the rows inside them."""

    admin_site: admin.AdminSite
    form = HouseModelForm
    exclude: tuple[str, ...] | None = ("house",)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return administers(request)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return administers(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return administers(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return administers(request)

    def formfield_for_foreignkey(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("queryset", self.choices(db_field.related_model, request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("queryset", self.choices(db_field.related_model, request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def choices(self, model: type[Model], request: HttpRequest) -> QuerySet:
        """The rows of `model` that a form may offer: those that its own page shows; of a model without a page, none."""
        page = self.admin_site._registry.get(model)
        return page.get_queryset(request) if page else model._default_manager.none()


class HouseAdmin(_Scoped, admin.ModelAdmin):
    """A page of the administration. `house_path` leads from a row to its house, as a lookup."""

    house_path = "house"
    list_per_page = 50
    view_on_site = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return administers(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        return rows.filter(**{self.house_path: house_of(request)}) if self.house_path else rows

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Narrow a list by its filters and by plain fields alone; never by a password, nor by what names the row.

        Django lets an address ask for the hash of a password letter by letter, and whether handovers name a row.
        """
        first = lookup.split("__")[0]
        fields = {field.name for field in self.opts.concrete_fields} - {"password"}
        is_filter = any(lookup == name or lookup.startswith(f"{name}__") for name in map(_asks_for, self.list_filter))
        return (first in fields or is_filter) and super().lookup_allowed(lookup, value, request)

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """Filters by a relation offer what this house's rows name, and nothing of another's."""
        entries = super().get_list_filter(request)
        return [
            (entry, admin.RelatedOnlyFieldListFilter) if isinstance(entry, str) and self._is_relation(entry) else entry
            for entry in entries
        ]

    def _is_relation(self, path: str) -> bool:
        return bool(get_fields_from_path(self.model, path)[-1].is_relation)

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        raise Http404

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """A list is called by what it lists: Django's “Select … to change” is no name."""
        title = capfirst(str(self.opts.verbose_name_plural))
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Django's titles join a preposition to the name of the row, which in French asks for its article."""
        if kwargs.get("add"):
            title = _("Add: %(kind)s")
        elif self.has_change_permission(request, kwargs.get("obj")):
            title = _("Change: %(kind)s")
        else:
            title = _("%(kind)s, to be read")
        context["title"] = capfirst(title % {"kind": self.opts.verbose_name})
        return super().render_change_form(request, context, *args, **kwargs)

    def get_form(self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any) -> type:
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"house": house_of(request)})


def _asks_for(list_filter: Any) -> str:
    """What a filter is called in the address of a list."""
    return list_filter[0] if isinstance(list_filter, tuple) else getattr(list_filter, "parameter_name", list_filter)


class ReadOnlyAdmin(HouseAdmin):
    """What is looked at and never changed here: the ledger allows no way around its operations."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class HistoryAdmin(HouseAdmin, SimpleHistoryAdmin):
    """A page whose rows keep their former versions, to be read and not restored."""

    object_history_list_template = "admin/_history.html"

    def has_view_history_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return administers(request)

    def has_change_history_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def history_view_title(self, request: HttpRequest, obj: Model | None) -> str:
        return _("History of %(row)s") % {"row": obj}

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        self._find(request, object_id)
        return super().history_view(request, object_id, extra_context)

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        self._find(request, object_id)
        if request.method != "GET":
            raise PermissionDenied
        return super().history_form_view(request, object_id, version_id, extra_context)

    def _find(self, request: HttpRequest, object_id: str) -> None:
        """Raise Http404 for the history of another house's row, which the library would show."""
        if self.get_object(request, object_id) is None:
            raise Http404


class _Rows(_Scoped):
    """Rows inside a page."""

    extra = 0

    def get_formset(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> type:
        formset = super().get_formset(request, obj, **kwargs)
        formset.form = type(formset.form.__name__, (formset.form,), {"house": house_of(request)})
        return formset


class HouseInline(_Rows, admin.StackedInline):
    """Rows to fill in: each field has its label beside it, which Django's tables leave out."""


class HouseTable(_Rows, admin.TabularInline):
    """Many short rows to fill in: a table, in which each field says its name to who does not see its column's head."""

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            field.widget.attrs["aria-label"] = capfirst(field.label)
        return field

    def get_formset(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> type:
        formset = super().get_formset(request, obj, **kwargs)
        formset.deletion_widget = forms.CheckboxInput(attrs={"aria-label": _("Delete")})
        return formset


class ReadOnlyInline(_Rows, admin.TabularInline):
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
