"""The rows of a pick list: what to take, place by place, in the order in which one reads a shelf."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from stock.enums import Category
from stock.models import Balance, Item, Lot, Place

_CATEGORIES = list(Category)


@dataclass(frozen=True, slots=True)
class PickRow:
    """So many of one lot; `codes` say which parcels, where they are kits that were chosen already."""

    lot: Lot
    quantity: int
    codes: Sequence[object] = ()

    @property
    def item(self) -> Item:
        return self.lot.item


@dataclass(frozen=True, slots=True)
class Shelf:
    place: Place
    rows: Sequence[PickRow]

    @property
    def pieces(self) -> int:
        return sum(row.quantity for row in self.rows)


@dataclass(frozen=True, slots=True)
class Missing:
    """Of an article, how many are wanted and how many of these are nowhere to be taken."""

    item: Item
    wanted: int
    quantity: int


def shelves(taken: Iterable[tuple[Balance, int]], codes: Mapping[int, Sequence[object]] | None = None) -> list[Shelf]:
    """`taken` (with lot, article and place loaded) by place; of an article what expires first stands first.

    `codes` are the chosen parcels by lot id.
    """
    found: dict[Place, list[PickRow]] = defaultdict(list)
    for balance, quantity in taken:
        found[balance.place].append(PickRow(balance.lot, quantity, (codes or {}).get(balance.lot_id, ())))
    by_name = sorted(found.items(), key=lambda pair: str(pair[0]))
    return [Shelf(place, sorted(rows, key=_order)) for place, rows in by_name]


def _order(row: PickRow) -> tuple[int, str, date, int]:
    category = _CATEGORIES.index(Category(row.item.category))
    return category, str(row.item), row.lot.best_before or date.max, row.lot.pk
