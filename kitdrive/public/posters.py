"""The poster of a point: what it collects, what not, until when, and a code that opens its public page."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import segno
from django.utils import translation
from django.utils.translation import gettext as _

from donations.models import Drive
from kitdrive.public.facts import DriveFacts, facts_of
from kitdrive.public.needs import Level, Wanted, wanted
from kitdrive.public.pages import LANGUAGES
from kits.plans import DrivePlan
from printing.pdf import render_sheet
from stock.enums import Category

SHEETS = {f"{size}-{language}": (size, language) for size in ("a4", "a3") for language in LANGUAGES}
SHELVES = 6  # kinds of articles on a poster: more cannot be read in passing
EXAMPLES = 3  # articles of each
QUIET = 4  # modules of white around a code: ISO/IEC 18004, 9.1


@dataclass(frozen=True)
class Kind:
    """A kind of articles, with some of them."""

    category: Category
    examples: tuple[str, ...]


def postered(drive: Drive) -> DriveFacts | None:
    """What may stand on a poster of `drive`: None while nothing of it is public, or nothing any more."""
    facts = facts_of(drive) if drive.is_public else None
    return None if facts is None or facts.state == "over" else facts


def poster(facts: DriveFacts, address: str, sheet: str) -> bytes:
    """The poster of the one point of `facts` as PDF, in the language of `sheet`; `address` is that of its page."""
    size, language = SHEETS[sheet]
    drive, point = facts.drive, facts.points[0]
    with translation.override(language):
        context: dict[str, Any] = {
            "drive": drive,
            "point": point,
            "state": facts.state,
            "kinds": kinds(wanted(DrivePlan(drive).needs)),
            "size": size,
            "address": address.partition("://")[2],
            "code": code(address),
        }
        title = _("Poster: %(point)s, %(drive)s") % {"point": point.name, "drive": drive}
        return render_sheet("kitdrive/poster.html", context, title=title, styles="kitdrive/poster.css")


def kinds(levels: Iterable[Wanted]) -> list[Kind]:
    """What is needed by kind, the most needed first; what there is enough of today too: a poster hangs for weeks."""
    found: dict[Category, list[str]] = {}
    for level in sorted(levels, key=lambda each: list(Level).index(each.level)):
        for shelf in level.shelves:
            found.setdefault(shelf.category, []).extend(str(item) for item in shelf.items)
    return [Kind(category, tuple(names[:EXAMPLES])) for category, names in list(found.items())[:SHELVES]]


def code(address: str) -> dict[str, Any]:
    """The QR code of `address`: its side in modules, and the dark parts of its rows as (left, top, width)."""
    matrix = segno.make_qr(address, error="m").matrix
    parts = []
    for top, row in enumerate(matrix, start=QUIET):
        left = QUIET
        for is_dark, modules in groupby(row):
            width = len(list(modules))
            if is_dark:
                parts.append((left, top, width))
            left += width
    return {"side": len(matrix) + 2 * QUIET, "parts": parts}
