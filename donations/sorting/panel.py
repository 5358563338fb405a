"""The articles at the left of the sorting table: by category, each with − and +, and found by name or GTIN."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.functional import Promise

from stock.enums import Category, DateRule
from stock.finding import Catalogue
from stock.models import Gtin


@dataclass(frozen=True, slots=True)
class Tile:
    """An article: the name that its line is written with, whether a printed date is asked for, and its GTINs."""

    name: str
    is_dated: bool
    gtins: str


def tiles_of(catalogue: Catalogue) -> list[tuple[str | Promise, list[Tile]]]:
    """The tiles of each category that has any; one statement."""
    gtins: dict[int, list[str]] = defaultdict(list)
    for pk, code in Gtin.objects.filter(item__in=catalogue.items).values_list("item", "code"):
        gtins[pk].append(code)
    found: dict[str, list[Tile]] = defaultdict(list)
    for item in catalogue.items:
        is_dated = item.date_rule != DateRule.NONE
        found[item.category].append(Tile(catalogue.name_of(item), is_dated, " ".join(gtins[item.pk])))
    by_name = {category: sorted(tiles, key=lambda tile: tile.name) for category, tiles in found.items()}
    return [(category.label, by_name[category]) for category in Category if category in by_name]
