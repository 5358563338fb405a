"""What the network sees: totals of each house over the last twelve months."""

from datetime import timedelta

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kitdrive.home.parts import Figure, HouseTotals
from kits.models import Pack
from network.models import House
from stock.enums import Category, PlaceKind
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
    since = timezone.localdate() - A_YEAR
    made = dict(
        Pack.objects.filter(operation__reversed_by=None, operation__happened_at__date__gt=since)
        .order_by()
        .values_list("house")
        .annotate(sum=Sum("quantity"))
    )
    shipped = dict(
        Movement.objects.filter(
            lot__item__category=Category.KIT,
            target__kind=PlaceKind.ORGANISATIONS,
            operation__reversed_by=None,
            at__date__gt=since,
        )
        .order_by()
        .values_list("target__house")
        .annotate(sum=Sum("quantity"))
    )
    return [HouseTotals(house, made.get(house.pk, 0), shipped.get(house.pk, 0)) for house in House.objects.all()]
