from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StockConfig(AppConfig):
    name = "stock"
    verbose_name = _("stock")

    def ready(self) -> None:
        from stock import registry
        from stock.checks import check_balances
        from stock.enums import OperationKind
        from stock.operations import reverse

        registry.checks["stock"] = check_balances
        for kind in (OperationKind.TRANSFER, OperationKind.ADJUST, OperationKind.WRITE_OFF):
            registry.reversals[kind] = reverse
