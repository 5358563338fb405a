"""Drives, pledges and donations, in the words of the work."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, F, Min, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from donations.enums import GIVERS, TO_SORT, ContainerState, PledgeState
from network.enums import Role
from network.querysets import HouseQuerySet, OrganisationQuerySet
from stock.enums import OperationKind
from stock.querysets import stands

if TYPE_CHECKING:
    from network.acting import Acting
    from network.models import House


class DriveQuerySet(HouseQuerySet):
    def running(self) -> Self:
        today = timezone.localdate()
        return self.filter(starts_on__lte=today, ends_on__gte=today)

    def open(self) -> Self:
        """Drives that can still be given to: begun or to come."""
        return self.filter(ends_on__gte=timezone.localdate())

    def published(self) -> Self:
        """Those that have a public page."""
        return self.filter(is_public=True)


class PledgeQuerySet(HouseQuerySet):
    def of_house(self, house) -> Self:
        return self.filter(drive__house=house)

    def visible_to(self, acting: "Acting") -> Self:
        """Coordinators see their house's; a partner sees what it promised itself."""
        if acting.house is None:
            return self.none()
        pledges = self.filter(drive__house=acting.house)
        if acting.has_role(Role.COORDINATOR, Role.ADMIN):
            return pledges
        return pledges.filter(partner__in=acting.organisation_ids)

    def with_delivered(self) -> Self:
        """Adds `delivered`, `remaining` (both units) and leaves out nothing.

        What was counted on arrival and what was sorted out of containers count alike; what was taken back does not.
        """
        from donations.models import DonationLine, SortingLine

        delivered = _delivered(DonationLine, "donation") + _delivered(SortingLine, "sorting")
        return self.annotate(delivered=delivered).annotate(remaining=F("quantity") - F("delivered"))

    def still_to_come(self) -> Self:
        return self.with_delivered().filter(is_cancelled=False, remaining__gt=0)

    def late(self) -> Self:
        return self.still_to_come().filter(due_on__lt=timezone.localdate())

    def by_partner(self) -> "models.QuerySet[Any, dict[str, Any]]":
        """One row for a partner: partner, since (the first day it promised for); the earliest first, then by name."""
        partners = self.order_by().values("partner").annotate(since=Min("due_on"))
        return partners.order_by("since", "partner__name", "partner")

    def in_state(self, state: PledgeState) -> Self:
        """Those of one PledgeState, as `Pledge.state` says it."""
        pledges = self.with_delivered().filter(is_cancelled=state == PledgeState.CANCELLED)
        today = timezone.localdate()
        return {
            PledgeState.EXPECTED: pledges.filter(remaining__gt=0, due_on__gte=today),
            PledgeState.LATE: pledges.filter(remaining__gt=0, due_on__lt=today),
            PledgeState.ARRIVED: pledges.filter(remaining=0),
            PledgeState.OVER: pledges.filter(remaining__lt=0),
            PledgeState.CANCELLED: pledges,
        }[state]

    def for_display(self) -> Self:
        return self.with_delivered().select_related("drive", "partner", "item")


class DonationQuerySet(HouseQuerySet):
    def visible_to(self, acting: "Acting") -> Self:
        """Who works inside sees the donations of their sites; a partner sees its own."""
        if acting.house is None:
            return self.none()
        donations = self.filter(house=acting.house)
        if acting.is_inside:
            return donations if acting.site_ids is None else donations.filter(place__site__in=acting.site_ids)
        return donations.filter(partner__in=acting.organisation_ids)

    def standing(self) -> Self:
        """Without those that were reversed."""
        return self.filter(stands())

    def for_display(self) -> Self:
        """Adds `units`, the sum of its lines, and loads what a list of them shows."""
        from donations.models import DonationLine

        units = Subquery(_units(DonationLine, "donation"))
        return self.select_related("drive", "partner", "place__site", "operation__reversed_by").annotate(units=units)

    def pictures(self) -> "models.QuerySet[Any, str]":
        """The names of their pictures (web/kept_pictures.py)."""
        return self.exclude(picture="").values_list("picture", flat=True)


class PurchaseQuerySet(HouseQuerySet):
    def visible_to(self, acting: "Acting") -> Self:
        """Coordinators and administrators: what was paid is nobody else's."""
        if acting.house is None or not acting.has_role(Role.COORDINATOR, Role.ADMIN):
            return self.none()
        return self.filter(house=acting.house)

    def standing(self) -> Self:
        return self.filter(stands())

    def for_display(self) -> Self:
        """Adds `units`, the sum of its lines, and loads what a list of them shows."""
        from donations.models import PurchaseLine

        units = Subquery(_units(PurchaseLine, "purchase"))
        return self.select_related("drive", "funder", "place__site", "operation__reversed_by").annotate(units=units)


