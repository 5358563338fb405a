"""What came to the points, day by day, as a table that leaves."""

from dataclasses import replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from donations.drop_offs.days import Narrowed, days_of, with_totals
from donations.drop_offs.forms import ALL, DaysForm
from donations.enums import RefusalReason
from donations.perms import TAKES_IN
from network.papers import acting_now, kept_to, still_seen
from network.requests import Request, house_of
from stock.enums import Category
from web.exports import Column
from web.jobs.kinds import Arguments, NotYours, Work
from web.jobs.tables import Table, table_work

DAYS = "days of the points"


def asked_for(request: Request) -> Arguments:
    """What the list is narrowed to, as ids and days."""
    form = DaysForm(request.GET, acting=request.acting)
    form.full_clean()
    said = form.cleaned_data
    about = {"drive": said.get("drive", ALL)} | ({"site": said["site"].pk} if said.get("site") else {})
    about |= {name: said[name].isoformat() for name in ("since", "until") if said.get(name)}
    return {"house": house_of(request).pk, **kept_to(request.acting), **about}


def _asked(user: User, about: Arguments) -> Narrowed:
    acting = acting_now(user, about["house"], *TAKES_IN)
    sites = still_seen(acting, about)
    form = DaysForm(about, acting=acting)
    if not form.is_valid():
        raise NotYours
    asked = form.narrowed
    return asked if sites is None else replace(asked, sites={pk: asked.sites[pk] for pk in sites if pk in asked.sites})


def _days(user: User, about: Arguments) -> Work:
    asked = _asked(user, about)
    days = days_of(asked)
    return table_work(_columns(), lambda: with_totals(list(days), asked), days.count())


def _columns() -> list[Column]:
    return [
        (gettext_lazy("Day"), "day"),
        (gettext_lazy("Point"), "site.name"),
        (gettext_lazy("Bags"), "bags"),
        (gettext_lazy("Cartons"), "cartons"),
        (gettext_lazy("Pallets"), "pallets"),
        (gettext_lazy("Weight in grams"), "grams"),
        *(
            (_("Refused: %(reason)s") % {"reason": reason.label}, lambda day, reason=reason: day.refused[reason])
            for reason in RefusalReason
        ),
        *(
            (_("Loose goods: %(category)s") % {"category": category.label}, lambda day, of=category: day.goods[of])
            for category in Category
            if category != Category.KIT
        ),
        (gettext_lazy("Entries with a wrong clock"), "clock_off"),
        (gettext_lazy("Entries after the end"), "late"),
    ]


def _back(about: Arguments) -> str:
    said: Arguments = {name: about[name] for name in ("drive", "site", "since", "until") if name in about}
    return f"{reverse('donations:drop_off_list')}?{urlencode(said)}"


TABLES = {DAYS: Table(gettext_lazy("Drop-offs"), _days, _back, _asked)}
