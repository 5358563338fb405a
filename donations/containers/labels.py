"""The labels of cartons and pallets: the code, what it is, its point and day. They stay inside the house."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.text import capfirst

from donations.models import Container
from printing.sheets import Label, print_labels
from stock.codes import ALPHABET, spoken


def container_labels(containers: Iterable[Container], *, label_format: str, first: int = 1) -> bytes:
    """The labels of `containers`, in their order. A point that became confidential is named on none of them."""
    labels = [_label(container) for container in containers]
    return print_labels(labels, label_format=label_format, first=first, characters=ALPHABET)


def _label(container: Container) -> Label:
    above, below = spoken(container.code).split()
    day = date_format(container.filled_on, "SHORT_DATE_FORMAT")
    point = "" if container.site.is_confidential else str(container.site)
    return Label((above, below), container.code, (f"{capfirst(container.get_kind_display())} · {day}", point))
