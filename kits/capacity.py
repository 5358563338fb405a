"""How many kits can be made of what is free, and what stops it. No database; by the rules that `pick` packs by."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kits.contents import ContentLine, wants
from stock.models import Item
from stock.picking import turn

MOST = 100_000  # more than this is “enough”


@dataclass(frozen=True, slots=True)
class Capacity:
    """`count` kits can be made; for one more, there is too little of `stops`, the wanted articles of their lines."""

    count: int
    stops: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """So many kits wanted of a recipe."""

    lines: Sequence[ContentLine]
    quantity: int


@dataclass(frozen=True, slots=True)
class Share:
    """Of a wish: what can be made of it alone, and what is left for it after the wishes before it."""

    alone: Capacity
    together: Capacity


def take(lines: Iterable[ContentLine], count: int, free: Mapping[int, int]) -> tuple[dict[int, int], tuple[Item, ...]]:
    """What would be left of `free` (units by article) after `count` kits, and the articles of which there are too few.

    Each line in the turn that packing gives it, the units of a line in one kit always of one article.
    """
    left, short = dict(free), []
    for want in sorted(wants(lines, count), key=turn):
        missing = want.quantity
        for item in want.items:
            there = left.get(item.pk, 0)
            taking = min(missing, there - there % want.step)
            left[item.pk] = there - taking
            missing -= taking
        if missing and not want.is_optional:
            short.append(want.items[0])
    return left, tuple(short)


def capacity(lines: Sequence[ContentLine], free: Mapping[int, int]) -> Capacity:
    """The most kits that can be packed of `free` at once, and what stops the next one."""
    obligatory = [line for line in lines if not line.is_optional]
    if not obligatory:
        return Capacity(0, ())
    low, high = 0, min(MOST, *(_bound(line, free) for line in obligatory)) + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if take(obligatory, middle, free)[1] else (middle, high)
    return Capacity(low, take(obligatory, low + 1, free)[1])


def shares(wishes: Iterable[Wish], free: Mapping[int, int]) -> list[Share]:
    """What each wish gets when those before it are made first: articles that several kits need are counted once."""
    left, found = dict(free), []
    for wish in wishes:
        together = capacity(wish.lines, left)
        found.append(Share(capacity(wish.lines, free), together))
        left = take(wish.lines, min(wish.quantity, together.count), left)[0]
    return found


def _bound(line: ContentLine, free: Mapping[int, int]) -> int:
    """No more kits than this line alone allows."""
    return sum(free.get(item.pk, 0) // line.quantity for item in line.items)
