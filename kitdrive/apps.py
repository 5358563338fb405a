from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class KitdriveConfig(AppConfig):
    name = "kitdrive"
    verbose_name = _("kitdrive")
    default = True

    def ready(self) -> None:
        from kitdrive.imports.long import FILES
        from web.jobs.kinds import kinds

        kinds.update(FILES)


class AdminConfig(admin_apps.AdminConfig):
    """Django's own admin, on a site that lets in who administers a house (kitdrive/admin_site.py)."""

    default = False
    default_site = "kitdrive.admin_site.HouseAdminSite"
