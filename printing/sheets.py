"""Labels: on sheets of 24, from any of its places on, or one after the other on a roll."""

import string
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from printing.layouts import Layout, lay_out
from printing.stamping import Copy, Progress, stamp

COLUMNS, ROWS = 3, 8
PER_SHEET = COLUMNS * ROWS
STYLES = ("printing/paper.css", "printing/stamped.css", "printing/labels.css")
NOTE_LENGTH = 20  # characters that a note has room for
LATIN = "".join(character for character in map(chr, range(0xA1, 0x180)) if character.isprintable())
NOTE_CHARACTERS = string.digits + string.ascii_letters + string.punctuation + " " + LATIN + "·–…’"


class LabelFormat(TextChoices):
    SHEET = "sheet", _("Sheets of 24 labels (A4, 70 × 37 mm)")
    ROLL = "roll", _("Roll of 62 mm, one label after the other")


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on a label: two short lines, a QR code that says `code`, and below small `notes`, none or two."""

    lines: tuple[str, str]
    code: str
    notes: tuple[str, ...] = ()


def print_labels(
    labels: Sequence[Label],
    *,
    label_format: str,
    characters: str,
    first: int = 1,
    progress: Progress | None = None,
) -> bytes:
    """The PDF of `labels`, whose lines are written in `characters`; a note that is too long ends in “…”.

    On a sheet the first label takes the place `first`, counted from 1 along the rows: those before it are used already.
    """
    is_roll = label_format == LabelFormat.ROLL
    places, face = (1, "narrow") if is_roll else (PER_SHEET, "wide")
    context = {"label_format": label_format, "places": range(1, places + 1), "face": face}
    faces = {face: characters}
    if any(label.notes for label in labels):
        context["note_face"] = note_face = f"{face}note"
        faces[note_face] = NOTE_CHARACTERS
    layout = lay_out("printing/labels.html", context, styles=STYLES, faces=faces)
    free = places if is_roll else PER_SHEET - first + 1
    pages = [_page(layout, face, labels[:free], places - free + 1)]
    pages += [_page(layout, face, labels[start : start + places], 1) for start in range(free, len(labels), places)]
    return stamp(pages, progress)


def _page(layout: Layout, face: str, labels: Sequence[Label], first: int) -> Copy:
    texts, codes = {}, {}
    for place, label in enumerate(labels, start=first):
        codes[f"qr-{place}"] = label.code
        for number, line in enumerate(label.lines, start=1):
            texts[f"{face}-{place}-{number}"] = line
        for number, note in enumerate(label.notes, start=1):
            texts[f"{face}note-{place}-{number}"] = _fitting(note)
    return Copy(layout, texts, codes)


def _fitting(note: str) -> str:
    """`note` as far as there is room, in characters that the font of notes has."""
    note = "".join(character if character in NOTE_CHARACTERS else "?" for character in note)
    return note if len(note) <= NOTE_LENGTH else f"{note[: NOTE_LENGTH - 1].rstrip()}…"
