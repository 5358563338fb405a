from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from web import tidy


class PrintingConfig(AppConfig):
    name = "printing"
    verbose_name = _("printing")

    def ready(self) -> None:
        from printing import tidying

        tidy.sweepers["prints"] = tidying.erase_prints
        tidy.sweepers["lost files of prints"] = tidying.erase_lost_files
        tidy.sweepers["results of tasks"] = tidying.erase_results
