"""What must always be true of sorted containers; `manage.py check_ledger` says what is not."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Count, F, Sum

from donations.enums import ContainerState
from donations.models import Container, Refusal, SortingLine
from stock.enums import OperationKind, PlaceKind
from stock.models import Movement
from stock.querysets import stands

Key = tuple[int, int, int]  # operation, lot, place


def check_sortings() -> Iterable[str]:
    """Lines of sortings are the movements of their operations; what is finished adds up, and nothing came after it."""
    yield from _lines()
    yield from _finished()


def _lines() -> Iterator[str]:
    lines = SortingLine.objects.order_by().values_list("sorting__operation", "lot", "sorting__place")
    movements = Movement.objects.filter(operation__kind=OperationKind.SORT, source__kind=PlaceKind.SORTED).order_by()
    said = _sums(lines.annotate(units=Sum("quantity")))
    moved = _sums(movements.values_list("operation", "lot", "target").annotate(units=Sum("quantity")))
    for key in sorted(said.keys() | moved.keys()):
        if said[key] != moved[key]:
            yield f"Sorting by operation {key[0]}, lot {key[1]}: {said[key]} in its lines, {moved[key]} moved."
    others = SortingLine.objects.exclude(item=F("lot__item")).order_by("pk")
    for pk in others.values_list("pk", flat=True):
        yield f"Sorting line {pk} is of another article than its lot."


def _sums(rows: Iterable[tuple[int, int, int, int]]) -> dict[Key, int]:
    return defaultdict(int, {(operation, lot, place): units for operation, lot, place, units in rows})


def _finished() -> Iterator[str]:
    """Each finished container, with what its sortings say now."""
    lines = SortingLine.objects.filter(stands("sorting__operation"), sorting__container__state=ContainerState.SORTED)
    refusals = Refusal.objects.standing().filter(operation__sorting__container__state=ContainerState.SORTED)
    out = _weighed(lines.values("sorting__container"), "sorting__container")
    refused = _weighed(refusals.values("operation__sorting__container"), "operation__sorting__container")
    nothing = {"units": 0, "grams": 0, "unweighed": 0}
    rows = Container.objects.filter(state=ContainerState.SORTED).order_by("pk")
    for pk, pieces, grams, lost in rows.values_list("pk", "pieces", "grams", "lost_grams"):
        mine, turned_away = out.get(pk, nothing), refused.get(pk, nothing)
        if mine["units"] != pieces:
            yield f"Container {pk}: {mine['units']} pieces sorted from it, {pieces} when it was finished."
        is_unweighed = grams is None or mine["unweighed"] or turned_away["unweighed"]
        difference = None if is_unweighed else (grams or 0) - mine["grams"] - turned_away["grams"]
        if difference != lost:
            yield f"Container {pk}: grams in, out and refused differ by {difference}, {lost} is written."


def _weighed(rows: Iterable, path: str) -> dict[int, dict[str, int]]:
    found = rows.order_by().annotate(  # type: ignore[attr-defined]
        units=Sum("quantity"), grams_sum=Sum("grams", default=0), unweighed=Count("pk") - Count("grams")
    )
    return {
        row[path]: {"units": row["units"], "grams": row["grams_sum"], "unweighed": row["unweighed"]} for row in found
    }
