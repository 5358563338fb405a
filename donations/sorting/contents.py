"""What is known of what came out of a container, for the pages that show it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from donations.enums import ContainerState, RefusalReason
from donations.models import Container, Refusal, Sorting, SortingLine
from donations.perms import can_reverse
from donations.sorting.account import reckon
from network.acting import Acting
from stock.models import Lot


@dataclass
class Sorted:
    """So many of a lot that came out in one condition, in one part or several; grams where all of it was weighed."""

    lot: Lot
    condition: str
    quantity: int = 0
    grams: int | None = 0


@dataclass(frozen=True, slots=True)
class Part:
    """One sorting, the units that it brought and refused, and whether who looks may take it back."""

    sorting: Sorting
    units: int
    refused: int
    can_undo: bool


def contents_of(container: Container, acting: Acting) -> dict[str, Any]:
    """The `account` of `container`, the `parts` in which it was sorted, and `came_out` and `refusals` of what stands.

    The parts that were taken back are among them, the last first. Three statements.
    """
    related = ("place__site", "operation__actor", "operation__device", "operation__reversed_by")
    sortings = list(container.sortings.select_related(*related).order_by("-pk"))
    lines = list(SortingLine.objects.filter(sorting__in=sortings).select_related("lot__item").order_by("pk"))
    refusals = list(Refusal.objects.filter(operation__sorting__in=sortings).order_by("pk"))
    standing = [sorting for sorting in sortings if not sorting.is_reversed]
    kept, operations = {sorting.pk for sorting in standing}, {sorting.operation_id for sorting in standing}
    lines_kept = [line for line in lines if line.sorting_id in kept]
    refusals_kept = [refusal for refusal in refusals if refusal.operation_id in operations]
    is_open = container.state != ContainerState.SORTED
    return {
        "account": reckon(container, len(standing), lines_kept, refusals_kept),
        "parts": [
            Part(
                sorting,
                sum(line.quantity for line in lines if line.sorting_id == sorting.pk),
                sum(refusal.quantity for refusal in refusals if refusal.operation_id == sorting.operation_id),
                is_open and sorting.pk in kept and can_reverse(acting, sorting.operation),
            )
            for sorting in sortings
        ],
        "came_out": _together(lines_kept),
        "refusals": _by_reason(refusals_kept),
    }


def _together(lines: Iterable[SortingLine]) -> list[Sorted]:
    found: dict[tuple[int, str], Sorted] = {}
    for line in lines:
        row = found.setdefault((line.lot_id, line.condition), Sorted(line.lot, line.get_condition_display()))
        row.quantity += line.quantity
        row.grams = None if row.grams is None or line.grams is None else row.grams + line.grams
    return list(found.values())


def _by_reason(refusals: Sequence[Refusal]) -> list[dict[str, Any]]:
    """What was refused for each reason that there was, in the order of the list of reasons."""
    found = []
    for reason in RefusalReason:
        alike = [refusal for refusal in refusals if refusal.reason == reason]
        if alike:
            units, weight = sum(row.quantity for row in alike), sum(row.grams or 0 for row in alike)
            found.append({"label": reason.label, "units": units, "weight": weight})
    return found
