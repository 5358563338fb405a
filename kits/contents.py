"""What a version holds, its base and modules included. `load` reads it for any number of versions in one statement."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import F, Model, Q

from kits.enums import TemplateKind
from kits.models import AcceptedItem, KitLine, KitTemplate, TemplateVersion
from stock.models import Item
from stock.picking import Want

Accepted = tuple[KitLine, Item]
BESIDE: tuple[tuple[str, type[Model]], ...] = (
    ("line", KitLine),
    ("line__version", TemplateVersion),
    ("line__version__template", KitTemplate),
    ("item", Item),
)


@dataclass(frozen=True, slots=True)
class ContentLine:
    """One line of a kit: `quantity` of the first of `items`, or of those after it in its place; `part` says it."""

    items: tuple[Item, ...]
    quantity: int
    is_optional: bool
    note: str
    part: TemplateVersion

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


def load(versions: Iterable[TemplateVersion]) -> None:
    """Read what `versions` hold, in one statement, so that `contents` asks nothing more."""
    wanted = {version.pk: version for version in versions}
    found: dict[int, dict[int, Accepted]] = defaultdict(dict)
    for pk, holder, accepted in _accepted(wanted) if wanted else ():
        for version_pk in wanted.keys() & {accepted[0].version_id, holder}:
            found[version_pk][pk] = accepted
    for pk, version in wanted.items():
        version.content_lines = tuple(_lines(version, found[pk].values()))


def contents(version: TemplateVersion) -> Sequence[ContentLine]:
    """The lines of its base and modules, then its own."""
    if version.content_lines is None:
        load([version])
    return version.content_lines or ()


def wants(lines: Iterable[ContentLine], count: int) -> list[Want]:
    """What `count` kits take. The units of a line in one kit always are of one article."""
    return [Want(line.items, line.quantity * count, line.quantity, line.is_optional) for line in lines]


def grams(lines: Iterable[ContentLine]) -> int:
    """Weight of one kit in grams, of its obligatory lines, as far as the weights of its articles are known."""
    return sum(line.grams or 0 for line in lines if not line.is_optional)


def is_weight_assumed(lines: Iterable[ContentLine]) -> bool:
    """Whether a weight is missing or assumed among the obligatory lines."""
    return any(line.grams is None or line.item.is_weight_assumed for line in lines if not line.is_optional)


def _accepted(wanted: Iterable[int]) -> Iterator[tuple[int, int | None, Accepted]]:
    """The articles of the lines of `wanted` and of their parts, each with the version that its line is a part of."""
    rows = (
        AcceptedItem.objects.annotate(holder=F("line__version__part_of"))
        .filter(Q(line__version__in=wanted) | Q(holder__in=wanted))
        .order_by("line__position", "line", "position", "pk")
        .values_list("pk", "holder", *(f"{path}__{name}" for path, model in BESIDE for name in _names(model)))
    )
    made: dict[tuple[type[Model], int], Any] = {}
    for pk, holder, *values in rows:
        line, version, template, item = _objects(iter(values), made)
        line.version, version.template = version, template
        yield pk, holder, (line, item)


def _objects(values: Iterator[Any], made: dict[tuple[type[Model], int], Any]) -> Iterator[Any]:
    """What stands beside an accepted article; each object is made once, for the same ones stand beside many."""
    for _path, model in BESIDE:
        names = _names(model)
        row = list(islice(values, len(names)))
        key = (model, row[0])
        if key not in made:
            made[key] = model.from_db(DEFAULT_DB_ALIAS, names, row)
        yield made[key]


@cache
def _names(model: type[Model]) -> list[str]:
    """Its columns, the key first."""
    return [field.attname for field in model._meta.concrete_fields]


def _lines(version: TemplateVersion, accepted: Iterable[Accepted]) -> list[ContentLine]:
    rows: dict[int, list[Accepted]] = defaultdict(list)
    for line, item in accepted:
        rows[line.pk].append((line, item))
    lines = [_line(group) for group in rows.values()]
    return sorted(lines, key=lambda line: _order(version, line.part))


def _line(accepted: Sequence[Accepted]) -> ContentLine:
    line = accepted[0][0]
    items = tuple(item for _line, item in accepted)
    return ContentLine(items, line.quantity, line.is_optional, line.note, line.version)


def _order(version: TemplateVersion, part: TemplateVersion) -> tuple[bool, bool, str]:
    template = part.template
    return part.pk == version.pk, template.kind == TemplateKind.MODULE, template.name
