"""The stations of an assembly session: one an article, in the order in which a kit walks along the tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from kits.contents import ContentLine, contents
from kits.models import AssemblySession, TemplateVersion
from kits.pick_lists import Planned
from stock.enums import DateRule
from stock.models import Item

LONG_NAME = 24  # letters: beyond, a card writes it smaller


@dataclass(frozen=True, slots=True)
class Use:
    """What one kind of kit takes at a station, and how many such kits are to be made."""

    version: TemplateVersion
    line: ContentLine
    kits: int

    @property
    def recipe(self) -> tuple[int, tuple[Item, ...], bool]:
        return self.line.quantity, self.line.substitutes, self.line.is_optional

    @property
    def pieces(self) -> int:
        return self.line.quantity * self.kits


@dataclass(frozen=True, slots=True)
class Station:
    """`number` counts from 1; `kinds` is how many kinds of kits the session makes, whether they stop here or not.

    `not_before` is the earliest printed date that may go in, of an article that has one.
    """

    number: int
    uses: Sequence[Use]
    kinds: int
    not_before: date | None

    @property
    def item(self) -> Item:
        return self.uses[0].line.item

    @property
    def is_alike(self) -> bool:
        """Whether every kit of the session takes the same here, once."""
        return (
            len({use.version.pk for use in self.uses}) == len(self.uses) == self.kinds
            and len({use.recipe for use in self.uses}) == 1
        )

    @property
    def notes(self) -> list[str]:
        return list(dict.fromkeys(use.line.note for use in self.uses if use.line.note))

    @property
    def pieces(self) -> int:
        return sum(use.pieces for use in self.uses)

    @property
    def has_long_name(self) -> bool:
        return len(str(self.item)) > LONG_NAME


def stations(session: AssemblySession, kits: Sequence[Planned]) -> list[Station]:
    """One station for each article that the lines of `kits` want first, in walking order.

    The order is that of the first kit; what only a later one holds comes right after what stands before it there,
    and what begins it before the first article that both hold.
    """
    found: dict[int, list[Use]] = {}
    walk: list[int] = []
    for planned in kits:
        lines = contents(planned.version)
        at = next((walk.index(line.item.pk) for line in lines if line.item.pk in found), len(walk))
        for line in lines:
            if line.item.pk not in found:
                walk.insert(at, line.item.pk)
            at = walk.index(line.item.pk) + 1
            found.setdefault(line.item.pk, []).append(Use(planned.version, line, planned.quantity))
    day = max(timezone.localdate(), timezone.localdate(session.starts_at))
    limit = day + timedelta(days=session.house.minimum_life_days)
    return [
        Station(number, found[item], len(kits), _limit(found[item][0], limit))
        for number, item in enumerate(walk, start=1)
    ]


def _limit(use: Use, limit: date) -> date | None:
    return None if use.line.item.date_rule == DateRule.NONE else limit
