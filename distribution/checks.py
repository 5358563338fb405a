"""For `check_ledger`: what shipments and handovers say is what the ledger moved, and no code outlives its use."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone

from distribution.enums import ShipmentState
from distribution.models import Handover, HandoverUndo, Shipment, ShipmentKit, ShipmentLine
from kits.enums import KitState
from kits.models import Kit
from stock.enums import Category, OperationKind
from stock.models import Movement, Reservation

GRACE = timedelta(minutes=5)  # between two rounds of `manage.py tidy`
GONE = (ShipmentState.HANDED_OVER, ShipmentState.ACKNOWLEDGED)
Sums = dict[int, dict[int, int]]


def check_distribution() -> Iterable[str]:
    yield from _shipments()
    yield from _parcels()
    yield from _handovers()
    late = HandoverUndo.objects.filter(until__lt=timezone.now() - GRACE).count()
    if late:
        yield f"{late} handovers still know their kits after an hour: `manage.py tidy` does not run."


def _shipments() -> Iterable[str]:
    """Lines are what is reserved while it is packed, and what left once it left."""
    lines = _sums(ShipmentLine.objects.all(), "shipment", "item")
    gone = _sums(Movement.objects.filter(operation__kind=OperationKind.SHIP), "operation__left_shipment", "lot__item")
    held = _sums(Reservation.objects.all(), "holder__packed_shipment", "balance__lot__item")
    for pk, number, state in Shipment.objects.order_by("pk").values_list("pk", "number", "state"):
        if state in GONE and gone.get(pk) != lines.get(pk):
            yield f"Shipment {number} ({pk}): its lines are not what left with it."
        expected = lines.get(pk, {}) if state == ShipmentState.PACKED else {}
        if held.get(pk, {}) != expected:
            yield f"Shipment {number} ({pk}), {state}: what is reserved for it is not what its lines say."


def _sums(rows: QuerySet, owner: str, item: str) -> Sums:
    sums: Sums = defaultdict(dict)
    for key, article, quantity in rows.order_by().values_list(owner, item).annotate(sum=Sum("quantity")):
        if key is not None:
            sums[key][article] = quantity
    return sums


def _parcels() -> Iterable[str]:
    """A parcel is held if and only if a packed shipment has it, and forgotten once the shipment is acknowledged."""
    expected = Q(shipment__state=ShipmentState.PACKED, kit__state=KitState.HELD) | Q(
        shipment__state=ShipmentState.HANDED_OVER, kit__state=KitState.SHIPPED
    )
    for kit in ShipmentKit.objects.exclude(expected).values_list("kit", flat=True):
        yield f"Kit {kit} is in a shipment whose state is not its own."
    for kit in Kit.objects.filter(state=KitState.HELD, in_shipment=None).values_list("pk", flat=True):
        yield f"Kit {kit} is held for no shipment."


def _handovers() -> Iterable[str]:
    is_kit = Q(operation__movements__lot__item__category=Category.KIT)
    counted = Handover.objects.annotate(
        moved_kits=Sum("operation__movements__quantity", filter=is_kit, default=0),
        moved_articles=Sum("operation__movements__quantity", filter=~is_kit, default=0),
    )
    wrong = counted.exclude(kits=F("moved_kits"), articles=F("moved_articles")).order_by().values_list("day", "site")
    for day, site in wrong:
        yield f"A handover of {day:%Y-%m-%d} at site {site}: its counts are not what the ledger moved."
    undone = HandoverUndo.objects.filter(handover__operation__reversed_by__isnull=False).count()
    if undone:
        yield f"{undone} handovers were undone and still know their kits."
    for key, parcels, quantity in HandoverUndo.objects.annotate(parcels=Count("kits")).values_list(
        "pk", "parcels", "handover__kits"
    ):
        if parcels != quantity:
            yield f"Handover to undo {key}: {parcels} parcels, {quantity} in the handover."
