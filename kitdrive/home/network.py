"""What the network sees: totals of each house over the last twelve months."""

from datetime import timedelta

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kitdrive.home.parts import Figure, HouseTotals
from kits.models import Pack
from network.models import House
from stock.enums import Category, PlaceKind
from stock.history import midnight
from stock.models import Movement

A_YEAR = timedelta(days=365)


def totals_of_the_network(houses: list[HouseTotals]) -> list[Figure]:
    made, shipped = sum(each.made for each in houses), sum(each.shipped for each in houses)
    qualifier = _("in the last twelve months")
    return [
        Figure(made, ngettext("kit made", "kits made", made), qualifier=qualifier),
        Figure(shipped, ngettext("kit shipped", "kits shipped", shipped), qualifier=qualifier),
        Figure(len(houses), ngettext("house of the network", "houses of the network", len(houses))),
    ]


def totals_of_houses() -> list[HouseTotals]:
    """Kits made and shipped to organisations in the last twelve months, by house.

    What households received is not told here: where few came, each would show, and when.
    """
    since = midnight(timezone.localdate() - A_YEAR + timedelta(days=1))
    made = Pack.objects.standing().filter(house=OuterRef("pk"), operation__happened_at__gte=since)
    shipped = Movement.objects.filter(
        lot__item__category=Category.KIT,
        target__kind=PlaceKind.ORGANISATIONS,
        target__house=OuterRef("pk"),
        operation__reversed_by=None,
        at__gte=since,
    )
    houses = House.objects.annotate(made=_sum_by(made, "house"), shipped=_sum_by(shipped, "target__house"))
    return [HouseTotals(house, house.made, house.shipped) for house in houses]


def _sum_by(rows: QuerySet, house: str) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values(house).annotate(sum=Sum("quantity")).values("sum")), 0)
