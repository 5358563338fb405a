"""What came to each point on each day: counted at the door, refused there, and loose goods counted one by one.

Cartons and pallets stand here as they were left at the door. Those that leave the point with a code are containers:
what is in them is counted when they are sorted, and nowhere else.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, Q, QuerySet, Sum
from django.urls import reverse

from donations.enums import DonorKind, DropOffKind, RefusalReason
from donations.models import Donation, DonationLine, Drive, DropOff, Refusal
from network.models import Site
from stock.enums import Category
from stock.querysets import stands


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What is asked for: at these sites, and of one drive or from one day to another where that is said."""

    sites: Mapping[int, Site]
    drive: Drive | None = None
    since: date | None = None
    until: date | None = None

    def of(self, queryset: QuerySet, *, site: str = "site", day: str = "day", drive: str = "drive") -> QuerySet:
        """`queryset` so narrowed. The sites are named one by one: each is then a stretch of the index of its days."""
        days = {f"{day}__gte": self.since, f"{day}__lte": self.until}
        asked = {name: value for name, value in {drive: self.drive, **days}.items() if value is not None}
        return queryset.filter(**{f"{site}__in": list(self.sites)}, **asked).order_by()


@dataclass
class DoorDay:
    """What came to one point on one day; what was taken back is not in it."""

    site: Site
    day: date
    left: Counter[str] = field(default_factory=Counter)  # by DropOffKind
    refused: Counter[str] = field(default_factory=Counter)  # by RefusalReason
    goods: Counter[str] = field(default_factory=Counter)  # pieces by Category
    grams: int | None = None
    clock_off: int = 0  # entries
    late: int = 0

    @property
    def url(self) -> str:
        return reverse("donations:point_day", args=[self.site.pk, self.day])

    @property
    def bags(self) -> int:
        return self.left[DropOffKind.BAG]

    @property
    def cartons(self) -> int:
        return self.left[DropOffKind.CARTON]

    @property
    def pallets(self) -> int:
        return self.left[DropOffKind.PALLET]

    @property
    def all_refused(self) -> int:
        return self.refused.total()

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Why things were refused, and how many of each."""
        return [(str(reason.label), self.refused[reason]) for reason in RefusalReason if self.refused[reason]]

    @property
    def categories(self) -> list[tuple[str, int]]:
        """Loose goods by category, in pieces."""
        return [(str(category.label), self.goods[category]) for category in Category if self.goods[category]]


def days_of(asked: Narrowed) -> QuerySet:
    """(site, day) of every day on which something came, the latest first; of what was taken back too, to be seen."""
    left = asked.of(DropOff.objects.all()).values_list("site_id", "day")
    refused = asked.of(Refusal.objects.at_the_door()).values_list("site_id", "day")
    return left.union(refused, _given(asked).values_list("place__site_id", "received_on")).order_by("-day", "site_id")


def entries_of(asked: Narrowed) -> QuerySet:
    """The ids of the operations by which it came, the latest first."""
    left = asked.of(DropOff.objects.all()).values_list("operation_id")
    refused = asked.of(Refusal.objects.at_the_door()).values_list("operation_id")
    return left.union(refused, _given(asked).values_list("operation_id")).order_by("-operation_id")


def with_totals(days: Collection[tuple[int, date]], asked: Narrowed) -> list[DoorDay]:
    """What came on each of `days`, in their order; three statements, however many there are."""
    found = {(site, day): DoorDay(asked.sites[site], day) for site, day in days}
    if found:
        stretch = Narrowed(
            {site: asked.sites[site] for site, _day in days},
            asked.drive,
            min(day for _site, day in days),
            max(day for _site, day in days),
        )
        _count(found, _left(stretch), "left")
        _count(found, _refused(stretch), "refused")
        _count(found, _goods(stretch), "goods")
    return list(found.values())


def _left(asked: Narrowed) -> QuerySet:
    return _summed(asked.of(DropOff.objects.standing()), F("site_id"), F("day"), F("kind")).annotate(**_flags())


def _refused(asked: Narrowed) -> QuerySet:
    entries = asked.of(Refusal.objects.at_the_door().standing())
    return _summed(entries, F("site_id"), F("day"), F("reason")).annotate(**_flags())


def _goods(asked: Narrowed) -> QuerySet:
    given = DonationLine.objects.filter(stands("donation__operation"), donation__donor_kind=DonorKind.PUBLIC)
    path = {"site": "donation__place__site", "day": "donation__received_on", "drive": "donation__drive"}
    point = F("donation__place__site_id")
    return _summed(asked.of(given, **path), point, F("donation__received_on"), F("item__category"))


def _given(asked: Narrowed) -> QuerySet:
    """What people of the public gave, counted one by one as it came."""
    given = Donation.objects.filter(donor_kind=DonorKind.PUBLIC)
    return asked.of(given, site="place__site", day="received_on")


def _summed(rows: QuerySet, point: F, on: F, what: F) -> QuerySet:
    by = rows.values(point=point, on=on, what=what)
    return by.annotate(sum=Sum("quantity"), weighed=Sum("grams"))


def _flags() -> dict[str, Count]:
    return {
        "clock_off": Count("pk", filter=Q(is_clock_off=True)),
        "late": Count("pk", filter=Q(is_late=True)),
    }


def _count(found: Mapping[tuple[int, date], DoorDay], sums: Iterable[dict], counter: str) -> None:
    for row in sums:
        day = found.get((row["point"], row["on"]))
        if day is None:
            continue
        getattr(day, counter)[row["what"]] += row["sum"]
        if row["weighed"] is not None:
            day.grams = (day.grams or 0) + row["weighed"]
        day.clock_off += row.get("clock_off", 0)
        day.late += row.get("late", 0)
