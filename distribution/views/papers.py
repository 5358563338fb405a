"""The papers of a shipment as PDF, under one neutral file name whatever they are."""

from django.http import HttpResponse

from distribution.perms import HANDS_OVER, READS_SHIPMENTS
from distribution.print_kinds import PICK_LIST, SLIP
from network.perms import requires
from network.requests import Request, house_of
from web.jobs.answers import job_response


@requires(*READS_SHIPMENTS)
def shipment_slip(request: Request, pk: int) -> HttpResponse:
    """The packing slip of a shipment that is packed, or left since."""
    return job_response(request, SLIP, {"house": house_of(request).pk, "shipment": pk})


@requires(*HANDS_OVER)
def shipment_pick_list(request: Request, pk: int) -> HttpResponse:
    """What to take from the shelf for a draft or for a packed shipment."""
    return job_response(request, PICK_LIST, {"house": house_of(request).pk, "shipment": pk})
