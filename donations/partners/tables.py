"""What a partner gave in a year as a table that leaves: the lines that a tax receipt needs, without any value."""

from datetime import date
from functools import partial
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from donations.partners.forms import partners_of
from donations.partners.gifts import count_gifts, gifts
from donations.partners.perms import READS_ATTESTATIONS
from network.models import House, Organisation
from network.papers import acting_now, theirs
from web.exports import Column
from web.jobs.kinds import Arguments, NotYours, Work
from web.jobs.tables import Table, table_work

GIFTS = {"csv": "gifts of a year, csv", "xlsx": "gifts of a year, xlsx"}  # by ending
COLUMNS: list[Column] = [
    (_("Day"), "day"),
    (_("Article"), "item.name"),
    (_("Quantity"), "quantity"),
    (_("Unit"), lambda gift: gift.item.get_unit_display()),
    (_("Condition"), "condition_label"),
    (_("Lot number"), "lot.number"),
    (_("Printed date"), "lot.printed_date"),
]


def _partner(user: User, about: Arguments) -> tuple[House, Organisation]:
    acting = acting_now(user, about["house"], *READS_ATTESTATIONS)
    if acting.house is None:
        raise NotYours
    return acting.house, theirs(partners_of(acting), about["partner"])


def _gifts(user: User, about: Arguments, *, ending: str) -> Work:
    house, partner = _partner(user, about)
    asked = (house, partner, date(about["year"], 1, 1), date(about["year"], 12, 31))
    return table_work(COLUMNS, lambda: gifts(*asked), count_gifts(*asked), ending)


def _back(about: Arguments) -> str:
    query = urlencode({"partner": about["partner"], "year": about["year"]})
    return f"{reverse('donations:gift_table')}?{query}"


TABLES = {
    name: Table(_("Gifts in kind"), partial(_gifts, ending=ending), _back, _partner, ending)
    for ending, name in GIFTS.items()
}
