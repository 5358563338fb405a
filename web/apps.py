from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    name = "web"
    verbose_name = _("pages")

    def ready(self) -> None:
        from web import kept_pictures, tidy

        tidy.sweepers["pictures"] = kept_pictures.sweep
