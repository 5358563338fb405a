"""What of a drive is public: its name and text, its days, its collection points. Nothing else is read for its page."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.text import slugify

from donations.models import Drive
from donations.querysets import DriveQuerySet
from network.enums import SiteKind, Weekday
from network.models import OpeningHours, Site
from network.querysets import SiteQuerySet


@dataclass(frozen=True)
class Opening:
    """A day of the week, and its hours: from when to when, as often as it opens."""

    weekday: str
    times: tuple[tuple[str, str], ...]

    @property
    def day(self) -> str:
        return str(Weekday(self.weekday).label)

    @property
    def hours(self) -> str:
        return ", ".join(f"{opens} – {closes}" for opens, closes in self.times)


@dataclass(frozen=True)
class Point:
    """A collection point, as the public may know it. Without openings its hours are not published."""

    number: int
    name: str
    address: str
    city: str
    openings: tuple[Opening, ...]

    @property
    def slug(self) -> str:
        """The end of its page's address. The number alone counts: a poster leads there after the point was renamed."""
        return f"{slugify(self.name)}-{self.number}".strip("-")


@dataclass(frozen=True)
class DriveFacts:
    """A drive with its points. `stamp` changes with anything that its page says, but for what is counted."""

    drive: Drive
    points: tuple[Point, ...]
    today: date

    @property
    def stamp(self) -> str:
        drive = self.drive
        names = (drive.house.name, drive.name, drive.name_en, drive.public_text, drive.public_text_en)
        return repr((names, drive.starts_on, drive.ends_on, self.points, self.today))

    @property
    def state(self) -> str:
        """over, to_come or running."""
        if self.drive.ends_on < self.today:
            return "over"
        return "to_come" if self.drive.starts_on > self.today else "running"

    def at(self, number: int) -> "DriveFacts | None":
        """The same with that point alone; None where it is none of its public points."""
        points = tuple(point for point in self.points if point.number == number)
        return replace(self, points=points) if points else None


def public_points() -> SiteQuerySet:
    """Collection points with a public address, and the hours of those that publish them.

    Never a confidential place; never a clothing room, a store, a hall or a relay point, whose address is public to
    those whom one sends there.
    """
    hours = OpeningHours.objects.filter(site__are_hours_public=True, site__is_confidential=False)
    points = Site.objects.in_use().filter(kind=SiteKind.COLLECTION_POINT, is_confidential=False).exclude(address="")
    return points.prefetch_related(Prefetch("opening_hours", hours, to_attr="public_hours"))


def facts_of(drive: Drive) -> DriveFacts:
    """Of one drive, published or not: for its page, and for who is about to publish it. Three statements at most."""
    points = tuple(_point(site) for site in public_points().filter(drives=drive))
    return DriveFacts(drive, points, timezone.localdate())


def published_drive(slug: str) -> DriveFacts | None:
    drive = Drive.objects.published().filter(slug=slug).select_related("house").first()
    return facts_of(drive) if drive else None


def published_point(slug: str, number: int) -> DriveFacts | None:
    """A published drive with that point of it alone."""
    facts = published_drive(slug)
    return facts.at(number) if facts else None


def public_point(site: Site) -> Point | None:
    """What the public may know of a site; None where it is no public point."""
    found = public_points().filter(pk=site.pk).first()
    return _point(found) if found else None


def published_drives() -> DriveQuerySet:
    """All that have a page, those that end first coming first."""
    return Drive.objects.published().select_related("house").order_by("ends_on", "pk")


def _point(site: Site) -> Point:
    openings = tuple(_openings(site.public_hours))  # type: ignore[attr-defined]
    return Point(site.pk, site.name, site.address, site.city, openings)


def _openings(hours: list[OpeningHours]) -> Iterator[Opening]:
    for day, openings in groupby(hours, lambda opening: opening.weekday):
        yield Opening(day, tuple((f"{each.opens:%H:%M}", f"{each.closes:%H:%M}") for each in openings))
