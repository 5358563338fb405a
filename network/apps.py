from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from web import tidy


class NetworkConfig(AppConfig):
    name = "network"
    verbose_name = _("network")

    def ready(self) -> None:
        from network import registry
        from network.papers import erase_prints_that_may_name
        from network.reads import erase_past_reads

        registry.made_confidential.append(erase_prints_that_may_name)
        tidy.sweepers["sensitive reads"] = erase_past_reads
