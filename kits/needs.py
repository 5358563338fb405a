"""What a drive still needs: its targets, less the kits made, what is in stock and what was promised. No database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kits.capacity import Wish
from stock.models import Item


@dataclass(slots=True)
class Need:
    """Of one article, in units: wanted in all, covered from stock, promises and substitutes, and missing."""

    item: Item
    wanted: int = 0
    from_stock: int = 0
    promised: int = 0
    substituted: int = 0

    @property
    def missing(self) -> int:
        return self.wanted - self.from_stock - self.promised - self.substituted


def needs(wishes: Iterable[Wish], free: Mapping[int, int], promised: Mapping[int, int]) -> list[Need]:
    """One Need for each article that an obligatory line wants first, what is most missing first.

    `wishes` are the kits still to make, the most urgent first; `free` and `promised` are units by article.
    An article serves the lines that want it before those that accept it in another's place.
    """
    stock, coming = dict(free), dict(promised)
    found: dict[int, Need] = {}
    lines = [(line, wish.quantity * line.quantity) for wish in wishes for line in wish.lines if not line.is_optional]
    open_lines = []
    for line, wanted in lines:
        need = found.setdefault(line.item.pk, Need(line.item))
        need.wanted += wanted
        in_stock = _draw(stock, line.item, wanted)
        to_come = _draw(coming, line.item, wanted - in_stock)
        need.from_stock += in_stock
        need.promised += to_come
        open_lines.append((line, wanted - in_stock - to_come))
    for line, missing in open_lines:
        for item in line.substitutes:
            replaced = _draw(stock, item, missing, step=line.quantity)
            replaced += _draw(coming, item, missing - replaced, step=line.quantity)
            found[line.item.pk].substituted += replaced
            missing -= replaced
    return sorted(found.values(), key=lambda need: (-need.missing, str(need.item)))


def _draw(pool: dict[int, int], item: Item, wanted: int, step: int = 1) -> int:
    """Take up to `wanted` of an article out of the pool, in whole steps."""
    there = pool.get(item.pk, 0)
    drawn = min(wanted, there - there % step)
    drawn -= drawn % step
    pool[item.pk] = there - drawn
    return drawn
