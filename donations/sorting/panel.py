"""The articles at the left of the sorting table: by category, each with − and +, and found by name."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.functional import Promise

from stock.enums import Category, DateRule
from stock.finding import Catalogue


@dataclass(frozen=True, slots=True)
class Tile:
    """An article: the name that its line is written with, and whether a printed date is asked for."""

    name: str
    is_dated: bool


def tiles_of(catalogue: Catalogue) -> list[tuple[str | Promise, list[Tile]]]:
    """The tiles of each category that has any."""
    found: dict[str, list[Tile]] = defaultdict(list)
    for item in catalogue.items:
        found[item.category].append(Tile(catalogue.name_of(item), item.date_rule != DateRule.NONE))
    by_name = {category: sorted(tiles, key=lambda tile: tile.name) for category, tiles in found.items()}
    return [(category.label, by_name[category]) for category in Category if category in by_name]
