"""What must always be true of the ledger, recounted from its movements. `manage.py check_ledger` prints what is not."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q, Sum

from stock.enums import INTERNAL_KINDS, VIRTUAL_KINDS, OperationKind
from stock.models import Balance, Movement, Operation, Reservation


def check_balances() -> Iterable[str]:
    """Balances are the sums of their movements, reserved of their reservations; reversals mirror what they reverse."""
    yield from _balances()
    yield from _reservations()
    yield from _virtual_places()
    yield from _reversals()


def _balances() -> Iterable[str]:
    sums: dict[tuple[int, int], int] = defaultdict(int)
    for side, sign in (("target", 1), ("source", -1)):
        rows = Movement.objects.filter(**{f"{side}__kind__in": INTERNAL_KINDS}).order_by()
        for place, lot, quantity in rows.values_list(side, "lot").annotate(sum=Sum("quantity")):
            sums[place, lot] += sign * quantity
    kept = {(place, lot): on_hand for place, lot, on_hand in Balance.objects.values_list("place", "lot", "on_hand")}
    for pair in sorted(sums.keys() | kept.keys()):
        if sums.get(pair, 0) != kept.get(pair, 0):
            made, said = sums.get(pair, 0), kept.get(pair, 0)
            yield f"Place {pair[0]}, lot {pair[1]}: the movements make {made}, the balance says {said}."


def _reservations() -> Iterable[str]:
    sums = dict(Reservation.objects.order_by().values_list("balance").annotate(sum=Sum("quantity")))
    kept = dict(Balance.objects.filter(reserved__gt=0).values_list("pk", "reserved"))
    for pk in sorted(sums.keys() | kept.keys()):
        if sums.get(pk, 0) != kept.get(pk, 0):
            yield f"Balance {pk}: {sums.get(pk, 0)} in reservations, {kept.get(pk, 0)} reserved."


def _virtual_places() -> Iterable[str]:
    for pk in Balance.objects.filter(place__kind__in=VIRTUAL_KINDS).values_list("pk", flat=True):
        yield f"Balance {pk} is of a virtual place."
    houses = Movement.objects.filter(~Q(source__house=F("target__house")) | ~Q(lot__house=F("source__house")))
    for pk in houses.values_list("pk", flat=True):
        yield f"Movement {pk} goes from one house to another."


def _reversals() -> Iterable[str]:
    reversals = Operation.objects.filter(kind=OperationKind.REVERSE, reverses__isnull=False)
    for reversal in reversals.prefetch_related("movements", "reverses__movements"):
        first: Any = reversal.reverses
        there = sorted((m.lot_id, m.source_id, m.target_id, m.quantity) for m in first.movements.all())
        back = sorted((m.lot_id, m.target_id, m.source_id, m.quantity) for m in reversal.movements.all())
        if there != back:
            yield f"Operation {reversal.pk} does not mirror operation {reversal.reverses_id}."
