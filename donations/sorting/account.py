"""What went into a container and what came out of it, as far as it was counted and weighed."""

from dataclasses import dataclass

from django.db.models import Count, Sum

from donations.models import Container, Refusal, Sorting, SortingLine
from stock.querysets import stands


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
    sortings = Sorting.objects.standing().filter(container=container)
    sums = {"units": Sum("quantity", default=0), "weight": Sum("grams", default=0)}
    counts = {"lines": Count("pk"), "weighed": Count("grams")}
    lines = SortingLine.objects.filter(sorting__container=container).filter(stands("sorting__operation"))
    refusals = Refusal.objects.standing().filter(operation__sorting__container=container)
    out = lines.order_by().aggregate(**sums, **counts)
    refused = refusals.order_by().aggregate(**sums, **counts)
    return Account(
        grams_in=container.grams,
        parts=sortings.count(),
        pieces=out["units"],
        refused=refused["units"],
        grams_out=out["weight"],
        grams_refused=refused["weight"],
        is_weighed=all(sum["lines"] == sum["weighed"] for sum in (out, refused)),
    )
