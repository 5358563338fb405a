"""What a version holds, its base and modules included. `load` reads it for any number of versions in one statement."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from kits.enums import TemplateKind
from kits.models import AcceptedItem, TemplateVersion
from stock.models import Item
from stock.picking import Want


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
    found: dict[int, dict[int, AcceptedItem]] = defaultdict(dict)
    for accepted in _accepted(wanted) if wanted else ():
        for holder in {accepted.line.version_id, accepted.holder} & wanted.keys():  # type: ignore[attr-defined]
            found[holder][accepted.pk] = accepted
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


def _accepted(wanted: Iterable[int]) -> QuerySet[AcceptedItem]:
    """The articles of the lines of `wanted` and of their parts; `holder` is the version that a line is a part of."""
    return (
        AcceptedItem.objects.annotate(holder=F("line__version__part_of"))
        .filter(Q(line__version__in=wanted) | Q(holder__in=wanted))
        .select_related("item", "line__version__template")
        .order_by("line__position", "line", "position", "pk")
    )


def _lines(version: TemplateVersion, accepted: Iterable[AcceptedItem]) -> list[ContentLine]:
    rows: dict[int, list[AcceptedItem]] = defaultdict(list)
    for row in accepted:
        rows[row.line_id].append(row)
    lines = [_line(group) for group in rows.values()]
    return sorted(lines, key=lambda line: _order(version, line.part))


def _line(accepted: Sequence[AcceptedItem]) -> ContentLine:
    line = accepted[0].line
    items = tuple(row.item for row in accepted)
    return ContentLine(items, line.quantity, line.is_optional, line.note, line.version)


def _order(version: TemplateVersion, part: TemplateVersion) -> tuple[bool, bool, str]:
    template = part.template
    return part.pk == version.pk, template.kind == TemplateKind.MODULE, template.name
