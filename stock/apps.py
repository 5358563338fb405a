from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StockConfig(AppConfig):
    name = "stock"
    verbose_name = _("stock")

    def ready(self) -> None:
        from network.registry import house_opened, made_confidential, site_opened
        from stock import registry
        from stock.checks import check_balances
        from stock.enums import OperationKind
        from stock.models import Item
        from stock.operations import open_house, open_site, reverse
        from stock.place_operations import forget_former_name
        from stock.tables import TABLES
        from web import kept_pictures
        from web.jobs.kinds import kinds

        kept_pictures.holders["articles"] = Item.objects.pictures
        registry.checks["stock"] = check_balances
        for kind in (OperationKind.TRANSFER, OperationKind.ADJUST, OperationKind.WRITE_OFF):
            registry.reversals[kind] = reverse
        house_opened.append(lambda house: open_house(house=house))
        site_opened.append(lambda site: open_site(site=site))
        made_confidential.append(forget_former_name)
        kinds.update(TABLES)
