"""What went into a container and what came out of it, as far as it was counted and weighed."""

from collections.abc import Sequence
from dataclasses import dataclass

from donations.models import Container, Refusal, Sorting, SortingLine


@dataclass(frozen=True, slots=True)
class Account:
    """`parts` sortings that stand, `pieces` sorted and `refused`, and grams: in (None where it was never weighed), out
    and refused as far as they were weighed. `is_weighed` says whether all of it was.
    """

    grams_in: int | None
    parts: int
    pieces: int
    refused: int
    grams_out: int
    grams_refused: int
    is_weighed: bool

    @property
    def left(self) -> int | None:
        """Grams in less grams out and refused; None where something was not weighed."""
        if self.grams_in is None or not self.is_weighed:
            return None
        return self.grams_in - self.grams_out - self.grams_refused


def account_of(container: Container) -> Account:
    """The account of `container`, without what was taken back; three statements."""
    sortings = list(Sorting.objects.standing().filter(container=container).values_list("pk", flat=True))
    lines = SortingLine.objects.filter(sorting__in=sortings)
    refusals = Refusal.objects.filter(operation__sorting__in=sortings)
    return reckon(container, len(sortings), list(lines), list(refusals))


def reckon(container: Container, parts: int, lines: Sequence[SortingLine], refusals: Sequence[Refusal]) -> Account:
    """The account that so many `parts` with these lines and refusals make."""
    return Account(
        grams_in=container.grams,
        parts=parts,
        pieces=sum(line.quantity for line in lines),
        refused=sum(refusal.quantity for refusal in refusals),
        grams_out=sum(line.grams or 0 for line in lines),
        grams_refused=sum(refusal.grams or 0 for refusal in refusals),
        is_weighed=None not in [*(line.grams for line in lines), *(refusal.grams for refusal in refusals)],
    )
