"""The paper of an attestation: two copies in one file, made of what was frozen when it was issued.

It is a French legal paper, so that its words are French whatever the language of who prints it.
"""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from donations.models import Attestation
from donations.partners.perms import READS_ATTESTATIONS
from network.company_numbers import spoken_siren
from network.papers import acting_now, theirs
from printing.internal import render_internal
from printing.papers import Arguments, NotYours, Paper, Told, Work

ATTESTATION = "attestation"
TEMPLATE = "donations/partners/attestation.html"
COPIES = ("donateur", "association")
LINES_A_SHEET = 30


def render_attestation(attestation: Attestation, told: Told | None = None) -> bytes:
    """The paper, the same each time; of a cancelled one, marked so."""
    said, day = _as_said(attestation), attestation.cancelled_on
    cancelled_on = _in_words(day.isoformat()) if day else ""
    always = {"attestation": attestation, "said": said, "house": said["house"]["name"], "cancelled_on": cancelled_on}
    with translation.override("fr"):
        contexts = [{**always, "copy": copy, "number_of_copy": index} for index, copy in enumerate(COPIES, start=1)]
        return render_internal(TEMPLATE, contexts, title=f"Attestation de don en nature {said['number']}", told=told)


def _in_words(day: str) -> str:
    """A day as French papers write it: 1er mars 2026."""
    with translation.override("fr"):
        words = date_format(date.fromisoformat(day), "j F Y")
    return f"1er {words[2:]}" if words.startswith("1 ") else words


def _as_said(attestation: Attestation) -> dict[str, Any]:
    """What the paper says, with its days in words and its SIREN by threes."""
    content = attestation.content or {}

    def party(said: dict[str, str]) -> dict[str, Any]:
        siren = spoken_siren(said["siren"]) if said["siren"] else ""
        return {**said, "siren": siren, "decree_on": _in_words(said["decree_on"]) if said.get("decree_on") else ""}

    days = {name: _in_words(content[name]) for name in ("issued_on", "first_day", "last_day")}
    return {
        **content,
        **days,
        "lines": attestation.lines,
        "house": party(content["house"]),
        "partner": party(content["partner"]),
    }


def _prepare(user: User, about: Arguments) -> Work:
    acting = acting_now(user, about["house"], *READS_ATTESTATIONS)
    attestation = theirs(Attestation.objects.visible_to(acting), about["attestation"])
    if attestation.content is None:
        raise NotYours
    sheets = len(COPIES) * (1 + len(attestation.lines) // LINES_A_SHEET)
    return Work(sheets, lambda told: render_attestation(attestation, told))


def _back(about: Arguments) -> str:
    return reverse("donations:attestation_detail", args=[about["attestation"]])


def _named(about: Arguments) -> str:
    """The same word in both languages, and the number."""
    return f"attestation {Attestation.objects.get(pk=about['attestation']).full_number}"


PAPERS = {ATTESTATION: Paper(_("Attestation of gifts in kind"), _prepare, _back, named=_named)}
