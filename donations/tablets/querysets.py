"""Tablets, in the words of the work."""

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from donations.enums import TabletState
from network.enums import DeviceState, Role

if TYPE_CHECKING:
    from network.acting import Acting

SILENCE = timedelta(minutes=15)  # a tablet that has a network is heard every few minutes
REMEMBERED = timedelta(days=60)  # after its end; what it never sent is then asked for no more


class TabletQuerySet(models.QuerySet):
    def visible_to(self, acting: "Acting") -> Self:
        """Coordinators see the tablets of their house."""
        if acting.house is None or not acting.has_role(Role.COORDINATOR):
            return self.none()
        return self.filter(device__house=acting.house)

    def for_display(self) -> Self:
        """Adds `sent`, how many entries came from each, and loads what a list of them shows; the latest comes first."""
        from stock.models import Operation

        entries = Operation.objects.filter(device=OuterRef("pk")).order_by().values("device")
        sent = Coalesce(Subquery(entries.annotate(count=Count("pk")).values("count")), 0)
        return self.select_related("device__site", "drive").annotate(sent=sent).order_by("-pk")

    def in_state(self, state: TabletState) -> Self:
        """Those of one TabletState, as `Tablet.state` says it."""
        now = timezone.now()
        of_device = {
            TabletState.INVITED: Q(device__state=DeviceState.INVITED, device__code_ends_at__gt=now),
            TabletState.LAPSED: Q(device__state=DeviceState.INVITED, device__code_ends_at__lte=now),
            TabletState.ACTIVE: Q(device__state=DeviceState.ACTIVE, device__ends_at__gt=now),
            TabletState.ENDED: Q(device__state=DeviceState.ACTIVE, device__ends_at__lte=now),
        }
        return self.filter(of_device.get(state, Q(device__state=state.value)))

    def with_entries_not_sent(self) -> Self:
        """Those on which entries wait, as they last told, and that were not heard for a while."""
        now = timezone.now()
        return self.filter(waiting__gt=0, device__seen_at__lt=now - SILENCE, device__ends_at__gt=now - REMEMBERED)
