"""What a dry run found: good rows, bad cells, names nobody knows yet, and what would change."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from web.numbers import grouped


@dataclass(frozen=True, slots=True)
class Row:
    """A good row: its number in the file, its cleaned cells, and its key, the same whenever the file comes again."""

    number: int
    data: dict[str, Any]
    key: str


@dataclass(frozen=True, slots=True)
class RowError:
    """A bad cell: where it is, what it holds, what is wrong and what to do. Row 1 is the headings."""

    row: int
    column: str
    value: str
    sentence: str | Promise
    remedy: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that rows use and nobody knows yet: `what` it is (organisation, site…) and how many rows use it."""

    what: str
    name: str
    rows: int = 1

    @property
    def token(self) -> str:
        """What a ticked box of the form sends."""
        return f"{self.what}:{self.name}"


@dataclass(slots=True)
class Plan:
    """What a kind would do with good rows. `work` is its own, for its `apply`."""

    create: int = 0
    change: int = 0
    unchanged: int = 0
    unknown: list[Unknown] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    work: Any = None


@dataclass(slots=True)
class Report:
    """The answer of a dry run, and of an import that was done."""

    rows: int
    errors: list[RowError]
    plan: Plan
    is_applied: bool = False

    @property
    def good_rows(self) -> int:
        return self.rows - len({error.row for error in self.errors if error.row > 1})

    @property
    def holds_values(self) -> bool:
        """Whether some bad cell is shown: of a file that was looked at and waited, none is kept."""
        return any(error.value for error in self.errors)

    @property
    def is_clean(self) -> bool:
        return not self.errors

    @property
    def changes_nothing(self) -> bool:
        return self.is_clean and not self.plan.create and not self.plan.change and not self.plan.unknown

    def unticked(self, ticked: frozenset[str]) -> list[Unknown]:
        """The unknown names that nobody has ticked."""
        return [unknown for unknown in self.plan.unknown if unknown.token not in ticked]

    @property
    def sentence(self) -> str:
        """Say the outcome in one sentence."""
        if self.errors:
            return ngettext(
                "%(count)s cell or column is wrong, so nothing was written.",
                "%(count)s cells or columns are wrong, so nothing was written.",
                len(self.errors),
            ) % {"count": grouped(len(self.errors))}
        if self.changes_nothing:
            return _("All %(rows)s rows are here already: this file changes nothing.") % {"rows": grouped(self.rows)}
        plan = self.plan
        counts = {"create": grouped(plan.create), "change": grouped(plan.change), "unchanged": grouped(plan.unchanged)}
        if self.is_applied:
            return _("Written: %(create)s new, %(change)s changed, %(unchanged)s unchanged.") % counts
        return _("This file would make %(create)s new, change %(change)s and leave %(unchanged)s as they are.") % counts
