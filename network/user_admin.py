"""Users in the administration: opened without a password, which each person chooses by a link that works once."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.operations import close_account, forget_second_factor, send_password_link
from network.enums import Role
from network.house_admin import HouseAdmin, HouseInline, HouseModelForm, house_of
from network.models import Membership
from network.operations import end_all_memberships
from network.scopes import RoleForm
from web.errors import Refused

MANAGED_ELSEWHERE = gettext_lazy(
    "This person also works for another house or for the whole network: only they can change their account."
)


class RoleFilter(admin.SimpleListFilter):
    """By a role in this house; roles in other houses are not told."""

    title = gettext_lazy("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [choice for choice in Role.choices if choice[0] != Role.NETWORK]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        roles = Membership.objects.filter(user=OuterRef("pk"), house=house_of(request), role=self.value())
        return queryset.filter(Exists(roles)) if self.value() else queryset


class UserForm(HouseModelForm):
    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


class Roles(forms.BaseInlineFormSet):
    """The rows of roles: what is said of an account that has none."""

    default_error_messages = forms.BaseInlineFormSet.default_error_messages | {
        "too_few_forms": gettext_lazy("Give this person a role: without one, nobody may do anything.")
    }


class MembershipInline(HouseInline):
    """Roles in this house. One that exists is read here, and ended on its own page."""

    model = Membership
    form = RoleForm
    formset = Roles
    verbose_name_plural = gettext_lazy("roles in this house")
    fields = ("role", "site", "organisation", "ends_on")
    autocomplete_fields = ("site", "organisation")
    can_delete = False
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request).filter(house=house_of(request))
        return rows.select_related("user", "site", "organisation")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_min_num(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> int:
        return 0 if obj else 1

    def get_formset(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> type:
        return super().get_formset(request, obj, validate_min=obj is None, **kwargs)

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "role":
            kwargs["choices"] = [("", "—"), *(choice for choice in Role.choices if choice[0] != Role.NETWORK)]
        return super().formfield_for_choice_field(db_field, request, **kwargs)


@admin.register(User)
class UserAdmin(HouseAdmin):
    form = UserForm
    exclude = None
    list_display = ("name", "email", "language", "is_active", "last_login")
    list_filter = ("is_active", RoleFilter)
    search_fields = ("name", "email")
    readonly_fields = ("last_login", "date_joined")
    inlines = (MembershipInline,)
    change_form_template = "admin/accounts/user/change_form.html"
    fieldsets = (
        (
            None,
            {
                "fields": ("email", "name", "language"),
                "description": gettext_lazy(
                    "No password is typed here: once the account is saved, a link is made by which the person"
                    " chooses one."
                ),
            },
        ),
        (gettext_lazy("Access"), {"fields": ("is_active", "last_login", "date_joined")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Who has, or had, a role in this house."""
        roles = Membership.objects.filter(user=OuterRef("pk"), house=house_of(request))
        return User.objects.filter(Exists(roles))

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or is_ours_alone(obj, request))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        obj.save()

    def response_add(self, request: HttpRequest, obj: User, post_url_continue: str | None = None) -> HttpResponse:
        return redirect("admin:accounts_user_password_link", obj.pk)

    def get_urls(self) -> list[URLPattern]:
        pages = (
            ("password-link", "password_link", self.password_link),
            ("forget-second-factor", "forget_second_factor", self.forget_second_factor),
            ("close", "close", self.close),
        )
        ours = [
            path(f"<int:pk>/{address}/", self.admin_site.admin_view(view), name=f"accounts_user_{name}")
            for address, name, view in pages
        ]
        return [*ours, *super().get_urls()]

    def password_link(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make a link; it is shown only while the person has no password, so that nobody takes an account over."""
        user = self._find(request, pk)
        link = None
        if request.method == "POST":
            link = send_password_link(user, request)
            self.log_change(request, user, _("A link to choose a password was sent."))
        is_shown = link is not None and not user.has_usable_password()
        context = {"user_": user, "link": link if is_shown else None, "is_sent": link is not None}
        return self._page(request, "password_link", _("Password of %(name)s") % {"name": user}, context)

    def forget_second_factor(self, request: HttpRequest, pk: int) -> HttpResponse:
        done = _("The second factor was forgotten.")
        title = _("Forget the second factor")
        return self._confirmed(request, pk, "forget_second_factor", title, done, forget_second_factor)

    def close(self, request: HttpRequest, pk: int) -> HttpResponse:
        def close(user: User) -> None:
            end_all_memberships(user=user, actor=request.user)
            close_account(user)

        return self._confirmed(request, pk, "close", _("Close the account"), _("The account was closed."), close)

    def _confirmed(
        self, request: HttpRequest, pk: int, template: str, title: str, done: str, work: Callable[[User], None]
    ) -> HttpResponse:
        user = self._find(request, pk)
        if request.method == "POST":
            try:
                work(user)
            except Refused as refused:
                messages.error(request, str(refused))
            else:
                self.log_change(request, user, done)
                messages.success(request, done)
                return redirect("admin:accounts_user_change", user.pk)
        return self._page(request, template, title, {"user_": user, "subtitle": user})

    def _find(self, request: HttpRequest, pk: int) -> User:
        user = self.get_object(request, str(pk))
        if user is None:
            raise Http404
        if not self.has_change_permission(request, user):
            raise PermissionDenied(MANAGED_ELSEWHERE)
        return user

    def _page(self, request: HttpRequest, name: str, title: str, context: dict[str, Any]) -> HttpResponse:
        base = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        back = reverse("admin:accounts_user_change", args=[context["user_"].pk])
        answer = TemplateResponse(request, f"admin/accounts/user/{name}.html", {**base, **context, "back_url": back})
        answer["Cache-Control"] = "no-store"
        return answer


def is_ours_alone(user: User, request: HttpRequest) -> bool:
    """Whether no other house and not the network depends on this account: else its administrator could take it over."""
    return not user.is_superuser and not user.memberships.exclude(house=house_of(request)).exists()
