"""What the bar codes on articles say: the GTIN, and where they tell them the lot and the date that is printed.

Read are EAN-13, EAN-8, UPC-A, UPC-E and ITF-14, the element strings of GS1-128, GS1 DataMatrix, GS1 DataBar and GS1 QR
codes, and GS1 Digital Link addresses (GS1 General Specifications, sections 3 and 7), as cameras give them, as hand-held
scanners type them, and as a person copies them from below the bars. biip knows the identifiers (stock/gs1.py); the rest
is said here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from types import ModuleType
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from stock.catalogue import as_printed
from stock.codes import ALPHABET
from stock.enums import DatePrecision
from stock.lots import last_day
from stock.wedge import without_noise
from web.errors import Refused

if TYPE_CHECKING:
    from biip.gs1_element_strings import GS1ElementString

LONGEST = 400  # characters: no code on an article says more
GTIN_LENGTHS = (8, 12, 13, 14)
_SPACES = re.compile(r"[ \t\u00a0\u202f]+")  # Python's \s holds FNC1 too
_OURS = re.compile(rf"[{ALPHABET}]{{8}}")

NO_CODE = _("This is no bar code of an article. Scan it again, or choose the article by hand.")
WRONG_DIGIT = _("%(code)s is no GTIN: its last digit does not fit the others. Scan it again, or read each digit.")


class NotACode(Refused):
    """What was scanned or typed names no article; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Barcode:
    """What a code says: the GTIN padded to 14 digits, the lot number, and the last day of the date that is printed."""

    gtin: str
    lot: str = ""
    best_before: date | None = None
    precision: DatePrecision = DatePrecision.DAY

    @property
    def printed(self) -> str:
        """The number as it stands below the bars."""
        return as_printed(self.gtin)

    @property
    def is_of_several(self) -> bool:
        """Whether it is the code of a case of several pieces (GTIN-14 with a packaging indicator, section 3.3.2)."""
        return self.gtin[0] != "0"


def read_code(text: str) -> Barcode:
    """What the code `text` says, however it was scanned or typed; else NotACode with the field "code"."""
    plain = without_noise(text)
    if not plain or len(plain) > LONGEST:
        raise _refused(NO_CODE)
    close = _SPACES.sub("", plain)
    digits = close.replace("-", "")
    if digits.isascii() and digits.isdecimal() and len(digits) in GTIN_LENGTHS:
        return _of_digits(digits)
    if _OURS.fullmatch(digits.upper()):
        raise _refused(_("This is the code of a kit or a container. Scan the bar code that its maker printed."))
    return _of_elements(gs1().elements_of(close))  # the hyphens of a lot are its own


def gs1() -> ModuleType:
    """stock.gs1, loaded by a process that reads a code and by no other: biip holds 20 MB of prefixes of numbers."""
    from stock import gs1

    return gs1


def _refused(sentence: object) -> NotACode:
    return NotACode(sentence, field="code")  # type: ignore[arg-type]


def _of_digits(digits: str) -> Barcode:
    """The code of so many digits alone: a GTIN."""
    gtin = gs1().gtin_of(digits)
    if gtin is None:
        raise _refused(WRONG_DIGIT % {"code": digits})
    return Barcode(gtin)


def _of_elements(elements: Iterable["GS1ElementString"]) -> Barcode:
    said = {element.ai.ai: element for element in elements}
    named = said.get("01")
    if named is None:
        raise _refused(_why_no_article(said))
    if named.gtin is None:
        raise _refused(WRONG_DIGIT % {"code": named.value})
    lot = said["10"].value if "10" in said else ""
    best_before, precision = _date_of(said)
    return Barcode(named.gtin.as_gtin_14(), lot, best_before, precision)


def _why_no_article(said: dict[str, "GS1ElementString"]) -> object:
    if not said:
        return NO_CODE
    if "00" in said or "02" in said:  # 02 names what a case holds, several of it
        return _("This is the code of a parcel, not of an article. Scan the code on one piece.")
    return _("This code does not say of which article it is. Scan the bar code with its 13 digits.")


def _date_of(said: dict[str, "GS1ElementString"]) -> tuple[date | None, DatePrecision]:
    """The use by (7003, 17), else the best before (15); when it was made or packed does not count (11, 13).

    Day 00 is the whole month. Makers who know the year alone write month 00 too, outside of the specification. What is
    not in the calendar is no date: a person reads what is printed.
    """
    for identifier in ("7003", "17", "15"):
        if identifier in said:
            return _read_date(said[identifier].value[:6])
    return None, DatePrecision.DAY


def _read_date(digits: str) -> tuple[date | None, DatePrecision]:
    if digits == "000000":
        return None, DatePrecision.DAY
    first = gs1().first_day(digits[:2])
    month, day = int(digits[2:4]), int(digits[4:6])
    try:
        return last_day(first.year if first else 0, month or None, (day or None) if month else None)
    except ValueError:
        return None, DatePrecision.DAY
