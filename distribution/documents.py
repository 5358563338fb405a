"""The pages of the documents that operations of the ledger were recorded for."""

from django.db.models import Q

from distribution.models import Shipment
from stock.models import Operation


def shipment_url(operation: Operation) -> str | None:
    """The page of the shipment that `operation` packed, sent off or acknowledged; None once it was taken back."""
    of_operation = Q(packing=operation) | Q(leaving=operation) | Q(acknowledgement=operation)
    shipment = Shipment.objects.filter(of_operation).first()
    return shipment.get_absolute_url() if shipment else None
