"""The slips and labels of kits as PDF: of those that are here, and of those of a shipment."""

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from distribution.kit_slips import kit_slips
from distribution.models import Shipment
from distribution.perms import HANDLES_GOODS, HANDS_OVER
from distribution.views.shipments import the_shipment
from kits.models import AssemblySession, Kit, Pack
from kits.views.labels import answer_labels
from network.perms import requires
from network.requests import Request
from printing.pdf import pdf_response

NEUTRAL = "liste.pdf"


@requires(*HANDLES_GOODS)
def kit_slip_pdf(request: Request, pk: int) -> HttpResponse:
    """The slip of one kit that is here."""
    return _slips(Kit.objects.visible_to(request.acting).filter(pk=pk))


@requires(*HANDLES_GOODS)
def pack_slips_pdf(request: Request, pk: int) -> HttpResponse:
    """The slips of the kits of a pack that are here."""
    pack = get_object_or_404(Pack.objects.visible_to(request.acting), pk=pk)
    return _slips(Kit.objects.visible_to(request.acting).filter(lot=pack.lot_id))


@requires(*HANDLES_GOODS)
def session_slips_pdf(request: Request, pk: int) -> HttpResponse:
    """The slips of the kits of a session that are here."""
    session = get_object_or_404(AssemblySession.objects.visible_to(request.acting), pk=pk)
    return _slips(Kit.objects.visible_to(request.acting).filter(lot__pack__session=session))


@requires(*HANDS_OVER)
def shipment_kit_slips_pdf(request: Request, pk: int) -> HttpResponse:
    """The slips of the kits of a shipment, until they are acknowledged and forgotten."""
    return _slips(_kits_in(the_shipment(request, pk)))


@requires(*HANDS_OVER)
def shipment_labels(request: Request, pk: int) -> HttpResponse:
    """The outer tags of the kits of a shipment, until they are acknowledged and forgotten."""
    shipment = the_shipment(request, pk)
    return answer_labels(request, _kits_in(shipment), str(shipment), shipment.get_absolute_url())


def _kits_in(shipment: Shipment) -> QuerySet[Kit]:
    return Kit.objects.filter(in_shipment__shipment=shipment)


def _slips(kits: QuerySet[Kit]) -> HttpResponse:
    if not kits.exists():
        raise Http404
    return pdf_response(kit_slips(kits.order_by("pk")), NEUTRAL)
