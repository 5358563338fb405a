"""What biip reads of GS1's numbers and element strings (GS1 General Specifications); stock/barcodes.py imports it."""

import re
from datetime import date

import biip
from biip.gs1_digital_link_uris import GS1DigitalLinkURI
from biip.gs1_element_strings import GS1ElementString

from stock.wedge import SEPARATOR

_IDENTIFIER = re.compile(r"\((\d{2,4})\)")
_CONFIG = biip.ParseConfig(gs1_element_strings_verify_date=False)


def gtin_of(digits: str) -> str | None:
    """The GTIN of 8, 12, 13 or 14 digits, padded to 14; None where its last digit is wrong."""
    try:
        gtin = biip.parse(digits, config=_CONFIG).gtin  # a UPC-E is told by its eight digits too
    except biip.ParseError:
        return None
    return gtin.as_gtin_14() if gtin else None


def elements_of(plain: str) -> list[GS1ElementString]:
    """The element strings of a message, of what is printed below the bars, or of a GS1 Digital Link address.

    Where something in it cannot be read, what stands before it still counts: a person reads the rest on the article.
    """
    if plain.lower().startswith("http"):
        link = _of_link(plain)
        return list(link.element_strings) if link else []
    if plain.startswith("("):
        plain = _IDENTIFIER.sub(SEPARATOR + r"\1", plain)
    found: list[GS1ElementString] = []
    while rest := plain.lstrip(SEPARATOR):
        try:
            found.append(GS1ElementString.extract(rest, config=_CONFIG))
        except biip.ParseError:
            break
        plain = rest[len(found[-1]) :]
    return found


def first_day(year: str) -> date | None:
    """The first day of the year of these two digits, in the century that section 7.12 says."""
    return GS1ElementString.extract(f"15{year}0101").date


def _of_link(address: str) -> GS1DigitalLinkURI | None:
    try:
        return GS1DigitalLinkURI.parse(address, config=_CONFIG)
    except biip.ParseError:
        return None
