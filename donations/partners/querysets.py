"""Attestations and letters, in the words of the work."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from donations.enums import LetterKind, LetterState
from network.enums import Role
from network.querysets import HouseQuerySet

if TYPE_CHECKING:
    from network.acting import Acting

BETWEEN_REMINDERS = timedelta(days=7)
KEPT_YEARS = 6  # attestations, from the day on which they were issued


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

    def past_their_term(self) -> Self:
        """Those that still say something, and that were issued more than six years ago (LPF, article L. 102 B)."""
        return self.filter(content__isnull=False, issued_on__lt=_years_before(timezone.localdate(), KEPT_YEARS))

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


def _years_before(day: date, years: int) -> date:
    """The same day of a year before; of a 29 February, the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
