"""Amounts as the reader writes them."""

from decimal import Decimal

from django import template

from web.numbers import euros as in_euros

register = template.Library()


@register.filter
def euros(amount: Decimal) -> str:
    """88 as 88,00 € in French and €88.00 in English."""
    return in_euros(amount)
