"""Codes that people read aloud and write by hand: seven random characters and one that checks them.

The alphabet has twenty characters: no vowel, so that no word appears, and none of those taken for another by hand or by
ear (no 0 O, 1 I L, 2 Z, 5 S; of 8 B and 6 G only the digits). The check character is ISO/IEC 7064 MOD (M+1, M) with
M = 20: it finds every single wrong character and nearly all transpositions of neighbours.
"""

import secrets

from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_37_36

from stock.wedge import without_noise
from web.errors import Refused

ALPHABET = "346789CDFHJKMNPRTVWX"
LENGTH = 8
CODES = len(ALPHABET) ** (LENGTH - 1)  # as many as there are


class UnknownCode(Refused):
    """What was typed is not a code, or is one that nobody gave out."""


def new_code() -> str:
    """A random code of eight characters; 1.28 thousand million of them exist, so that nobody guesses one."""
    return numbered_code(secrets.randbelow(CODES))


def numbered_code(number: int) -> str:
    """The code that stands for a number below CODES, always the same."""
    body = ""
    for _place in range(LENGTH - 1):
        number, digit = divmod(number, len(ALPHABET))
        body += ALPHABET[digit]
    return body + mod_37_36.calc_check_digit(body, ALPHABET)


def spoken(code: str) -> str:
    """The code as it is printed: two groups of four."""
    return f"{code[:4]} {code[4:]}"


def clean_code(typed: str) -> str:
    """The code behind what was typed, scanned or read aloud, or raise UnknownCode with the sentence for the field."""
    for text in (typed, without_noise(typed)):
        code = "".join(character for character in text.upper() if character.isalnum())
        if _is_whole(code):
            return code
    raise UnknownCode(
        _("“%(typed)s” is not a code: one character is wrong or missing. Read it again on the label.")
        % {"typed": typed[:20]},
        field="code",
    )


def _is_whole(code: str) -> bool:
    """Whether `code` has all its characters, and the last one checks the others."""
    try:
        mod_37_36.validate(code, ALPHABET)
    except (ValidationError, ValueError):
        return False
    return len(code) == LENGTH
