"""The public pages as bytes, ready to be sent to anybody."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from donations.models import Drive
from kitdrive.public.facts import (
    DriveFacts,
    Point,
    public_points,
    published_drive,
    published_drives,
    published_point,
)
from kitdrive.public.keeping import keep
from kitdrive.public.needs import wanted
from kits.plans import DrivePlan, kits_made

LANGUAGES = ("fr", "en")
HTML = "text/html; charset=utf-8"
_NUMBER = re.compile(r"(?:[-\w]*-)?([1-9][0-9]{0,8})", re.ASCII)


@dataclass(frozen=True)
class Page:
    """A page as it is sent, also compressed: there is nothing secret in it that its length could betray (BREACH)."""

    body: bytes
    packed: bytes
    etag: str
    addresses: dict[str, str]  # of the same page in each language
    content_type: str = HTML


def packed_page(body: bytes, addresses: dict[str, str], content_type: str = HTML) -> Page:
    digest = hashlib.sha256(body).hexdigest()[:32]
    return Page(body, gzip.compress(body, mtime=0), f'W/"{digest}"', addresses, content_type)


def drive_page(slug: str, language: str) -> Page | None:
    """The page of a published drive, or None."""
    if not is_published(slug):
        return None
    return keep(
        f"public:{language}:{slug}",
        lambda: published_drive(slug),
        lambda facts: facts.stamp,
        lambda facts: made_page(facts, language),
    )


def point_page(slug: str, point: str, language: str) -> Page | None:
    """The page of a public point of a published drive, or None. Of the word `point` the number at its end counts."""
    found = _NUMBER.fullmatch(point)
    number = int(found[1]) if found else 0
    if (slug, number) not in (keep("public:points", _points, repr, frozenset[tuple[str, int]]) or ()):
        return None
    return keep(
        f"public:{language}:{slug}:{number}",
        lambda: published_point(slug, number),
        lambda facts: facts.stamp,
        lambda facts: _page("kitdrive/public_point.html", point_context(facts), language),
    )


def made_page(facts: DriveFacts, language: str) -> Page:
    """The page of a drive, made now."""
    return _page("kitdrive/public_drive.html", drive_context(facts), language)


def index_page(language: str) -> Page | None:
    """The page of all published drives, or None where there is none."""
    return keep(
        f"public:{language}",
        lambda: [facts_without_points(drive) for drive in published_drives()] or None,
        lambda drives: repr([(each.drive.slug, each.stamp) for each in drives]),
        lambda drives: _page("kitdrive/public_index.html", _index_context(drives), language),
    )


def missing_page(language: str) -> Page:
    """What answers where nothing is published."""
    page = keep(f"public:{language}:", str, str, lambda _: _page("kitdrive/public_missing.html", {}, language))
    return cast(Page, page)  # an empty word is found too


def is_published(slug: str) -> bool:
    """Whether a drive has its page there; asked of the database every two seconds."""
    return slug in (keep("public:addresses", _addresses, repr, frozenset[str]) or ())


def drive_address(drive: Drive, language: str) -> str:
    return reverse(f"public_drive_{language}", args=[drive.slug])


def point_address(drive: Drive, point: Point, language: str) -> str:
    return reverse(f"public_point_{language}", args=[drive.slug, point.slug])


def drive_context(facts: DriveFacts) -> dict[str, Any]:
    """What the page of a drive says. About ten statements; none of needs once the drive is over."""
    drive = facts.drive
    plan = None if facts.state == "over" else DrivePlan(drive)
    target = plan.target if plan else 0
    return {
        "drive": drive,
        "points": facts.points,
        "state": facts.state,
        "wanted": wanted(plan.needs) if plan else [],
        "made": plan.made if plan and target else sum(kits_made(drive).values()),
        "target": target,
        "now": timezone.now(),
        "addresses": {language: drive_address(drive, language) for language in LANGUAGES} if drive.slug else {},
    }


def point_context(facts: DriveFacts) -> dict[str, Any]:
    """What the page of the one point of `facts` says: what the drive needs may be brought to each of its points."""
    drive, point = facts.drive, facts.points[0]
    return {
        "drive": drive,
        "point": point,
        "state": facts.state,
        "wanted": [] if facts.state == "over" else wanted(DrivePlan(drive).needs),
        "now": timezone.now(),
        "addresses": {language: point_address(drive, point, language) for language in LANGUAGES},
    }


def facts_without_points(drive: Drive) -> DriveFacts:
    return DriveFacts(drive, (), timezone.localdate())


def _index_context(drives: list[DriveFacts]) -> dict[str, Any]:
    return {
        "running": [facts.drive for facts in drives if facts.state == "running"],
        "to_come": [facts.drive for facts in drives if facts.state == "to_come"],
        "over": [facts.drive for facts in reversed(drives) if facts.state == "over"][:6],
        "addresses": {language: reverse(f"public_index_{language}") for language in LANGUAGES},
    }


def _page(template: str, context: dict[str, Any], language: str) -> Page:
    with translation.override(language):
        text = render_to_string(template, {**context, "language": language, "demo": settings.DEMO})
    return packed_page(text.encode(), context.get("addresses", {}))


def _addresses() -> list[str]:
    return sorted(Drive.objects.published().values_list("slug", flat=True))


def _points() -> list[tuple[str, int]]:
    """The public points of the published drives: end of the drive's address, number of the point."""
    of_drives = Drive.sites.through.objects.filter(drive__in=Drive.objects.published(), site__in=public_points())
    return sorted(of_drives.values_list("drive__slug", "site_id"))
