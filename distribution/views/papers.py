"""Papers as PDF, under one neutral file name whatever they are."""

from django.http import Http404, HttpResponse

from distribution.enums import ShipmentState
from distribution.papers import shipment_slip
from distribution.perms import READS_SHIPMENTS
from distribution.views.shipments import the_shipment
from network.perms import requires
from network.requests import Request
from printing.pdf import pdf_response

NEUTRAL = "liste.pdf"
WITH_SLIP = (ShipmentState.PACKED, ShipmentState.HANDED_OVER, ShipmentState.ACKNOWLEDGED)


@requires(*READS_SHIPMENTS)
def shipment_slip_pdf(request: Request, pk: int) -> HttpResponse:
    shipment = the_shipment(request, pk)
    if shipment.state not in WITH_SLIP:
        raise Http404
    return pdf_response(shipment_slip(shipment), NEUTRAL)
