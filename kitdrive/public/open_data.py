"""What a drive's public page says, as data for anybody's program: JSON and CSV (docs/open-data.md).

Each field is written here by name: what is not written here leaves by no field. No quantity, nobody, no place but
the public points.
"""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kitdrive.public.facts import DriveFacts, Point, published_drive
from kitdrive.public.keeping import keep
from kitdrive.public.needs import Wanted, wanted
from kitdrive.public.pages import Page, drive_address, is_published, packed_page, point_address
from kits.plans import DrivePlan
from web.exports import neutral

VERSION = 1  # of the fields: a new one says that a field went or means something else
LICENCE_ADDRESS = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8"}
COLUMNS = ("drive", "drive_name", "id", "name", "category", "category_name", "level", "level_name", "counted_at")
Record = dict[str, Any]


def needs_file(slug: str, language: str, form: str) -> Page | None:
    """The needs of a published drive as `form` (json or csv), or None. Kept like its page."""
    if not is_published(slug):
        return None
    return keep(
        f"public:{language}:{slug}:needs.{form}",
        lambda: published_drive(slug),
        lambda facts: facts.stamp,
        lambda facts: _file(facts, language, form),
    )


def _file(facts: DriveFacts, language: str, form: str) -> Page:
    with translation.override(language):
        record = needs_record(facts, language)
    text = _csv(record) if form == "csv" else json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    return packed_page(text.encode(), {}, TYPES[form])


def needs_record(facts: DriveFacts, language: str) -> Record:
    """All that leaves, in the reader's language. Once the drive is over, neither points nor needs, like its page."""
    drive, is_over = facts.drive, facts.state == "over"
    return {
        "version": VERSION,
        "language": language,
        "licence": licence(facts),
        "licence_url": LICENCE_ADDRESS,
        "counted_at": timezone.localtime().isoformat(timespec="seconds"),
        "drive": {
            "id": drive.slug,
            "name": str(drive),
            "house": drive.house.name,
            "starts_on": drive.starts_on.isoformat(),
            "ends_on": drive.ends_on.isoformat(),
            "state": facts.state,
            "page": drive_address(drive, language),
        },
        "points": [] if is_over else [_point(facts, point, language) for point in facts.points],
        "needs": [] if is_over else list(_needs(wanted(DrivePlan(drive).needs))),
    }


def licence(facts: DriveFacts) -> str:
    """The sentence under which it may be used again; Licence Ouverte 2.0 asks for the source and its date."""
    return _("Open Licence 2.0 (Etalab): use it as you like, and name the source, %(house)s, with the day.") % {
        "house": facts.drive.house.name
    }


def _point(facts: DriveFacts, point: Point, language: str) -> Record:
    return {
        "id": point.number,
        "name": point.name,
        "address": point.address,
        "city": point.city,
        "page": point_address(facts.drive, point, language),
        "hours": [
            {"weekday": int(opening.weekday), "day": opening.day, "opens": opens, "closes": closes}
            for opening in point.openings
            for opens, closes in opening.times
        ],
    }


def _needs(levels: list[Wanted]) -> Iterator[Record]:
    for each in levels:
        for shelf in each.shelves:
            for item in shelf.items:
                yield {
                    "id": item.pk,
                    "name": str(item),
                    "category": shelf.category.value,
                    "category_name": str(shelf.category.label),
                    "level": each.level.value,
                    "level_name": str(each.level.label),
                }


def _csv(record: Record) -> str:
    """A line for each article, separated by commas in both languages: it is for programs."""
    told, drive = io.StringIO(), record["drive"]
    writer = csv.DictWriter(told, COLUMNS)
    writer.writeheader()
    for need in record["needs"]:
        row = {"drive": drive["id"], "drive_name": drive["name"], "counted_at": record["counted_at"], **need}
        writer.writerow({name: neutral(value) if isinstance(value, str) else value for name, value in row.items()})
    return told.getvalue()
