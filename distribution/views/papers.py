"""Papers as PDF, under one neutral file name whatever they are."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from distribution.enums import ShipmentState
from distribution.kit_slips import MOST_SLIPS, kit_slip
from distribution.papers import shipment_slip
from distribution.perms import HANDLES_GOODS, READS_SHIPMENTS
from distribution.views.shipments import the_shipment
from kits.models import Kit, Pack
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


@requires(*HANDLES_GOODS)
def kit_slip_pdf(request: Request, pk: int) -> HttpResponse:
    """The slip of one kit that is here."""
    kit = get_object_or_404(Kit.objects.visible_to(request.acting).select_related("lot"), pk=pk)
    pack = Pack.objects.select_related("version").get(lot=kit.lot_id)
    return pdf_response(kit_slip(pack, [kit]), NEUTRAL)


@requires(*HANDLES_GOODS)
def pack_slips_pdf(request: Request, pk: int) -> HttpResponse:
    """The slips of the kits of a pack that are here: so many from `?from=`, counted from 1."""
    pack = get_object_or_404(Pack.objects.visible_to(request.acting).select_related("version"), pk=pk)
    start = request.GET.get("from", "1")
    first = max(int(start) - 1, 0) if start.isdecimal() and len(start) < 5 else 0
    kits = Kit.objects.visible_to(request.acting).filter(lot=pack.lot_id).order_by("pk")[first : first + MOST_SLIPS]
    if not kits:
        raise Http404
    return pdf_response(kit_slip(pack, list(kits)), NEUTRAL)
