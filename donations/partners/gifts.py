"""What a partner gave, line by line: what was counted when it came, and what was sorted out of its containers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import QuerySet

from donations.enums import Condition
from donations.models import DonationLine, SortingLine
from network.models import House, Organisation
from stock.models import Item, Lot
from stock.querysets import stands


@dataclass(frozen=True, slots=True)
class Gift:
    """One line of what was given. It came with a donation or out of a container; one of the two is named."""

    day: date
    item: Item
    lot: Lot
    quantity: int
    condition: str
    donation: int | None = None
    sorting: int | None = None

    @property
    def condition_label(self) -> str:
        return str(Condition(self.condition).label)

    @property
    def in_words(self) -> dict[str, Any]:
        """The line as papers and pages say it, in the language of now, with its day as a day."""
        return {
            "day": self.day,
            "article": str(self.item),
            "quantity": self.quantity,
            "unit": str(self.item.get_unit_display()),
            "condition": self.condition_label,
            "lot": self.lot.number,
            "printed_date": str(self.lot.printed_date or ""),
        }

    @property
    def source(self) -> dict[str, int | None]:
        """The document that it came with, as AttestedGift names it."""
        return {"donation_id": self.donation, "sorting_id": self.sorting}


def gifts(
    house: House, partner: Organisation, first: date, last: date, *, donation: int | None = None, **only: Any
) -> list[Gift]:
    """What `partner` gave from one day to another and was not taken back, the oldest first; two statements.

    With `donation`, what came with that one alone; `only` narrows to gifts that are attested, or not.
    """
    counted, sorted_out = _lines(house, partner, first, last, only)
    if donation:
        return list(_counted(counted.filter(donation=donation)))
    return sorted(chain(_counted(counted), _sorted_out(sorted_out)), key=lambda gift: gift.day)


def count_gifts(house: House, partner: Organisation, first: date, last: date) -> int:
    """How many lines that is; two statements."""
    return sum(lines.count() for lines in _lines(house, partner, first, last, {}))


def _lines(
    house: House, partner: Organisation, first: date, last: date, only: dict[str, Any]
) -> tuple[QuerySet[DonationLine], QuerySet[SortingLine]]:
    """The lines that were counted as they came, and those that were sorted out of containers."""
    counted = DonationLine.objects.filter(
        stands("donation__operation"),
        donation__house=house,
        donation__partner=partner,
        donation__received_on__range=(first, last),
        **{f"donation__{name}": value for name, value in only.items()},
    )
    sorted_out = SortingLine.objects.filter(
        stands("sorting__operation"),
        sorting__house=house,
        sorting__container__partner=partner,
        sorting__container__filled_on__range=(first, last),
        **{f"sorting__{name}": value for name, value in only.items()},
    )
    return counted, sorted_out


def _counted(lines: Any) -> Iterator[Gift]:
    for line in lines.select_related("donation", "item", "lot").order_by("donation__received_on", "donation", "pk"):
        day = line.donation.received_on
        yield Gift(day, line.item, line.lot, line.quantity, line.condition, donation=line.donation_id)


def _sorted_out(lines: Any) -> Iterator[Gift]:
    """A container is given on the day on which it was filled, whenever it is sorted."""
    related = lines.select_related("sorting__container", "item", "lot")
    for line in related.order_by("sorting__container__filled_on", "sorting", "pk"):
        day = line.sorting.container.filled_on
        yield Gift(day, line.item, line.lot, line.quantity, line.condition, sorting=line.sorting_id)
