"""Where a drive and a place stand: what is read from the database, in a constant number of statements, and counted."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.db.models import F, Sum
from django.utils import timezone

from donations.models import Drive, Pledge
from kits.capacity import Capacity, Share, Wish, capacity, shares
from kits.contents import ContentLine, contents, load
from kits.models import AssemblySession, KitTemplate, Pack, PlannedMix, Target, TemplateVersion
from kits.needs import Need, needs
from network.models import House
from stock.enums import PlaceKind
from stock.models import Balance, Place
from stock.querysets import BalanceQuerySet


def free_articles(house: House, place: Place | None = None) -> dict[int, int]:
    """Units by article that can go into kits: free, not blocked, with the life left that the house asks for.

    At `place`, or at all stores and tables of the house. One statement.
    """
    ready = Balance.objects.filter(place__house=house, place__kind__in=[PlaceKind.STORE, PlaceKind.TABLE])
    here = Balance.objects.at(place) if place else ready
    rows = _usable(here, house).values_list("lot__item")
    return dict(rows.annotate(units=_UNITS))


def free_by_place(house: House, places: Iterable[Place]) -> dict[int, dict[int, int]]:
    """The same for each of `places`, by its id. One statement."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    rows = _usable(Balance.objects.filter(place__in=places), house).values_list("place", "lot__item")
    for place, item, units in rows.annotate(units=_UNITS):
        found[place][item] = units
    return found


_UNITS = Sum(F("on_hand") - F("reserved"))


def _usable(balances: BalanceQuerySet, house: House) -> BalanceQuerySet:
    first_day = timezone.localdate() + timedelta(days=house.minimum_life_days)
    return balances.free().usable_until(first_day).order_by()


def kits_made(drive: Drive) -> dict[int, int]:
    """Kits packed for the drive and not unpacked again, by template. One statement."""
    packs = Pack.objects.standing().filter(drive=drive).order_by().values_list("version__template")
    return dict(packs.annotate(made=Sum("quantity")))


def made_in(session: AssemblySession) -> dict[int, int]:
    """Kits packed in the session and not unpacked again, by version. One statement."""
    packs = Pack.objects.standing().filter(session=session).order_by().values_list("version")
    return dict(packs.annotate(made=Sum("quantity")))


def promised_articles(drive: Drive) -> dict[int, int]:
    """Units by article that partners promised for the drive and have not brought yet. One statement."""
    promised: dict[int, int] = {}
    for pledge in Pledge.objects.still_to_come().filter(drive=drive):
        promised[pledge.item_id] = promised.get(pledge.item_id, 0) + pledge.remaining
    return promised


def current_versions(house: House, drive: Drive | None = None) -> dict[int, TemplateVersion]:
    """The version that is packed now of each kit in use, with what it holds, by template. Two statements.

    With `drive`, of the kits alone that it aims at.
    """
    versions = TemplateVersion.objects.packable().filter(template__house=house).with_contents()
    found = list(versions.filter(template__in=drive.targets.values("template")) if drive else versions)
    load(found)
    return {version.template_id: version for version in found}


@dataclass
class TargetRow:
    """A target and where it stands. Without a published version nothing can be made of it."""

    target: Target
    version: TemplateVersion | None
    made: int
    share: Share | None = None

    @property
    def template(self) -> KitTemplate:
        return self.target.template

    @property
    def remaining(self) -> int:
        return max(0, self.target.quantity - self.made)

    @property
    def lines(self) -> Sequence[ContentLine]:
        return contents(self.version) if self.version else ()


class DrivePlan:
    """The targets of a drive, what can be made of them now, and what is still needed; six statements in all.

    `versions`, by template, are those of each kit in use, where whoever asks has read them for more than the drive.
    """

    def __init__(self, drive: Drive, versions: Mapping[int, TemplateVersion] | None = None) -> None:
        self.drive, self.versions = drive, versions

    @cached_property
    def free(self) -> dict[int, int]:
        """What can go into its kits, at all stores and tables of its house."""
        return free_articles(self.drive.house)

    @cached_property
    def aims(self) -> list[TargetRow]:
        """By priority, without their shares of what is free."""
        made = kits_made(self.drive)
        targets = self.drive.targets.select_related("template")
        versions = current_versions(self.drive.house, self.drive) if self.versions is None else self.versions
        return [TargetRow(t, versions.get(t.template_id), made.get(t.template_id, 0)) for t in targets]

    @cached_property
    def rows(self) -> list[TargetRow]:
        """By priority, each with its share of what is free."""
        for row, share in zip(self.aims, shares(self._wishes(self.aims), self.free), strict=True):
            row.share = share
        return self.aims

    @cached_property
    def needs(self) -> list[Need]:
        """Of each article, over all targets: wanted, there, promised, missing."""
        return needs(self._wishes(self.rows), self.free, promised_articles(self.drive))

    @property
    def target(self) -> int:
        return sum(row.target.quantity for row in self.rows)

    @property
    def made(self) -> int:
        """Kits made towards the targets: more than was aimed at of one kit does not stand in for another."""
        return sum(min(row.made, row.target.quantity) for row in self.rows)

    def _wishes(self, rows: Sequence[TargetRow]) -> list[Wish]:
        return [Wish(row.lines, row.remaining) for row in rows]


def capacities(house: House, place: Place | None = None) -> dict[int, Capacity]:
    """How many of each kit in use can be made now, each alone, by template. Three statements."""
    free = free_articles(house, place)
    return {pk: capacity(contents(version), free) for pk, version in current_versions(house).items()}


@dataclass(frozen=True, slots=True)
class MixRow:
    """What a session means to make of a version, what it has made, and what can still be made at its place."""

    version: TemplateVersion
    planned: int
    made: int
    share: Share

    @property
    def remaining(self) -> int:
        return max(0, self.planned - self.made)


def session_mix(mix: Sequence[PlannedMix], made: dict[int, int], free: dict[int, int]) -> list[MixRow]:
    """The rows of a session's mix, those planned first coming first; `made` is by version. One statement."""
    versions = [planned.version for planned in mix]
    load(versions)
    left = [max(0, planned.quantity - made.get(planned.version_id, 0)) for planned in mix]
    wishes = [Wish(contents(version), quantity) for version, quantity in zip(versions, left, strict=True)]
    return [
        MixRow(planned.version, planned.quantity, made.get(planned.version_id, 0), share)
        for planned, share in zip(mix, shares(wishes, free), strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Proposal:
    """For a session to be planned: what the drive still wants of a version, what its place allows, what is proposed."""

    version: TemplateVersion
    wanted: int
    share: Share

    @property
    def proposed(self) -> int:
        return min(self.wanted, self.share.together.count)


def proposals(rows: Sequence[TargetRow], versions: Iterable[TemplateVersion], free: dict[int, int]) -> list[Proposal]:
    """A proposal for each kit that can be packed: those with a target first, by priority."""
    wanted = {row.version.pk: row.remaining for row in rows if row.version}
    aimed = [row.version for row in rows if row.version]
    ordered = [*aimed, *(version for version in versions if version.pk not in wanted)]
    wishes = [Wish(contents(version), wanted.get(version.pk, 0)) for version in ordered]
    return [
        Proposal(version, wanted.get(version.pk, 0), share)
        for version, share in zip(ordered, shares(wishes, free), strict=True)
    ]
