"""What may be seen. `visible_to` answers nothing to who has no membership: a view that forgets to ask shows nothing."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from network.enums import DeviceState, Role

if TYPE_CHECKING:
    from accounts.models import User
    from network.acting import Acting
    from network.models import House


class HouseQuerySet(models.QuerySet):
    """Rows that belong to a house, seen by the people who work inside it."""

    def of_house(self, house: "House") -> Self:
        return self.filter(house=house)

    def visible_to(self, acting: "Acting") -> Self:
        if acting.house is None or not acting.is_inside:
            return self.none()
        return self.filter(house=acting.house)


class SiteQuerySet(HouseQuerySet):
    def visible_to(self, acting: "Acting") -> Self:
        sites = super().visible_to(acting)
        return sites if acting.site_ids is None else sites.filter(pk__in=acting.site_ids)

    def in_use(self) -> Self:
        return self.filter(is_active=True)


class OrganisationQuerySet(HouseQuerySet):
    def visible_to(self, acting: "Acting") -> Self:
        """Coordinators, distributors and administrators see their house's; who stands for one sees that one."""
        if acting.house is None:
            return self.none()
        if acting.has_role(Role.COORDINATOR, Role.DISTRIBUTOR, Role.ADMIN):
            return self.filter(house=acting.house)
        return self.filter(house=acting.house, pk__in=acting.organisation_ids)

    def in_use(self) -> Self:
        return self.filter(is_active=True)


class MembershipQuerySet(models.QuerySet):
    def in_force(self) -> Self:
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()))

    def of_user(self, user: "User") -> Self:
        return self.in_force().filter(user=user).select_related("house", "site", "organisation").order_by("house", "pk")


class SensitiveReadQuerySet(HouseQuerySet):
    def visible_to(self, acting: "Acting") -> Self:
        """A coordinator reviews the reads of the others, never their own alone."""
        if acting.house is None or not acting.has_role(Role.COORDINATOR):
            return self.none()
        return self.filter(house=acting.house)

    def past_their_term(self) -> Self:
        from network.models.people import READS_ARE_KEPT

        return self.filter(at__lt=timezone.now() - READS_ARE_KEPT)


class DeviceQuerySet(HouseQuerySet):
    def visible_to(self, acting: "Acting") -> Self:
        """Coordinators see the tablets and phones of their house."""
        if acting.house is None or not acting.has_role(Role.COORDINATOR):
            return self.none()
        return self.filter(house=acting.house)

    def at_work(self) -> Self:
        """Those that may act now, and those that may be let in yet."""
        now = timezone.now()
        let_in = Q(state__in=[DeviceState.ACTIVE, DeviceState.OPENED], ends_at__gt=now)
        return self.filter(let_in | Q(state=DeviceState.INVITED, code_ends_at__gt=now))

    def past_their_invitation(self) -> Self:
        """Invited, and never opened in time."""
        return self.filter(state=DeviceState.INVITED, code_ends_at__lt=timezone.now())
