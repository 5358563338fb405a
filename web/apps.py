from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    name = "web"
    verbose_name = _("pages")

    def ready(self) -> None:
        from web import kept_pictures, tidy
        from web.jobs import tidying

        tidy.sweepers["pictures"] = kept_pictures.sweep
        tidy.sweepers["long work"] = tidying.erase_jobs
        tidy.sweepers["lost files of long work"] = tidying.erase_lost_files
        tidy.sweepers["results of tasks"] = tidying.erase_results
