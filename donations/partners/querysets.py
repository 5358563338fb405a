"""Attestations and letters, in the words of the work."""

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from donations.enums import LetterKind, LetterState
from network.enums import Role
from network.querysets import HouseQuerySet

if TYPE_CHECKING:
    from network.acting import Acting

BETWEEN_REMINDERS = timedelta(days=7)


class AttestationQuerySet(HouseQuerySet):
    def visible_to(self, acting: "Acting") -> Self:
        """Coordinators see their house's; a partner sees its own."""
        if acting.house is None:
            return self.none()
        attestations = self.filter(house=acting.house)
        if acting.has_role(Role.COORDINATOR):
            return attestations
        return (
            attestations.filter(partner__in=acting.organisation_ids) if acting.has_role(Role.PARTNER) else self.none()
        )

    def standing(self) -> Self:
        """Without those that were cancelled."""
        return self.filter(cancelled_on=None)

    def for_display(self) -> Self:
        """Adds `has_changed`: whether a gift that it is about was taken back afterwards."""
        from donations.models import AttestedGift

        undone = AttestedGift.objects.filter(
            Q(donation__operation__reversed_by__isnull=False) | Q(sorting__operation__reversed_by__isnull=False),
            attestation=OuterRef("pk"),
        )
        return self.select_related("partner", "issued_by", "cancelled_by").annotate(has_changed=Exists(undone))


class LetterQuerySet(HouseQuerySet):
    def visible_to(self, acting: "Acting") -> Self:
        """Coordinators see the letters of their house."""
        if acting.house is None or not acting.has_role(Role.COORDINATOR):
            return self.none()
        return self.filter(house=acting.house)

    def reminders(self) -> Self:
        """Those that remind of late pledges, and were not dropped."""
        return self.filter(kind=LetterKind.REMINDER).exclude(state=LetterState.DROPPED)

    def recent(self) -> Self:
        """Those after which a partner is left in peace."""
        return self.filter(asked_at__gt=timezone.now() - BETWEEN_REMINDERS)
