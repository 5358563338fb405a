"""What lies at a place, as a page shows it: an article, its lots there, and their sums."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from stock.enums import Category
from stock.models import Balance, Item, Lot, Place
from stock.querysets import stock_at

MOST_LOTS = 3  # unfolded under an article; the page of the article names them all


@dataclass
class Shelf:
    """An article at a place. `balances` are its lots there, first expired first."""

    balances: list[Balance]

    @property
    def item(self) -> Item:
        return self.balances[0].lot.item

    @property
    def place(self) -> Place:
        return self.balances[0].place

    @cached_property
    def on_hand(self) -> int:
        return sum(balance.on_hand for balance in self.balances)

    @cached_property
    def reserved(self) -> int:
        return sum(balance.reserved for balance in self.balances)

    @cached_property
    def blocked(self) -> int:
        return sum(balance.on_hand for balance in self.balances if balance.lot.is_blocked)

    @cached_property
    def free(self) -> int:
        return sum(balance.free for balance in self.balances if not balance.lot.is_blocked)

    @property
    def earliest(self) -> Lot | None:
        """The lot whose printed date comes first, or None where nothing is dated."""
        first = self.balances[0].lot
        return first if first.best_before else None

    @property
    def is_one_lot(self) -> bool:
        return len(self.balances) == 1

    @property
    def shown(self) -> list[Balance]:
        return self.balances[:MOST_LOTS]

    @property
    def hidden(self) -> int:
        return max(0, len(self.balances) - MOST_LOTS)


def with_lots(rows: Iterable[Mapping[str, Any]]) -> list[Shelf]:
    """The shelves of `rows` (of `by_shelf`), in their order, with their lots; one statement."""
    pairs = [(row["lot__item"], row["place"]) for row in rows]
    items, places = ({pair[side] for pair in pairs} for side in (0, 1))
    balances = Balance.objects.something_here().filter(lot__item__in=items, place__in=places)
    found: dict[tuple[int, int], list[Balance]] = defaultdict(list)
    for balance in balances.for_display().first_expired_first_out():
        found[balance.lot.item_id, balance.place_id].append(balance)
    return [Shelf(found[pair]) for pair in pairs if pair in found]


@dataclass(frozen=True, slots=True)
class Then:
    """So many of a lot, as they were at a place at some moment, and as they are there now."""

    lot: Lot
    quantity: int
    now: int


def on_shelf_at(place: Place, moment: datetime) -> list[Then]:
    """What was at `place` at `moment`, by category, article and printed date; four statements."""
    quantities = stock_at(place, moment)
    lots = Lot.objects.with_item().filter(pk__in=quantities)
    now = dict(Balance.objects.at(place).filter(lot__in=quantities).values_list("lot", "on_hand"))
    return sorted((Then(lot, quantities[lot.pk], now.get(lot.pk, 0)) for lot in lots), key=_on_the_shelf)


def _on_the_shelf(row: Then) -> tuple[int, str, date, int]:
    item = row.lot.item
    return list(Category).index(Category(item.category)), str(item), row.lot.best_before or date.max, row.lot.pk
