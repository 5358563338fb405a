"""What each role finds at home: how far the drive is, the one thing to do next, what needs attention, some figures."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, F, Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from distribution.enums import ShipmentState
from distribution.models import Shipment, ShipmentLine
from donations.models import Donation, Drive, Pledge
from kitdrive.beginning import FirstStep, first_steps
from kits.models import AssemblySession, Kit, Pack, Target
from network.acting import Acting
from network.enums import Role
from network.models import House
from stock.enums import Category, PlaceKind
from stock.models import Balance, Conflict, Movement

SOON = timedelta(days=60)  # a printed date that comes within these days is worth a look
RECENT = timedelta(days=30)
SILENT = timedelta(days=7)  # after these, a shipment that nobody acknowledged is worth a call


@dataclass(frozen=True)
class Ring:
    """How much of the targets of a drive is made."""

    drive: Drive
    made: int
    target: int


@dataclass(frozen=True)
class Step:
    """The one thing to do next, as a large button, and the sentence above it."""

    sentence: str | Promise
    label: str | Promise
    url: str
    icon: str


@dataclass(frozen=True)
class Figure:
    figure: int
    label: str | Promise
    url: str = ""
    qualifier: str | Promise = ""


@dataclass(frozen=True)
class HouseTotals:
    """What the network sees of a house: totals of kits, nothing of households."""

    house: House
    made: int
    shipped: int


@dataclass
class Home:
    ring: Ring | None = None
    step: Step | None = None
    attention: list[tuple[str, str]] = field(default_factory=list)  # sentence, address
    figures: list[Figure] = field(default_factory=list)
    houses: list[HouseTotals] = field(default_factory=list)
    beginning: list[FirstStep] = field(default_factory=list)


def home_of(acting: Acting) -> Home:
    """The home of somebody; without a role it is empty."""
    home = Home()
    if acting.is_inside and acting.house:
        home.ring = _ring(acting.house)
        home.step = next(_steps(acting), None)
        home.attention = list(_attention(acting))
        home.figures = list(_figures(acting))
        home.beginning = first_steps(acting)
    elif acting.organisation_ids:
        home.step, home.attention, home.figures = _outside(acting)
    if acting.has_role(Role.NETWORK):
        home.houses = _houses()
    return home


def _ring(house: House) -> Ring | None:
    drives = Drive.objects.of_house(house).filter(targets__isnull=False).order_by("-starts_on").distinct()
    drive = drives.running().first() or drives.first()
    if drive is None:
        return None
    target = Target.objects.filter(drive=drive).aggregate(sum=Sum("quantity"))["sum"]
    made = Pack.objects.filter(drive=drive, operation__reversed_by=None).aggregate(sum=Sum("quantity"))["sum"]
    return Ring(drive, made or 0, target)


def _steps(acting: Acting) -> Iterator[Step]:
    """What this person would do now, the likeliest first."""
    session = AssemblySession.objects.visible_to(acting).open().first()
    if session and acting.has_role(Role.VOLUNTEER, Role.COORDINATOR):
        yield Step(
            _("The session « %(session)s » is open.") % {"session": session},
            _("Pack kits"),
            reverse("kits:session_pack", args=[session.pk]),
            "box-seam",
        )
    if acting.has_role(Role.DISTRIBUTOR):
        yield Step(
            _("Somebody is here to receive a kit."),
            _("Record a handover"),
            reverse("distribution:handover_create"),
            "person-check",
        )
    if acting.has_role(Role.VOLUNTEER, Role.COORDINATOR):
        yield Step(
            _("Somebody has brought something."), _("Record a donation"), reverse("donations:donation_create"), "gift"
        )
    if acting.has_role(Role.ADMIN):
        yield Step(
            _("People, catalogue and settings are in the administration."),
            _("Open the administration"),
            reverse("admin:index"),
            "gear",
        )


def _attention(acting: Acting) -> Iterator[tuple[str, str]]:
    if not acting.has_role(Role.COORDINATOR):
        return
    today = timezone.localdate()
    late = Pledge.objects.visible_to(acting).late().count()
    if late:
        yield (
            ngettext("%(count)d pledge is late.", "%(count)d pledges are late.", late) % {"count": late},
            reverse("donations:pledge_list"),
        )
    dated = Balance.objects.visible_to(acting).something_here().filter(lot__best_before__lte=today + SOON)
    lots = dated.values("lot").distinct().count()
    if lots:
        yield (
            ngettext(
                "%(count)d lot reaches its date within %(days)d days.",
                "%(count)d lots reach their date within %(days)d days.",
                lots,
            )
            % {"count": lots, "days": SOON.days},
            reverse("stock:stock_now"),
        )
    yield from _shipments_to_look_at(acting)
    conflicts = Conflict.objects.filter(house=acting.house, is_settled=False).count()
    if conflicts:
        yield (
            ngettext(
                "%(count)d entry came twice with different contents.",
                "%(count)d entries came twice with different contents.",
                conflicts,
            )
            % {"count": conflicts},
            reverse("stock:conflict_list"),
        )


def _shipments_to_look_at(acting: Acting) -> Iterator[tuple[str, str]]:
    """Shipments that nobody acknowledged, and those of the last month of which not all arrived."""
    today, address = timezone.localdate(), reverse("distribution:shipment_list")
    silent = Shipment.objects.visible_to(acting).filter(state=ShipmentState.HANDED_OVER, planned_on__lte=today - SILENT)
    if unheard := silent.count():
        yield (
            ngettext(
                "%(count)d shipment has not been acknowledged for a week.",
                "%(count)d shipments have not been acknowledged for a week.",
                unheard,
            )
            % {"count": unheard},
            address,
        )
    lines = ShipmentLine.objects.filter(
        shipment__in=Shipment.objects.visible_to(acting).filter(state=ShipmentState.ACKNOWLEDGED),
        shipment__acknowledgement__happened_at__date__gt=today - RECENT,
    )
    if differing := lines.exclude(arrived=F("quantity")).values("shipment").distinct().count():
        yield (
            ngettext(
                "%(count)d shipment of the last month arrived with a difference.",
                "%(count)d shipments of the last month arrived with a difference.",
                differing,
            )
            % {"count": differing},
            address,
        )


def _figures(acting: Acting) -> Iterator[Figure]:
    if acting.has_role(Role.VOLUNTEER, Role.COORDINATOR, Role.DISTRIBUTOR):
        here = Kit.objects.visible_to(acting).aggregate(all=Count("pk"), free=Count("pk", filter=Q(state="here")))
        yield Figure(
            here["free"],
            ngettext("kit ready to go", "kits ready to go", here["free"]),
            reverse("kits:kit_list"),
            _("%(held)d more are kept for shipments") % {"held": here["all"] - here["free"]},
        )
    if acting.has_role(Role.VOLUNTEER, Role.COORDINATOR):
        week = timezone.localdate() - timedelta(days=7)
        donations = Donation.objects.visible_to(acting).standing().filter(received_on__gt=week).count()
        label = ngettext("new donation", "new donations", donations)
        yield Figure(donations, label, reverse("donations:donation_list"), _("in the last seven days"))
    if acting.has_role(Role.COORDINATOR, Role.DISTRIBUTOR):
        packed = Shipment.objects.visible_to(acting).filter(state=ShipmentState.PACKED).count()
        label = ngettext("shipment ready to leave", "shipments ready to leave", packed)
        yield Figure(packed, label, reverse("distribution:shipment_list"))


def _outside(acting: Acting) -> tuple[Step | None, list[tuple[str, str]], list[Figure]]:
    """Of a partner or a referring structure: its own shipments and promises, and nothing else."""
    address = reverse("distribution:shipment_list")
    shipments = Shipment.objects.visible_to(acting)
    waiting = shipments.filter(state=ShipmentState.HANDED_OVER).order_by("planned_on").first()
    step = None
    if waiting:
        step = Step(
            _("%(shipment)s has left for you.") % {"shipment": waiting},
            _("Say what arrived"),
            reverse("distribution:shipment_acknowledge", args=[waiting.pk]),
            "check2-square",
        )
    for_you = shipments.count()
    figures = [Figure(for_you, ngettext("shipment for you", "shipments for you", for_you), address)]
    pledges = Pledge.objects.visible_to(acting)
    if acting.has_role(Role.PARTNER):
        expected = pledges.still_to_come().count()
        label = ngettext("promise still to come", "promises still to come", expected)
        figures.append(Figure(expected, label, reverse("donations:pledge_list")))
    return step, [], figures


def _houses() -> list[HouseTotals]:
    """Kits made and shipped to organisations since the first of January, by house.

    What households received is not told here: where few came, each would show, and when.
    """
    since = timezone.localdate().replace(month=1, day=1)
    made = dict(
        Pack.objects.filter(operation__reversed_by=None, operation__happened_at__date__gte=since)
        .order_by()
        .values_list("house")
        .annotate(sum=Sum("quantity"))
    )
    shipped = dict(
        Movement.objects.filter(
            lot__item__category=Category.KIT,
            target__kind=PlaceKind.ORGANISATIONS,
            operation__reversed_by=None,
            at__date__gte=since,
        )
        .order_by()
        .values_list("target__house")
        .annotate(sum=Sum("quantity"))
    )
    return [HouseTotals(house, made.get(house.pk, 0), shipped.get(house.pk, 0)) for house in House.objects.all()]
