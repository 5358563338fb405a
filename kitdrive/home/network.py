"""What the network sees: totals of each house over the last twelve months."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kitdrive.home.parts import Figure, HouseTotals
from kits.models import Pack
from network.models import House
from stock.enums import PlaceKind
from stock.history import midnight
from stock.models import Item, Movement, Place
from stock.querysets import stands

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
    packed = {"operation__house": OuterRef("pk"), "operation__happened_at__gte": since}  # a stretch of the journal
    made = Pack.objects.standing().filter(house=OuterRef("pk"), **packed)
    # The one place of a house that stands for its organisations, looked up first: then movements are read in its index.
    outside = Place.objects.filter(house=OuterRef(OuterRef("pk")), kind=PlaceKind.ORGANISATIONS).values("pk")
    shipped = Movement.objects.filter(stands(), target=Subquery(outside), at__gte=since)
    # Whether it was kits is asked of what is found: as a condition of its own it makes PostgreSQL begin at all kits.
    kits = Exists(Item.objects.kits().filter(lots=OuterRef("lot")))
    houses = House.objects.annotate(made=_sum_by(made, "house"), shipped=_sum_by(shipped, "target", only=kits))
    return [HouseTotals(house, house.made, house.shipped) for house in houses]


def _sum_by(rows: QuerySet, group: str, *, only: Exists | None = None) -> Coalesce:
    sums = rows.order_by().values(group).annotate(sum=Sum("quantity", filter=only))
    return Coalesce(Subquery(sums.values("sum")), 0)
