"""The slips and labels of kits as PDF: of those that are here, and of those of a shipment."""

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from distribution.kit_papers import why_no_kit_papers
from distribution.kit_slip_kinds import SESSION_SLIPS, SHIPMENT_SLIPS
from distribution.kit_slips import KitSlips
from distribution.perms import HANDLES_GOODS, HANDS_OVER
from distribution.views.shipments import the_shipment
from kits.models import AssemblySession, Kit, Pack
from kits.views.labels import answer_labels, nothing_to_print
from network.perms import requires
from network.requests import Request, house_of
from printing.papers import NEUTRAL
from printing.pdf import pdf_response
from web.jobs.answers import job_response


@requires(*HANDLES_GOODS)
def kit_slip_pdf(request: Request, pk: int) -> HttpResponse:
    """The slip of one kit that is here, which is looked up once: with what is printed."""
    slips = KitSlips.of(Kit.objects.visible_to(request.acting).filter(pk=pk))
    if not slips.codes:
        raise Http404
    return pdf_response(slips.pdf(), NEUTRAL)


@requires(*HANDLES_GOODS)
def pack_slips_pdf(request: Request, pk: int) -> HttpResponse:
    """The slips of the kits of a pack that are here: they hold the same, so that one layout serves all."""
    pack = get_object_or_404(Pack.objects.visible_to(request.acting).select_related("lot__item"), pk=pk)
    kits = Kit.objects.visible_to(request.acting).filter(lot=pack.lot_id)
    if not kits.exists():
        return nothing_to_print(request, str(pack), reverse("kits:pack_detail", args=[pk]))
    return _slips(kits)


@requires(*HANDLES_GOODS)
def session_slips(request: Request, pk: int) -> HttpResponse:
    """The slips of the kits of a session that are here."""
    session = get_object_or_404(AssemblySession.objects.visible_to(request.acting), pk=pk)
    if not Kit.objects.visible_to(request.acting).filter(lot__pack__session=session).exists():
        return nothing_to_print(request, str(session), reverse("kits:session_detail", args=[pk]))
    return job_response(request, SESSION_SLIPS, {"house": house_of(request).pk, "session": pk})


@requires(*HANDS_OVER)
def shipment_kit_slips(request: Request, pk: int) -> HttpResponse:
    """The slips of the kits of a shipment, while they are packed and not gone."""
    shipment = the_shipment(request, pk)
    if sentence := why_no_kit_papers(shipment):
        return nothing_to_print(request, str(shipment), shipment.get_absolute_url(), sentence)
    return job_response(request, SHIPMENT_SLIPS, {"house": house_of(request).pk, "shipment": pk})


@requires(*HANDS_OVER)
def shipment_labels(request: Request, pk: int) -> HttpResponse:
    """The outer tags of the kits of a shipment, while they are packed and not gone."""
    shipment = the_shipment(request, pk)
    if sentence := why_no_kit_papers(shipment):
        return nothing_to_print(request, str(shipment), shipment.get_absolute_url(), sentence)
    kits = Kit.objects.filter(in_shipment__shipment=shipment)
    return answer_labels(request, kits, str(shipment), shipment.get_absolute_url())


def _slips(kits: QuerySet[Kit]) -> HttpResponse:
    return pdf_response(KitSlips.of(kits.order_by("pk")).pdf(), NEUTRAL)
