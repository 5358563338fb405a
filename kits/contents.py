"""What a version holds, its base and modules included. Pure reading: load versions by `with_contents()` first."""

from collections.abc import Iterable
from dataclasses import dataclass

from kits.models import KitLine, TemplateVersion
from stock.models import Item
from stock.picking import Want


@dataclass(frozen=True, slots=True)
class ContentLine:
    """One line of a kit: `quantity` of the first of `items`, or of those after it in its place."""

    items: tuple[Item, ...]
    quantity: int
    is_optional: bool
    note: str

    @property
    def item(self) -> Item:
        return self.items[0]

    @property
    def substitutes(self) -> tuple[Item, ...]:
        return self.items[1:]

    @property
    def grams(self) -> int | None:
        """Grams of this line in one kit, or None where the article's weight is unknown."""
        return None if self.item.grams is None else self.item.grams * self.quantity


def _lines(lines: Iterable[KitLine]) -> list[ContentLine]:
    return [
        ContentLine(tuple(a.item for a in line.accepted.all()), line.quantity, line.is_optional, line.note)
        for line in lines
    ]


def contents(version: TemplateVersion) -> list[ContentLine]:
    """The lines of its base and modules, then its own."""
    parts = [content for part in version.parts.all() for content in _lines(part.lines.all())]
    return parts + _lines(version.lines.all())


def wants(version: TemplateVersion, count: int) -> list[Want]:
    """What `count` kits of `version` take. The units of a line in one kit always are of one article."""
    return [
        Want(content.items, content.quantity * count, content.quantity, content.is_optional)
        for content in contents(version)
    ]


def grams(version: TemplateVersion) -> int:
    """Weight of one kit in grams, of its obligatory lines, as far as the weights of its articles are known."""
    return sum(content.grams or 0 for content in contents(version) if not content.is_optional)
