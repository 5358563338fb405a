"""What comes to its date: how much life a lot has left, and what may still be made of it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.models import House
from stock.enums import DateRule
from stock.lots import can_be_given
from stock.models import Balance, Lot
from web.numbers import grouped


@dataclass(frozen=True, slots=True)
class Dated:
    """A lot at a place: what is there, in which stretch of time its date falls, and what that means today."""

    balance: Balance
    stretch: str
    left: str
    kind: str  # of web/_state.html
    fate: str
    is_over: bool


def dated(balance: Balance, house: House, today: date) -> Dated:
    lot = balance.lot
    kind, fate = fate_of(lot, house, today)
    days = (lot.best_before - today).days if lot.best_before else 0
    return Dated(balance, _stretch(days), _left(days), kind, fate, kind == "refused")


def fate_of(lot: Lot, house: House, today: date) -> tuple[str, str]:
    """What may be made of a lot that bears a date, as a kind of state and a sentence.

    A kit takes what keeps for `house.minimum_life_days`; what keeps less long can be handed over as long as it may be
    given (stock/lots.py).
    """
    if lot.is_blocked:
        return "refused", lot.get_block_display()
    if not can_be_given(lot, day=today):
        return "refused", _("not to be given any more: write it off")
    if lot.item.is_kit:
        return "done", _("can be handed over")
    if lot.item.is_formula:
        return "quiet", _("never in a kit; given on a worker’s request")
    until = (lot.best_before or date.max) - timedelta(days=house.minimum_life_days)
    if until >= today:
        return "done", _("goes into kits until %(day)s") % {"day": date_format(until, "SHORT_DATE_FORMAT")}
    if lot.is_past:
        return "attention", _("past its best, but safe: hand it over, not in a kit")
    if lot.item.date_rule == DateRule.USE_BY:
        return "attention", _("too short for a kit: hand it over at once")
    return "attention", _("too short for a kit: hand it over")


def _stretch(days: int) -> str:
    if days < 0:
        return _("Past")
    for most, label in ((7, _("Within 7 days")), (30, _("Within 30 days")), (90, _("Within 90 days"))):
        if days <= most:
            return label
    return _("Later")


def _left(days: int) -> str:
    if days < 0:
        return ngettext("%(days)s day ago", "%(days)s days ago", -days) % {"days": grouped(-days)}
    if days == 0:
        return _("today")
    return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": grouped(days)}
