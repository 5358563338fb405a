"""The pages of the documents that operations of the ledger were recorded for."""

from collections.abc import Collection

from django.db.models import Q

from distribution.models import Shipment
from stock.models import Operation


def shipment_url(operation: Operation) -> str | None:
    """The page of the shipment that `operation` packed, sent off or acknowledged; None once it was taken back."""
    of_operation = Q(packing=operation) | Q(leaving=operation) | Q(acknowledgement=operation)
    shipment = Shipment.objects.filter(of_operation).first()
    return shipment.get_absolute_url() if shipment else None


def shipment_numbers(operations: Collection[int]) -> dict[int, int]:
    """The numbers of the shipments that these operations packed, sent off or acknowledged."""
    steps = ("packing", "leaving", "acknowledgement")
    of_operations = Q(packing__in=operations) | Q(leaving__in=operations) | Q(acknowledgement__in=operations)
    shipments = Shipment.objects.filter(of_operations).order_by().values("number", *steps)
    return {shipment[step]: shipment["number"] for shipment in shipments for step in steps if shipment[step]}
