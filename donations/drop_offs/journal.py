"""What the journal of the stock says of what was noted at the door, where there are no goods yet."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.urls import reverse

from donations.models import DropOff
from stock.models import Operation


def address_of_drop_off(operation: Operation) -> str | None:
    """The page of the drop-off that `operation` noted."""
    drop_off = DropOff.objects.filter(operation=operation).first()
    return drop_off.get_absolute_url() if drop_off else None


def address_of_refusal(operation: Operation) -> str | None:
    """The page of the day on which `operation` noted that something was not taken."""
    refusal = operation.refusals.first()
    return reverse("donations:point_day", args=[refusal.site_id, refusal.day]) if refusal else None


def drop_off_numbers(operations: Collection[int]) -> QuerySet:
    """The numbers of the drop-offs that these operations noted."""
    return DropOff.objects.filter(operation__in=operations).order_by().values_list("operation", "pk")
