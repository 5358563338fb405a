"""How far a drive is, article by article: what was promised, what is there, what should still come."""

from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from donations.enums import PledgeState
from donations.models import Donation, DonationLine, Drive, Pledge, Purchase, PurchaseLine, Sorting, SortingLine
from stock.models import Item


@dataclass
class ArticleProgress:
    """Units of one article in a drive."""

    item: Item
    promised: int = 0
    expected: int = 0
    given: int = 0
    bought: int = 0
    late: int = 0  # pledges

    @property
    def arrived(self) -> int:
        return self.given + self.bought


def progress(drive: Drive) -> list[ArticleProgress]:
    """Every article that was promised, given or bought for `drive`, in the order of the catalogue; five statements."""
    given = DonationLine.objects.filter(donation__in=Donation.objects.standing().filter(drive=drive).values("pk"))
    bought = PurchaseLine.objects.filter(purchase__in=Purchase.objects.standing().filter(drive=drive).values("pk"))
    sortings = Sorting.objects.standing().filter(container__drive=drive)
    units_given, units_bought = _units(given), _units(bought)
    for item, units in _units(SortingLine.objects.filter(sorting__in=sortings.values("pk"))).items():
        units_given[item] = units_given.get(item, 0) + units
    pledges = list(Pledge.objects.filter(drive=drive, is_cancelled=False).with_delivered())
    ids = {*units_given, *units_bought, *(pledge.item_id for pledge in pledges)}
    rows = {item.pk: ArticleProgress(item) for item in Item.objects.filter(pk__in=ids)}
    for pk, row in rows.items():
        row.given, row.bought = units_given.get(pk, 0), units_bought.get(pk, 0)
    for pledge in pledges:
        rows[pledge.item_id].promised += pledge.quantity
        rows[pledge.item_id].expected += pledge.still_expected
        rows[pledge.item_id].late += pledge.state == PledgeState.LATE
    return list(rows.values())


def _units(lines: QuerySet) -> dict[int, int]:
    return dict(lines.order_by().values_list("item").annotate(units=Sum("quantity")))
