from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DonationsConfig(AppConfig):
    name = "donations"
    verbose_name = _("donations")

    def ready(self) -> None:
        from donations.drives import leave_drives
        from donations.operations import address_of, reverse_arrival
        from network import registry as network
        from stock import registry
        from stock.enums import OperationKind

        registry.reversals[OperationKind.RECEIVE] = reverse_arrival
        registry.reversals[OperationKind.PURCHASE] = reverse_arrival
        registry.documents[OperationKind.RECEIVE] = address_of
        registry.documents[OperationKind.PURCHASE] = address_of
        network.made_confidential.append(leave_drives)
