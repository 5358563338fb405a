"""Recognise what would name a person, so that files of donations, handovers and supports hold nobody."""

import re
import unicodedata

_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        nom noms name names prenom prenoms firstname forename lastname surname patronyme initiales initials
        identite identity telephone tel phone mobile portable gsm email mail courriel mel adresse address rue street
        domicile naissance birth birthdate birthday dob nationalite nationality photo nir secu passeport passport
        """,
    )
)
_TITLE = re.compile(
    r"^(m|mr|mme|mmes|mlle|mlles|mrs|ms|miss|dr|me|madame|monsieur|mademoiselle|docteur|maitre)(\.\s*|\s+)\S",
    re.IGNORECASE,
)
_SHORT_TITLES = ("m ", "me ", "ms ")  # a word of its own without the full stop: not a title
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_PHONE = re.compile(r"(?<![\d-])(\+\d{1,3}|0)[\s.()-]*(\d[\s.()-]*){8,12}(?![\d-])")


def plain(text: str) -> str:
    """Lower case without accents, and with the apostrophe of a keyboard."""
    decomposed = unicodedata.normalize("NFKD", text.casefold()).replace("’", "'")
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def is_about_a_person(column: str) -> bool:
    """Tell whether a column is named like one of a person: nom, prénom, téléphone, adresse, e-mail…"""
    words = re.findall(r"[a-z]+", plain(column).replace("e-mail", "email"))
    return any(word in _WORDS for word in words) or "".join(words) in _WORDS


def looks_like_a_person(value: str) -> bool:
    """Tell whether a value holds a title and a name (M., Mme…), an e-mail address or a phone number."""
    text = plain(value.strip())
    if _EMAIL.search(text) or _PHONE.search(text):
        return True
    return bool(_TITLE.match(text)) and not text.startswith(_SHORT_TITLES)
