"""What needs attention: each a sentence that leads there."""

from collections.abc import Iterator
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from distribution.enums import ShipmentState
from distribution.models import Shipment, ShipmentLine
from donations.enums import ContainerState, PledgeState
from donations.models import Container, Pledge, Tablet
from donations.tablets.filters import UNSENT
from kitdrive.home.counting import counted
from network.acting import NEEDS_SECOND_FACTOR, Acting
from network.enums import Role
from network.models import Membership
from stock.history import midnight
from stock.models import Balance, Conflict
from web.numbers import grouped

SOON = timedelta(days=60)  # a printed date that comes within these days is worth a look
A_DAY = timedelta(days=1)
RECENT = 30 * A_DAY
SILENT = timedelta(days=7)  # after these, a shipment that nobody acknowledged is worth a call


def things_to_look_at(acting: Acting) -> Iterator[tuple[str, str]]:
    """Sentences and where each leads: what a coordinator settles, and what an administrator sees to."""
    if acting.has_role(Role.COORDINATOR):
        yield from _in_the_house(acting)
        yield from _shipments_to_look_at(acting)
    if acting.has_role(Role.ADMIN) and not settings.DEMO:
        yield from _unguarded_accounts(acting)


def _in_the_house(acting: Acting) -> Iterator[tuple[str, str]]:
    today, counts = timezone.localdate(), _counts(acting)
    if late := counts["late"]:
        yield (
            ngettext("%(count)s pledge is late.", "%(count)s pledges are late.", late) % {"count": grouped(late)},
            f"{reverse('donations:pledge_list')}?state={PledgeState.LATE}",
        )
    dated = Balance.objects.visible_to(acting).something_here().filter(lot__best_before__lte=today + SOON)
    lots = dated.values("lot").distinct().count()
    if lots:
        yield (
            ngettext(
                "%(count)s lot reaches its date within %(days)s days.",
                "%(count)s lots reach their date within %(days)s days.",
                lots,
            )
            % {"count": grouped(lots), "days": grouped(SOON.days)},
            reverse("stock:lot_list"),
        )
    yield from _conflicts(counts["conflicts"])
    yield from _tablets(counts["tablets"])
    yield from _containers(counts["to_collect"], counts["to_sort"])


def _counts(acting: Acting) -> dict[str, int]:
    containers = Container.objects.visible_to(acting)
    return counted(
        house=acting.house,  # type: ignore[arg-type]  # a coordinator acts for one
        late=Pledge.objects.visible_to(acting).late(),
        conflicts=Conflict.objects.filter(house=acting.house, is_settled=False),
        tablets=Tablet.objects.visible_to(acting).with_entries_not_sent(),
        to_collect=containers.to_collect(),
        to_sort=containers.filter(state=ContainerState.COLLECTED),
    )


def _containers(to_collect: int, to_sort: int) -> Iterator[tuple[str, str]]:
    """What left a point's door and waits there, and what was collected and waits to be sorted."""
    address = reverse("donations:container_list")
    if to_collect:
        yield (
            ngettext(
                "%(count)s container waits to be collected.", "%(count)s containers wait to be collected.", to_collect
            )
            % {"count": grouped(to_collect)},
            f"{address}?state={ContainerState.FILLED}",
        )
    if to_sort:
        yield (
            ngettext("%(count)s container waits to be sorted.", "%(count)s containers wait to be sorted.", to_sort)
            % {"count": grouped(to_sort)},
            f"{address}?state={ContainerState.COLLECTED}",
        )


def _tablets(tablets: int) -> Iterator[tuple[str, str]]:
    """Those that hold entries and have fallen silent: somebody has to bring them to a network."""
    if tablets:
        yield (
            ngettext(
                "%(count)s tablet holds entries that it has not sent.",
                "%(count)s tablets hold entries that they have not sent.",
                tablets,
            )
            % {"count": grouped(tablets)},
            f"{reverse('donations:tablet_list')}?state={UNSENT}",
        )


def _conflicts(conflicts: int) -> Iterator[tuple[str, str]]:
    if conflicts:
        yield (
            ngettext(
                "%(count)s entry came twice with different contents.",
                "%(count)s entries came twice with different contents.",
                conflicts,
            )
            % {"count": grouped(conflicts)},
            reverse("stock:conflict_list"),
        )


def _shipments_to_look_at(acting: Acting) -> Iterator[tuple[str, str]]:
    """Shipments that nobody acknowledged, and those of the last month of which not all arrived."""
    today, address = timezone.localdate(), reverse("distribution:shipment_list")
    silent = Q(state=ShipmentState.HANDED_OVER, planned_on__lte=today - SILENT)
    others = ShipmentLine.objects.filter(shipment=OuterRef("pk")).exclude(arrived=F("quantity"))
    lately = Q(state=ShipmentState.ACKNOWLEDGED, acknowledgement__happened_at__gte=midnight(today - RECENT + A_DAY))
    counts = Shipment.objects.visible_to(acting).aggregate(
        unheard=Count("pk", filter=silent), differing=Count("pk", filter=lately & Q(Exists(others)))
    )
    if unheard := counts["unheard"]:
        yield (
            ngettext(
                "%(count)s shipment has not been acknowledged for a week.",
                "%(count)s shipments have not been acknowledged for a week.",
                unheard,
            )
            % {"count": grouped(unheard)},
            f"{address}?state={ShipmentState.HANDED_OVER}",
        )
    if differing := counts["differing"]:
        yield (
            ngettext(
                "%(count)s shipment of the last month arrived with a difference.",
                "%(count)s shipments of the last month arrived with a difference.",
                differing,
            )
            % {"count": grouped(differing)},
            f"{address}?state={ShipmentState.ACKNOWLEDGED}",
        )


def _unguarded_accounts(acting: Acting) -> Iterator[tuple[str, str]]:
    """Those who may see handovers and have never signed in far enough to set a second factor up."""
    members = Membership.objects.in_force().filter(house=acting.house, role__in=NEEDS_SECOND_FACTOR)
    guarded = Authenticator.objects.filter(type=Authenticator.Type.TOTP).values("user")
    count = members.exclude(user__in=guarded).values("user").distinct().count()
    if count:
        yield (
            ngettext(
                "%(count)s account that needs a second factor has not set it up.",
                "%(count)s accounts that need a second factor have not set it up.",
                count,
            )
            % {"count": grouped(count)},
            reverse("admin:accounts_user_changelist"),
        )
