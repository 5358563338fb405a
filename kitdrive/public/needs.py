"""What the public reads of a drive's needs: words, never how much is in stock."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kits.needs import Need
from stock.enums import Category
from stock.formula import names_formula
from stock.models import Item


class Level(TextChoices):
    MUCH = "much", _("We need a lot")
    SOME = "some", _("We still need some")
    ENOUGH = "enough", _("Enough, thank you")


@dataclass(frozen=True)
class Shelf:
    """The articles of a category."""

    category: Category
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Wanted:
    """All that is at one level."""

    level: Level
    shelves: tuple[Shelf, ...]


def level_of(need: Need) -> Level:
    """A lot: half or more of what the kits still to make take is neither there nor promised. Our own limit."""
    if need.missing <= 0:
        return Level.ENOUGH
    return Level.MUCH if need.missing * 2 >= need.wanted else Level.SOME


def wanted(needs: Iterable[Need]) -> list[Wanted]:
    """The levels that have articles, the most needed first; by category, then by name.

    Infant formula, bottles and teats are never asked for, nor is said whether there are any (décret n° 98-688; IFE Core
    Group, Operational Guidance on infant feeding in emergencies, 2017).
    """
    found: dict[Level, dict[Category, list[Item]]] = {level: {} for level in Level}
    for need in needs:
        if may_be_asked_for(need.item):
            found[level_of(need)].setdefault(Category(need.item.category), []).append(need.item)
    return [Wanted(level, _shelves(items)) for level, items in found.items() if items]


def may_be_asked_for(item: Item) -> bool:
    return not (item.is_formula or item.is_kit or names_formula(item.name, item.name_en))


def _shelves(found: dict[Category, list[Item]]) -> tuple[Shelf, ...]:
    shelves = (Shelf(category, tuple(sorted(found[category], key=str))) for category in Category if category in found)
    return tuple(shelves)
