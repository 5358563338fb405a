"""What changed from one version of a kit to another. Pure computation."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kits.contents import ContentLine
from stock.models import Item


class Change(TextChoices):
    ADDED = "added", _("added")
    REMOVED = "removed", _("removed")
    CHANGED = "changed", _("changed")
    SAME = "same", _("unchanged")


@dataclass(frozen=True, slots=True)
class Difference:
    """One article in both versions, or in one of them."""

    item: Item
    before: ContentLine | None
    after: ContentLine | None

    @property
    def change(self) -> Change:
        if self.before is None or self.after is None:
            return Change.REMOVED if self.after is None else Change.ADDED
        said = [(line.quantity, line.items, line.is_optional, line.note) for line in (self.before, self.after)]
        return Change.SAME if said[0] == said[1] else Change.CHANGED


def compare(before: Sequence[ContentLine], after: Sequence[ContentLine]) -> list[Difference]:
    """One Difference an article, in the order of the later version, then what it no longer holds."""
    old = {line.item: line for line in before}
    new = {line.item: line for line in after}
    kept = [Difference(item, old.get(item), line) for item, line in new.items()]
    return kept + [Difference(item, line, None) for item, line in old.items() if item not in new]
