"""The list of what is here, put together by category or by place, with the sums of each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.requests import Request
from stock.enums import Category
from stock.filters import GROUPS, ShelfFilter
from stock.models import Balance
from stock.shelves import Shelf

PATHS = {"category": "lot__item__category", "place": "place"}
NOTHING = {"articles": 0, "on_hand": 0, "reserved": 0, "free": 0}


@dataclass
class Group:
    """Shelves of one category or place, as far as the page holds them, and the sums of them all."""

    label: str
    shelves: list[Shelf]
    sums: dict[str, int] = field(default_factory=lambda: dict(NOTHING))


def asked_grouping(request: Request) -> str:
    asked = request.GET.get("by", "")
    return asked if asked in PATHS else "category"


def sums_of(request: Request, balances: QuerySet[Balance], by: str, without: str = "") -> dict[Any, dict[str, int]]:
    """The sums of each category or place in the list as its filters narrow it, but for the filter `without`."""
    query = request.GET.copy()
    query.pop(without, None)
    narrowed = ShelfFilter(query, queryset=balances, request=request).qs
    return {row.pop("key"): row for row in narrowed.sums_by(PATHS[by])}


def in_groups(shelves: Iterable[Shelf], by: str, sums: dict[Any, dict[str, int]]) -> list[Group]:
    """`shelves`, which come in the order of `by`, under their category or place."""
    key: Callable[[Shelf], Any] = _place if by == "place" else _category
    groups = []
    for value, here in groupby(shelves, key):
        rows = list(here)
        label = str(rows[0].place) if by == "place" else rows[0].item.get_category_display()
        groups.append(Group(label, rows, sums.get(value, NOTHING)))
    return groups


def _place(shelf: Shelf) -> int:
    return shelf.place.pk


def _category(shelf: Shelf) -> str:
    return shelf.item.category


@dataclass(frozen=True)
class Chip:
    """A link that narrows a list or turns it round, keeping what else is asked of it."""

    label: str | Promise
    url: str
    count: int | None = None
    current: bool = False


def category_chips(request: Request, sums: dict[Any, dict[str, int]]) -> list[Chip]:
    """All, then each category of which something is here, with how many articles."""
    asked = request.GET.get("category", "")
    chips = [Chip(_("All"), _with(request, category=""), None, asked not in sums)]
    shown = [category for category in Category if category in sums]
    return chips + [
        Chip(category.label, _with(request, category=category), sums[category]["articles"], category == asked)
        for category in shown
    ]


def group_chips(request: Request, by: str) -> list[Chip]:
    return [Chip(label, _with(request, by=value), None, value == by) for value, label in GROUPS]


def _with(request: Request, **changes: str) -> str:
    query = {name: value for name, value in request.GET.items() if value and name != "page"} | changes
    asked = {name: value for name, value in query.items() if value}
    return f"{request.path}?{urlencode(asked)}" if asked else request.path
