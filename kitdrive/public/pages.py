"""The public pages as bytes, ready to be sent to anybody."""

import gzip
import hashlib
from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from donations.models import Drive
from kitdrive.public.facts import DriveFacts, published_drive, published_drives
from kitdrive.public.keeping import keep
from kitdrive.public.needs import wanted
from kits.plans import DrivePlan, kits_made

LANGUAGES = ("fr", "en")


@dataclass(frozen=True)
class Page:
    """A page as it is sent, also compressed: there is nothing secret in it that its length could betray (BREACH)."""

    body: bytes
    packed: bytes
    etag: str
    addresses: dict[str, str]  # of the same page in each language


def drive_page(slug: str, language: str) -> Page | None:
    """The page of a published drive, or None."""
    if slug not in (keep("public:addresses", _addresses, repr, frozenset[str]) or ()):
        return None
    return keep(
        f"public:{language}:{slug}",
        lambda: published_drive(slug),
        lambda facts: facts.stamp,
        lambda facts: made_page(facts, language),
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


def drive_address(drive: Drive, language: str) -> str:
    return reverse(f"public_drive_{language}", args=[drive.slug])


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
    body = text.encode()
    digest = hashlib.sha256(body).hexdigest()[:32]
    return Page(body, gzip.compress(body, mtime=0), f'W/"{digest}"', context.get("addresses", {}))


def _addresses() -> list[str]:
    return sorted(Drive.objects.published().values_list("slug", flat=True))
