"""What each role finds at home: how far the drive is, the one thing to do next, what needs attention, some figures."""

from django.db.models import Sum

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
        home.figures = list(figures_of(acting))
        home.beginning = first_steps(acting)
    elif acting.organisation_ids:
        home.step, home.attention, home.figures = home_outside(acting)
    if acting.has_role(Role.NETWORK):
        home.houses = totals_of_houses()
        home.figures += totals_of_the_network(home.houses)
    return home


def ring_of(house: House) -> Ring | None:
    """Of the drive that runs, else of the last one; None where no drive has targets."""
    drives = Drive.objects.of_house(house).filter(targets__isnull=False).order_by("-starts_on").distinct()
    drive = drives.running().first() or drives.first()
    if drive is None:
        return None
    target = Target.objects.filter(drive=drive).aggregate(sum=Sum("quantity"))["sum"]
    made = Pack.objects.filter(drive=drive, operation__reversed_by=None).aggregate(sum=Sum("quantity"))["sum"]
    return Ring(drive, made or 0, target)
