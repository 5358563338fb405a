"""What a hand-held scanner types: the code alone, without what it puts around it, whatever keyboard it thinks it is."""

import re

SEPARATOR = "\x1d"  # FNC1 between two elements, as scanners send it
_SEPARATORS = re.compile(r"[\x1d\u241d]|<GS>|\{GS\}|\[GS\]|\^\]|<FNC1>", re.IGNORECASE)
_SYMBOLOGY = re.compile(r"\][A-Za-z]\w")
_NOISE = re.compile(r"[\x00-\x1c\x1e\x1f\x7f\ufeff\u200b-\u200f]")
# A scanner set to an American keyboard, on a computer set to a French one: what comes for each key.
_AZERTY = str.maketrans("&é\"'(-è_çà)$qawzQAWZ,?;:!", "1234567890-]aqzwAQZWmM,./")


def without_noise(text: str) -> str:
    """The code alone: no symbology identifier (ISO/IEC 15424), no control characters, FNC1 always as SEPARATOR."""
    plain = _SEPARATORS.sub(SEPARATOR, text)
    plain = _NOISE.sub("", plain).strip(" \t\r\n\u00a0\u202f\x1d")
    if plain and not re.search(r"\d", plain):
        plain = plain.translate(_AZERTY)
    return _SYMBOLOGY.sub("", plain, count=1).lstrip(SEPARATOR) if plain.startswith("]") else plain
