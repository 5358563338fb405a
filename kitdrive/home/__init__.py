"""What each role finds at home: how far the drive is, the one thing to do next, what needs attention, some figures."""

from django.db.models import Case, Exists, OuterRef, QuerySet, Subquery, Sum, When
from django.utils import timezone

from donations.drop_offs.points import left_today
from donations.models import Drive
from kitdrive.beginning import first_steps
from kitdrive.home.attention import things_to_look_at
from kitdrive.home.figures import figures_of
from kitdrive.home.network import totals_of_houses, totals_of_the_network
from kitdrive.home.outside import home_outside
from kitdrive.home.parts import Home, Ring
from kitdrive.home.steps import next_step
from kits.models import Pack, Target
from network.acting import Acting
from network.enums import Role
from network.models import House

__all__ = ["Home", "home_of"]


def home_of(acting: Acting) -> Home:
    """The home of somebody; without a role it is empty."""
    home = Home()
    if acting.is_inside and acting.house:
        home.ring = ring_of(acting.house)
        home.step = next_step(acting)
        home.attention = list(things_to_look_at(acting))
        home.points = left_today(acting) if acting.has_role(Role.COORDINATOR) else []
        home.figures = list(figures_of(acting))
        home.beginning = [] if home.ring and home.ring.made else first_steps(acting)
    elif acting.organisation_ids:
        home.step, home.attention, home.figures = home_outside(acting)
    if acting.has_role(Role.NETWORK):
        home.houses = totals_of_houses()
        home.figures += totals_of_the_network(home.houses)
    return home


def ring_of(house: House) -> Ring | None:
    """Of the drive that runs, else of the last one; None where no drive has targets."""
    today = timezone.localdate()
    drives = Drive.objects.of_house(house).annotate(
        aimed_at=_sum_for_drive(Target.objects.all()), made=_sum_for_drive(Pack.objects.standing())
    )
    runs = Case(When(starts_on__lte=today, ends_on__gte=today, then=0), default=1)
    drive = drives.filter(Exists(Target.objects.filter(drive=OuterRef("pk")))).order_by(runs, "-starts_on").first()
    return Ring(drive, drive.made or 0, drive.aimed_at) if drive else None


def _sum_for_drive(rows: QuerySet) -> Subquery:
    sums = rows.filter(drive=OuterRef("pk")).order_by().values("drive")
    return Subquery(sums.annotate(sum=Sum("quantity")).values("sum"))
