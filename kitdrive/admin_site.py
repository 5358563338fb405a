"""The administration: for administrators of a house, with the second factor that their role asks for."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from network.enums import Role


class HouseAdminSite(AdminSite):
    site_title = site_header = _("kitdrive administration")
    index_title = _("Catalogue, people and settings")

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.acting.has_role(Role.ADMIN)
