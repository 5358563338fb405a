from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KitsConfig(AppConfig):
    name = "kits"
    verbose_name = _("kits")

    def ready(self) -> None:
        from kits.following import check_kits, follow
        from kits.operations import unpack
        from stock import registry
        from stock.enums import OperationKind

        registry.followers.append(follow)
        registry.checks["kits"] = check_kits
        registry.reversals[OperationKind.PACK] = unpack
