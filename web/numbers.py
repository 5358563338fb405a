"""Numbers as the reader writes them."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _


def grouped(number: int) -> str:
    """1482 as 1 482 in French and 1,482 in English."""
    return number_format(number, force_grouping=True)


def euros(amount: Decimal) -> str:
    """1482.5 as 1 482,50 € in French and €1,482.50 in English."""
    return _("€%(amount)s") % {"amount": number_format(amount, 2, force_grouping=True)}
