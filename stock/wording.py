"""The content of an operation that was set aside, in words that a coordinator reads."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stock import registry
from stock.enums import DatePrecision

A_DAY = re.compile(r"\d{4}-[01]\d-[0-3]\d")

NAMES: dict[str, str | Promise] = {
    "actor": _("recorded by"),
    "arrived": _("arrived"),
    "bought_on": _("bought on"),
    "container": _("container"),
    "containers": _("containers"),
    "cost": _("cost in euros"),
    "count": _("quantity"),
    "counted": _("counted"),
    "counts": _("counted"),
    "day": _("day"),
    "drive": _("drive"),
    "funder": _("paid by"),
    "lines": _("lines"),
    "lost_reason": _("why grams are missing"),
    "lot": _("lot"),
    "organisation": _("organisation"),
    "partner": _("partner"),
    "place": _("place"),
    "quantity": _("quantity"),
    "reason": _("reason"),
    "refusals": _("refusals"),
    "reverses": _("reverses"),
    "session": _("session"),
    "shipment": _("shipment"),
    "source": _("from"),
    "supplier": _("supplier"),
    "target": _("to"),
    "version": _("template version"),
    "way": _("acknowledged"),
}


def in_words(content: Any) -> list[tuple[str | Promise, list[str]]]:
    """Each thing that was sent: its name, and its value or the lines of it; empty where nothing was kept."""
    if not isinstance(content, dict):
        return []
    return [
        (NAMES.get(name, name.replace("_", " ")), list(_values(value)))
        for name, value in content.items()
        if value not in (None, "", [])
    ]


def _values(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for line in value:
            yield _line(line)
    else:
        yield _line(value)


def _line(value: Any) -> str:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return ", ".join(_line(part) for part in value if part not in (None, "", [], DatePrecision.DAY))
    return _word(str(value))


def _word(stored: str) -> str:
    """A day as days are written here, and a word of a list by its label."""
    if A_DAY.fullmatch(stored):
        return date_format(date.fromisoformat(stored), "SHORT_DATE_FORMAT")
    return str(next((choices(stored).label for choices in registry.choices if stored in choices.values), stored))
