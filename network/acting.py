"""Who acts in a request: the user, the house they act for, and their memberships in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from network.enums import Role

if TYPE_CHECKING:
    from accounts.models import User
    from network.models import House, Membership

INSIDE = frozenset({Role.VOLUNTEER, Role.COORDINATOR, Role.DISTRIBUTOR, Role.ADMIN})
OUTSIDE = frozenset({Role.REFERRER, Role.PARTNER})
SEES_HANDOVERS = frozenset({Role.COORDINATOR, Role.DISTRIBUTOR})
NEEDS_SECOND_FACTOR = SEES_HANDOVERS | {Role.ADMIN}


@dataclass(frozen=True)
class Acting:
    """One person acting for one house (or for the network, then `house` is None). No membership: nothing is theirs.

    `houses` are all those that they may choose among.
    """

    user: "User"
    house: "House | None"
    memberships: tuple["Membership", ...]
    houses: tuple["House", ...] = ()

    @cached_property
    def roles(self) -> frozenset[Role]:
        return frozenset(Role(membership.role) for membership in self.memberships)

    def has_role(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)

    @property
    def is_inside(self) -> bool:
        """Whether they work for the house itself, and not for an organisation around it."""
        return self.has_role(*INSIDE)

    @cached_property
    def site_ids(self) -> frozenset[int] | None:
        """The sites they are kept to, or None where one of their roles covers the whole house."""
        inside = [membership for membership in self.memberships if membership.role in INSIDE]
        if any(membership.site_id is None for membership in inside):
            return None
        return frozenset(membership.site_id for membership in inside if membership.site_id)

    @cached_property
    def handover_site_ids(self) -> frozenset[int]:
        """The sites at whose desk they hand over."""
        return frozenset(m.site_id for m in self.memberships if m.role == Role.DISTRIBUTOR and m.site_id)

    @cached_property
    def organisation_ids(self) -> frozenset[int]:
        """The organisations they stand for."""
        return frozenset(m.organisation_id for m in self.memberships if m.role in OUTSIDE and m.organisation_id)


def choose(user: "User", memberships: Iterable["Membership"], house_id: int | None) -> Acting:
    """The acting of `user` for the house `house_id`, or for the first of their houses when it is not one of theirs."""
    memberships = tuple(memberships)
    houses = {membership.house.pk: membership.house for membership in memberships if membership.house}
    house = houses.get(house_id or 0) or next(iter(houses.values()), None)
    kept = tuple(m for m in memberships if m.house_id is None or (house and m.house_id == house.pk))
    return Acting(user, house, kept, tuple(houses.values()))
