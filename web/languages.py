"""What is written in two languages: French, which is always there, and English where somebody wrote it."""

from django.utils.translation import get_language


def reads_english() -> bool:
    """Whether the page is read in English."""
    return (get_language() or "").startswith("en")


def in_readers_language(french: str, english: str) -> str:
    """`english` for who reads English and where there is some, else `french`."""
    return english if english and reads_english() else french
