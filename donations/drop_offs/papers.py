"""The paper tally of a point: boxes to tick where there is no tablet, or none that works."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from donations.drop_offs.forms import KINDS
from donations.enums import REASONS_AT_THE_DOOR, DropOffKind
from donations.models import Drive
from donations.perms import TAKES_IN
from network.models import Site
from network.papers import acting_now, theirs
from printing.internal import chunks, render_internal
from printing.papers import Arguments, NotYours, Paper, Told, Work

TALLY = "paper tally"
FIVE = range(5)
ROWS = {DropOffKind.BAG: 5, DropOffKind.CARTON: 2, DropOffKind.PALLET: 1}  # of twenty boxes


def _tally(user: User, about: Arguments) -> Work:
    """A sheet for each point of a drive, or for the one that is asked for; without a drive one writes its name."""
    acting = acting_now(user, about["house"], *TAKES_IN)
    drive = theirs(Drive.objects.visible_to(acting), about["drive"]) if "drive" in about else None
    sites = Site.objects.visible_to(acting).in_use().filter(is_confidential=False)
    sites = sites.filter(drives=drive) if drive else sites
    points = [theirs(sites, about["site"])] if "site" in about else list(sites)
    if not points:
        raise NotYours
    always = {
        "drive": drive,
        "house": acting.house,
        "printed_at": timezone.now(),
        "kinds": [(label, range(ROWS[kind])) for kind, label in KINDS],
        "reasons": [reason.label for reason in REASONS_AT_THE_DOOR],
        "five": FIVE,
        "four": range(4),
        "two": range(2),
    }

    def make(told: Told) -> bytes:
        contexts = ({**always, "points": some} for some in chunks(points))
        return render_internal(
            "donations/drop_offs/tally_sheet.html", contexts, title=str(drive or points[0]), told=told
        )

    return Work(len(points), make)


def _back(_about: Arguments) -> str:
    return reverse("donations:drop_off_list")


LABEL = _("Paper tally")
PAPERS = {TALLY: Paper(LABEL, _tally, _back, named=lambda about: str(LABEL))}
