"""The content of an operation that was set aside, in words that a coordinator reads."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stock import registry
from stock.enums import DatePrecision

A_DAY = re.compile(r"\d{4}-[01]\d-[0-3]\d")
A_MOMENT = re.compile(A_DAY.pattern + r"T[0-9:.]+(Z|[+-][0-9:]+)")

NAMES: dict[str, str | Promise] = {
    "actor": _("recorded by"),
    "arrived": _("arrived"),
    "bought_on": _("bought on"),
    "code": _("code"),
    "container": _("container"),
    "containers": _("containers"),
    "cost": _("cost in euros"),
    "count": _("quantity"),
    "counted": _("counted"),
    "counts": _("counted"),
    "day": _("day"),
    "drive": _("drive"),
    "funder": _("paid by"),
    "grams": _("grams weighed"),
    "kind": _("what"),
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
    "site": _("site"),
    "source": _("from"),
    "supplier": _("supplier"),
    "target": _("to"),
    "told_at": _("when, by the tablet’s clock"),
    "version": _("template version"),
    "way": _("acknowledged"),
}


def in_words(content: Any, kind: str = "") -> list[tuple[str | Promise, list[str]]]:
    """Each thing that was sent: its name, and its value or the lines of it; empty where nothing was kept.

    `kind` is that of the operation which was asked for: the lists of its own are looked in first, because one word is
    stored in several and does not say the same in each.
    """
    if not isinstance(content, dict):
        return []
    words = _Words([*registry.own_choices.get(kind, ()), *registry.choices])
    return [
        (NAMES.get(name, name.replace("_", " ")), list(words.values(value)))
        for name, value in content.items()
        if value not in (None, "", [])
    ]


class _Words:
    """What was stored, as it is called in the reader's language; the first of `choices` that holds a word says it."""

    def __init__(self, choices: Sequence[type[TextChoices]]) -> None:
        self.choices = choices

    def values(self, value: Any) -> Iterator[str]:
        if isinstance(value, list):
            for line in value:
                yield self.line(line)
        else:
            yield self.line(value)

    def line(self, value: Any) -> str:
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, list):
            return ", ".join(self.line(part) for part in value if part not in (None, "", [], DatePrecision.DAY))
        return self.word(str(value))

    def word(self, stored: str) -> str:
        """A day or a moment as they are written here, and a word of a list by its label."""
        if A_DAY.fullmatch(stored):
            return date_format(date.fromisoformat(stored), "SHORT_DATE_FORMAT")
        if A_MOMENT.fullmatch(stored):
            return date_format(timezone.localtime(datetime.fromisoformat(stored)), "SHORT_DATETIME_FORMAT")
        return str(next((choices(stored).label for choices in self.choices if stored in choices.values), stored))
