"""The administration: for administrators of a house, who sign in by the same page and second factor as everybody."""

from typing import Any

from django.contrib import auth
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from network.house_admin import HouseAdmin, administers


class HouseAdminSite(AdminSite):
    site_title = site_header = _("kitdrive administration")
    index_title = _("Catalogue, people and settings")
    site_url = "/"

    def has_permission(self, request: HttpRequest) -> bool:
        return administers(request)

    def register(self, model_or_iterable: Any, admin_class: type[ModelAdmin] | None = None, **options: Any) -> None:
        """Take only pages that are kept to a house; libraries offer others, which show everybody's rows."""
        if admin_class is not None and issubclass(admin_class, HouseAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Leave out the page that leads from any row of any house to its address."""
        return [entry for entry in super().get_urls() if getattr(entry, "name", "") != "view_on_site"]

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Send to the one page of signing in, which asks for the second factor; refuse who is signed in already."""
        if request.user.is_authenticated:
            if self.has_permission(request):
                return redirect("admin:index")
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or "/")

    def logout(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        if request.method != "POST":
            return redirect("account_logout")
        auth.logout(request)
        return redirect("account_login")

    def password_change(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return redirect("account_change_password")

    def password_change_done(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return redirect("account_change_password")
