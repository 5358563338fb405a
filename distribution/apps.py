from functools import partial

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DistributionConfig(AppConfig):
    name = "distribution"
    verbose_name = _("distribution")

    def ready(self) -> None:
        from distribution.checks import check_distribution
        from distribution.documents import STEPS, shipment_numbers, shipment_url
        from distribution.enums import AcknowledgedBy
        from distribution.handovers import forget_kits, undo_handover
        from distribution.kit_slip_kinds import PAPERS as KIT_SLIPS
        from distribution.print_kinds import PAPERS
        from distribution.shipments import keeps_open, take_back_shipment
        from stock import registry
        from stock.enums import OperationKind
        from web import tidy
        from web.jobs.kinds import kinds

        kinds.update(PAPERS | KIT_SLIPS)
        registry.checks["distribution"] = check_distribution
        registry.keepers.append(keeps_open)
        registry.choices.append(AcknowledgedBy)
        registry.reversals[OperationKind.SHIP] = take_back_shipment
        registry.reversals[OperationKind.HAND_OVER] = undo_handover
        registry.let_go |= {OperationKind.RESERVE, OperationKind.SHIP}
        for kind, step in STEPS.items():
            registry.documents[kind] = shipment_url
            registry.numbers[kind] = partial(shipment_numbers, step)
        tidy.sweepers["kits of handovers"] = forget_kits
