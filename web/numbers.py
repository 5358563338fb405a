"""Numbers as the reader writes them."""

from django.utils.formats import number_format


def grouped(number: int) -> str:
    """1482 as 1 482 in French and 1,482 in English."""
    return number_format(number, force_grouping=True)
