"""What is written in two languages: French, which is always there, and English where somebody wrote it."""

from django.conf import settings
from django.utils.translation import get_language


def reads_english() -> bool:
    """Whether the page is read in English."""
    return (get_language() or "").startswith("en")


def known_language(asked: str) -> str:
    """The language that was asked for where it is one of ours, else the one that everybody gets."""
    language = asked.partition("-")[0].lower()
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def in_readers_language(french: str, english: str) -> str:
    """`english` for who reads English and where there is some, else `french`."""
    return english if english and reads_english() else french
