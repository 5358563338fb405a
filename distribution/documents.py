"""The pages of the documents that operations of the ledger were recorded for."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from distribution.models import Shipment
from stock.enums import OperationKind
from stock.models import Operation

STEPS = {
    OperationKind.RESERVE: "packing",
    OperationKind.SHIP: "leaving",
    OperationKind.ACKNOWLEDGE: "acknowledgement",
}  # the field of a shipment that names the operation of this kind


def shipment_url(operation: Operation) -> str | None:
    """The page of the shipment that `operation` packed, sent off or acknowledged; None once it was taken back."""
    of_operation = Q(packing=operation) | Q(leaving=operation) | Q(acknowledgement=operation)
    shipment = Shipment.objects.filter(of_operation).first()
    return shipment.get_absolute_url() if shipment else None


def shipment_numbers(step: str, operations: Collection[int]) -> QuerySet:
    """The numbers of the shipments for which `operations` were recorded as this `step` (a field of theirs)."""
    return Shipment.objects.filter(**{f"{step}__in": operations}).order_by().values_list(step, "number")
