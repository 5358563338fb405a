"""What kits hold as they were packed: the substitutes that were put in, and nothing that was not."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Sum
from django.utils.translation import gettext as _

from kits.contents import ContentLine, contents
from kits.models import Pack, TemplateVersion
from stock.enums import Category, PlaceKind
from stock.models import Item, Movement

Taken = dict[int, dict[int, int]]


@dataclass(frozen=True, slots=True)
class Row:
    quantity: int
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one category, in the order of the categories."""

    label: str
    rows: tuple[Row, ...]


def taken_by(packs: Iterable[Pack]) -> Taken:
    """How many of each article went into each of `packs`, by operation and item id; one statement."""
    moved = Movement.objects.filter(operation__in=[pack.operation_id for pack in packs], target__kind=PlaceKind.PACKED)
    taken: Taken = defaultdict(dict)
    for operation, item, quantity in moved.order_by().values_list("operation", "lot__item").annotate(Sum("quantity")):
        taken[operation][item] = quantity
    return taken


def what_is_inside(version: TemplateVersion, packs: Sequence[Pack], taken: Taken) -> tuple[Group, ...]:
    """What kits of `version` hold as `packs` made them: the substitutes that were put in, and nothing that was not."""
    left: dict[int, int] = defaultdict(int)
    for pack in packs:
        for item, quantity in taken.get(pack.operation_id, {}).items():
            left[item] += quantity
    count = sum(pack.quantity for pack in packs)
    lines = list(contents(version))
    used = {
        index: _used(lines[index], count, left)
        for index in sorted(range(len(lines)), key=lambda index: lines[index].is_optional)
    }
    rows: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for index, line in enumerate(lines):
        items, is_whole = used[index]
        if items:
            rows[items[0].category][_words(items, is_whole)] += line.quantity
    return tuple(
        Group(str(category.label), tuple(Row(quantity, text) for text, quantity in rows[category].items()))
        for category in Category
        if category in rows
    )


def _used(line: ContentLine, count: int, left: dict[int, int]) -> tuple[list[Item], bool]:
    """The articles that a line of `count` kits took from what is `left` of the packs, and whether every kit has it."""
    need, items = line.quantity * count, []
    for item in line.items:
        taking = min(need, left[item.pk])
        if taking:
            items.append(item)
            left[item.pk] -= taking
            need -= taking
    return items, not need


def _words(items: Sequence[Item], is_whole: bool) -> str:
    """ "Soap"; where some kits hold another article, "Soap or Gel"; where some hold none, "Soap (in some kits)"."""
    text = str(items[0])
    for item in items[1:]:
        text = _("%(article)s or %(other)s") % {"article": text, "other": item}
    return text if is_whole else _("%(article)s (in some kits)") % {"article": text}
