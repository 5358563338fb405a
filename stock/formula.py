"""Infant formula, bottles and teats, known by their names: an article of such a name is one, whatever was ticked.

What may never be given out like the rest must not depend on a tick that somebody in a hurry forgot, or on a list
that came in by a file (décret n° 98-688; WHO, International Code of Marketing of Breast-milk Substitutes, article 2).
"""

import re

from web.imports.people import plain

_STAGE = r"(?:1(?:er)?|premier|2(?:e|eme|nd|d)?|deuxieme|second)"
_NAMES = re.compile(
    rf"""
    \b(?:
        biberons? | tetines?
      | laits?\s(?:de\s)?{_STAGE}\s?age | laits?\s(?:en\spoudre\s)?(?:infantiles?|maternises?|de\ssuite)
      | laits?\s(?:de\s)?(?:bebes?|nourrissons?)\b
      | laits?\s(?:en\spoudre\s)?pour\s(?:bebes?|nourrissons?|nouveau-nes?)
      | preparations?\s(?:infantiles?|de\ssuite|pour\snourrissons?)
      | (?:infant|baby|follow-?on|newborn)\s(?:formula|milk) | (?:baby|feeding|nursing)\s?bottles? | teats?
    )\b
    """,
    re.VERBOSE,
)
# What belongs to a bottle and is none: its brush, its warmer, its bag.
_BESIDE = re.compile(
    r"\b(?:goupillons?|brosses?|chauffe|porte|sacs?|range|egouttoirs?|steriliseurs?|sterilisateurs?)[\s-]"
    r"(?:(?:a|de|pour|et)\s)*(?:biberons?|tetines?)|\bbottle\s(?:brush(?:es)?|warmers?|bags?|racks?)"
)


def names_formula(*names: str) -> bool:
    """Tell whether one of `names`, an article's in either language, is that of infant formula, a bottle or a teat."""
    return any(_NAMES.search(_BESIDE.sub(" ", " ".join(plain(name).split()))) for name in names if name)
