"""The figures of those who work for the house."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from distribution.enums import ShipmentState
from distribution.models import Handover, Shipment
from donations.models import Donation
from kitdrive.home.parts import Figure
from network.acting import Acting
from network.enums import Role
from network.models import Membership, Organisation
from stock.models import Balance
from web.numbers import grouped


def figures_of(acting: Acting) -> Iterator[Figure]:
    if acting.has_role(Role.VOLUNTEER, Role.COORDINATOR, Role.DISTRIBUTOR):
        yield _kits_here(acting)
    if acting.has_role(Role.VOLUNTEER, Role.COORDINATOR):
        week = timezone.localdate() - timedelta(days=7)
        donations = Donation.objects.visible_to(acting).standing().filter(received_on__gt=week).count()
        label = ngettext("new donation", "new donations", donations)
        yield Figure(donations, label, reverse("donations:donation_list"), _("in the last seven days"))
    if acting.has_role(Role.COORDINATOR, Role.DISTRIBUTOR):
        packed = Shipment.objects.visible_to(acting).filter(state=ShipmentState.PACKED).count()
        label = ngettext("shipment ready to leave", "shipments ready to leave", packed)
        yield Figure(packed, label, reverse("distribution:shipment_list"))
    if acting.has_role(Role.DISTRIBUTOR):
        today = Handover.objects.visible_to(acting).of_day(timezone.localdate()).standing().count()
        yield Figure(today, ngettext("handover today", "handovers today", today), reverse("distribution:handover_list"))
    if acting.roles == {Role.ADMIN}:
        yield from _of_the_administration(acting)


def _kits_here(acting: Acting) -> Figure:
    """As their balances say, which are of what is here alone; a row for each kit stays for ever."""
    kits = Balance.objects.visible_to(acting).something_here().filter(lot__pack__isnull=False)
    here = kits.aggregate(all=Sum("on_hand", default=0), kept=Sum("reserved", default=0))
    free = here["all"] - here["kept"]
    held = _("%(held)s more are kept for shipments") % {"held": grouped(here["kept"])}
    return Figure(free, ngettext("kit ready to go", "kits ready to go", free), reverse("kits:kit_list"), held)


def _of_the_administration(acting: Acting) -> Iterator[Figure]:
    accounts = Membership.objects.in_force().filter(house=acting.house).values("user").distinct().count()
    yield Figure(
        accounts, ngettext("account in use", "accounts in use", accounts), reverse("admin:accounts_user_changelist")
    )
    organisations = Organisation.objects.of_house(acting.house).in_use().count()  # type: ignore[arg-type]
    label = ngettext("organisation in use", "organisations in use", organisations)
    yield Figure(organisations, label, reverse("admin:network_organisation_changelist"))