def _delivered(line: type[models.Model], document: str) -> Coalesce:
    """The units of the lines that name the promise of the outer query, without what was taken back.

    Few operations reverse a document: those are looked up once, not what reverses each document of each promise.
    """
    from stock.models import Operation

    undone = Operation.objects.filter(reverses__isnull=False, **{f"reverses__{document}__isnull": False}).order_by()
    lines = line._default_manager.filter(pledge=OuterRef("pk")).order_by()
    standing = lines.exclude(**{f"{document}__in": undone.values(f"reverses__{document}")})
    return Coalesce(Subquery(standing.values("pledge").annotate(sum=Sum("quantity")).values("sum")), 0)


def _units(line: type[models.Model], document: str) -> models.QuerySet:
    """The sum of the lines of the document of the outer query."""
    lines = line._default_manager.filter(**{document: OuterRef("pk")}).order_by().values(document)
    return lines.annotate(sum=Sum("quantity")).values("sum")


def givers(house: "House | None") -> OrganisationQuerySet:
    """The organisations that a donation or a pledge may come from; a confidential place is never one of them."""
    from network.models import Organisation

    return Organisation.objects.filter(house=house).in_use().filter(kind__in=GIVERS, is_confidential=False)


class AtTheDoorQuerySet(HouseQuerySet):
    def visible_to(self, acting: "Acting") -> Self:
        """Who works inside sees what came to their sites."""
        if acting.house is None or not acting.is_inside:
            return self.none()
        entries = self.filter(house=acting.house)
        return entries if acting.site_ids is None else entries.filter(site__in=acting.site_ids)

    def standing(self) -> Self:
        """Without those that were taken back."""
        return self.filter(stands())

    def for_display(self) -> Self:
        related = ("drive", "site", "operation__actor", "operation__device", "operation__reversed_by")
        return self.select_related(*related)


class RefusalQuerySet(AtTheDoorQuerySet):
    def at_the_door(self) -> Self:
        """Without what was refused when a container was sorted."""
        return self.filter(operation__kind=OperationKind.DECLINE)


class ContainerQuerySet(AtTheDoorQuerySet):
    def visible_to(self, acting: "Acting") -> Self:
        """Who works inside sees what left their sites or was brought to them."""
        if acting.house is None or not acting.is_inside:
            return self.none()
        containers = self.filter(house=acting.house)
        if acting.site_ids is None:
            return containers
        return containers.filter(Q(site__in=acting.site_ids) | Q(collected_to__in=acting.site_ids))

    def standing(self) -> Self:
        return self.exclude(state=ContainerState.WITHDRAWN)

    def to_collect(self) -> Self:
        return self.filter(state=ContainerState.FILLED)

    def to_sort(self) -> Self:
        """Those that are not sorted yet, wherever they are."""
        return self.filter(state__in=TO_SORT)

    def to_sort_here(self, acting: "Acting") -> Self:
        """Those of `for_display()` that were brought to where `acting` sorts, or that somebody sorts already."""
        return self.to_sort().filter(_brought_to(acting))

    def to_sort_elsewhere(self, acting: "Acting") -> Self:
        """The others of `for_display()`: still at their point, or brought to another site."""
        return self.to_sort().exclude(_brought_to(acting))

    def for_display(self) -> Self:
        """Adds `is_begun`, whether something was sorted from each, and loads what a list of them shows."""
        from donations.models import Sorting

        begun = models.Exists(Sorting.objects.standing().filter(container=OuterRef("pk")))
        return self.select_related("drive", "site", "partner", "collected_to").annotate(is_begun=begun)

    def with_way(self) -> Self:
        """Loads besides who filled, collected and finished each, and what sorting it needs."""
        steps = [f"{step}__{who}" for step in ("filled", "collected", "finished") for who in ("actor", "device")]
        return self.for_display().select_related("house", "site__house", *steps)

    def count_states(self) -> dict[str, int]:
        """How many there are in each state."""
        return dict(self.order_by().values_list("state").annotate(count=Count("pk")))


def _brought_to(acting: "Acting") -> Q:
    """Of who is kept to no site, every site of the house is theirs."""
    brought = Q(state=ContainerState.COLLECTED)
    if acting.site_ids is not None:
        brought &= Q(collected_to__in=acting.site_ids)
    return brought | Q(is_begun=True)


class SortingQuerySet(HouseQuerySet):
    def visible_to(self, acting: "Acting") -> Self:
        if acting.house is None or not acting.is_inside:
            return self.none()
        sortings = self.filter(house=acting.house)
        return sortings if acting.site_ids is None else sortings.filter(place__site__in=acting.site_ids)

    def standing(self) -> Self:
        """Without those that were taken back."""
        return self.filter(stands())
