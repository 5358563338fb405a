from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from web import tidy


class NetworkConfig(AppConfig):
    name = "network"
    verbose_name = _("network")

    def ready(self) -> None:
        from network import registry
        from network.devices import erase_past_invitations, forget_what_devices_said, shut_out_of
        from network.papers import erase_jobs_that_may_name
        from network.reads import erase_past_reads

        registry.made_confidential.append(erase_jobs_that_may_name)
        registry.made_confidential.append(shut_out_of)
        tidy.sweepers["past invitations of tablets"] = erase_past_invitations
        tidy.sweepers["what tablets said of themselves"] = forget_what_devices_said
        tidy.sweepers["sensitive reads"] = erase_past_reads
