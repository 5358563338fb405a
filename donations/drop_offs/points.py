"""How the points of a drive or of a house stand: what came today and in all, what waits to be collected or sorted."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.urls import reverse
from django.utils import timezone

from donations.drop_offs.wording import all_of
from donations.enums import ContainerState, DropOffKind
from donations.models import Container, Drive, DropOff, Refusal
from network.acting import Acting
from network.models import Site


@dataclass
class PointSums:
    """One point, in numbers; what was taken back is not in them."""

    site: Site
    today: Counter[str] = field(default_factory=Counter)  # by DropOffKind
    left: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    to_collect: int = 0  # containers
    to_sort: int = 0  # containers that were collected

    @property
    def words_of_today(self) -> str:
        return all_of(self.today)

    @property
    def words(self) -> str:
        return all_of(self.left)

    @property
    def url_of_today(self) -> str:
        return reverse("donations:point_day", args=[self.site.pk, timezone.localdate()])


def points_of_drive(drive: Drive, acting: Acting) -> list[PointSums]:
    """Its points, and those where something came all the same, in the order of their names.

    Three statements where the sites of `drive` are loaded, and a fourth where something came elsewhere.
    """
    here = {} if acting.site_ids is None else {"site__in": acting.site_ids}
    today = Sum("quantity", filter=Q(day=timezone.localdate()), default=0)
    left = DropOff.objects.standing().filter(drive=drive, **here).order_by().values("site", "kind")
    refused = Refusal.objects.at_the_door().standing().filter(drive=drive, **here).order_by().values("site")
    waits = Container.objects.to_sort().filter(drive=drive, **here).order_by().values("site")
    filled, collected = Q(state=ContainerState.FILLED), Q(state=ContainerState.COLLECTED)
    sums = list(left.annotate(sum=Sum("quantity"), today=today))
    refusals = list(refused.annotate(sum=Sum("quantity")))
    containers = list(waits.annotate(to_collect=Count("pk", filter=filled), to_sort=Count("pk", filter=collected)))
    points = _points({row["site"] for row in [*sums, *refusals, *containers]}, drive, acting)
    for row in sums:
        points[row["site"]].left[row["kind"]], points[row["site"]].today[row["kind"]] = row["sum"], row["today"]
    for refusal in refusals:
        points[refusal["site"]].refused = refusal["sum"]
    for waiting in containers:
        point = points[waiting["site"]]
        point.to_collect, point.to_sort = waiting["to_collect"], waiting["to_sort"]
    return sorted(points.values(), key=lambda point: str(point.site))


def _points(found: set[int], drive: Drive, acting: Acting) -> dict[int, PointSums]:
    """An empty sum for each point of `drive` that `acting` sees, and for the sites `found` besides."""
    mine = acting.site_ids
    sites = {site.pk: site for site in drive.sites.all() if mine is None or site.pk in mine}
    others = found - sites.keys()
    if others:
        sites |= Site.objects.in_bulk(others)
    return {number: PointSums(site) for number, site in sites.items()}


def left_today(acting: Acting) -> list[PointSums]:
    """What came to each point today; one statement."""
    left = DropOff.objects.standing().filter(site=OuterRef("pk"), day=timezone.localdate()).order_by()
    sums = {kind: Subquery(_sum_of(left.filter(kind=kind))) for kind in DropOffKind.values}
    sites = Site.objects.visible_to(acting).filter(Exists(left)).annotate(**sums)
    points = [PointSums(site, Counter({kind: getattr(site, kind) or 0 for kind in sums})) for site in sites]
    return sorted(points, key=lambda point: str(point.site))


def _sum_of(entries: QuerySet) -> QuerySet:
    return entries.values("site").annotate(sum=Sum("quantity")).values("sum")
