"""The stock as a table that leaves."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from network.papers import acting_now, kept_to, still_seen
from network.perms import SEES_STOCK
from network.requests import Request, house_of
from stock.filters import ShelfFilter
from stock.finding import named_like
from stock.models import Balance
from stock.shelves import Shelf, with_lots
from web.exports import Column
from web.jobs.kinds import Arguments, Work
from web.jobs.tables import Table, table_work

STOCK = "stock list"
SHELVES = 1_000  # whose lots are looked up together
COLUMNS: list[Column] = [
    (_("Site"), "place.site.name"),
    (_("Place"), "place.name"),
    (_("Article"), "item.label"),
    (_("Size"), "item.size"),
    (_("Category"), lambda shelf: shelf.item.get_category_display()),
    (_("Unit"), lambda shelf: shelf.item.get_unit_display()),
    (_("On hand"), "on_hand"),
    (_("Reserved"), "reserved"),
    (_("Free"), "free"),
    (_("Earliest date"), lambda shelf: shelf.earliest and shelf.earliest.best_before),
]


def asked_for(request: Request) -> Arguments:
    """What the list is narrowed to, as ids and choices: words that were typed are the articles that they name."""
    house, form = house_of(request), ShelfFilter(request.GET, request=request).form
    form.is_valid()
    said: Mapping[str, Any] = form.cleaned_data
    about = {name: said[name].pk for name in ("site", "place") if said.get(name)}
    if said.get("category"):
        about["category"] = said["category"]
    if said.get("q"):
        about["items"] = named_like(house, said["q"])
    return {"house": house.pk, **kept_to(request.acting), **about}


def _stock(user: User, about: Arguments) -> Work:
    acting = acting_now(user, about["house"], *SEES_STOCK)
    still_seen(acting, about)
    paths = {
        "sites": "place__site__in",
        "site": "place__site",
        "place": "place",
        "category": "lot__item__category",
        "items": "lot__item__in",
    }
    asked = {path: about[name] for name, path in paths.items() if name in about}
    shelves = Balance.objects.visible_to(acting).by_shelf().filter(**asked)
    return table_work(COLUMNS, lambda: _shelves(list(shelves)), shelves.count())


def _shelves(rows: list[Mapping[str, Any]]) -> Iterator[Shelf]:
    for start in range(0, len(rows), SHELVES):
        yield from with_lots(rows[start : start + SHELVES])


def _sees(user: User, about: Arguments) -> None:
    still_seen(acting_now(user, about["house"], *SEES_STOCK), about)


def _back(about: Arguments) -> str:
    """The list as it was narrowed, but for words that were typed: those are not kept."""
    said: Arguments = {name: about[name] for name in ("site", "place", "category") if name in about}
    return f"{reverse('stock:stock_now')}?{urlencode(said)}" if said else reverse("stock:stock_now")


TABLES = {STOCK: Table(_("Stock"), _stock, _back, _sees)}
