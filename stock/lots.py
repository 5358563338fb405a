"""Lots: which lot an arrival belongs to, printed dates, and what may still be given."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from network.models import House, Organisation
from stock.enums import Category, DatePrecision, DateRule
from stock.models import Item, Lot
from web.errors import Refused

USE_BY_MINIMUM = timedelta(hours=48)  # what shops must leave when they give food away (arrêté du 11 mars 2019, art. 2)


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article as it arrives. A lot number and a date are asked for only where the article's own rule wants one."""

    item: Item
    number: str = ""
    best_before: date | None = None
    precision: str = DatePrecision.DAY
    donor: Organisation | None = None

    @property
    def identity(self) -> str:
        """What makes two arrivals one lot: number, date, precision and giver (with the article)."""
        donor = self.donor.pk if self.donor else ""
        return f"{self.number.strip()}|{self.best_before or ''}|{self.precision}|{donor}"


def last_day(year: int, month: int | None = None, day: int | None = None) -> tuple[date, DatePrecision]:
    """The last day of a printed day, month or year, and the precision that says which it was."""
    if month is None:
        return date(year, 12, 31), DatePrecision.YEAR
    if day is None:
        return date(year, month, calendar.monthrange(year, month)[1]), DatePrecision.MONTH
    return date(year, month, day), DatePrecision.DAY


def find_or_open(house: House, arrivals: Sequence[Arrival]) -> list[Lot]:
    """The lot of each arrival, in their order, opened where there is none yet; two statements whatever their number."""
    wanted = {
        (arrival.item.pk, arrival.identity): Lot(
            house=house,
            item=arrival.item,
            identity=arrival.identity,
            number=arrival.number.strip(),
            best_before=arrival.best_before,
            precision=arrival.precision,
            donor=arrival.donor,
        )
        for arrival in sorted(arrivals, key=lambda arrival: (arrival.item.pk, arrival.identity))
    }
    Lot.objects.bulk_create(wanted.values(), ignore_conflicts=True)
    items, identities = {item for item, _identity in wanted}, {identity for _item, identity in wanted}
    lots = Lot.objects.filter(item__in=items, identity__in=identities).select_related("item")
    found = {(lot.item_id, lot.identity): lot for lot in lots}
    return [found[arrival.item.pk, arrival.identity] for arrival in arrivals]


def check_arrival(arrival: Arrival, *, today: date, line: int | None = None) -> None:
    """Raise Refused where the article's rule wants a date that is missing, or the date that was read is past."""
    item = arrival.item
    if arrival.best_before is None:
        if item.date_rule == DateRule.NONE:
            return
        raise Refused(
            _("%(item)s: read the printed date on the article; this article cannot be taken in without one.")
            % {"item": item},
            field="best_before",
            line=line,
        )
    if arrival.best_before < today:
        raise Refused(
            _("%(item)s: the printed date, %(date)s, is past. Do not take it in.")
            % {"item": item, "date": Lot(best_before=arrival.best_before, precision=arrival.precision).printed_date},
            field="best_before",
            line=line,
        )


def check_can_be_given(lot: Lot, *, day: date, line: int | None = None) -> None:
    """Raise Refused where a lot must not reach anybody on `day`: blocked, past its use by, infant food past its date.

    Another article past its best-before date is safe and may be given.
    """
    if lot.is_blocked:
        raise Refused(_("%(lot)s is blocked. Set it aside.") % {"lot": lot}, line=line)
    if not can_be_given(lot, day=day):
        raise Refused(
            _("%(lot)s: its date does not allow to give it any more. Set it aside.") % {"lot": lot}, line=line
        )


def can_be_given(lot: Lot, *, day: date) -> bool:
    """Whether `check_can_be_given` lets a lot through on `day`."""
    if lot.is_blocked:
        return False
    if lot.best_before is None:
        return True
    rule, category = lot.item.date_rule, lot.item.category
    limit = day + USE_BY_MINIMUM if rule == DateRule.USE_BY else day
    is_strict = rule == DateRule.USE_BY or category in (Category.INFANT_FOOD, Category.KIT)
    return not is_strict or lot.best_before >= limit
