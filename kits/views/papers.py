"""The papers of an assembly session as PDF."""

from django.http import HttpResponse

from kits.session_papers import PICK_LIST, STATION_CARDS
from network.perms import HANDLES_GOODS, requires
from network.requests import Request, house_of
from web.jobs.answers import job_response


@requires(*HANDLES_GOODS)
def session_pick_list(request: Request, pk: int) -> HttpResponse:
    """What to bring to the tables of a session that is still to come."""
    return job_response(request, PICK_LIST, {"house": house_of(request).pk, "session": pk})


@requires(*HANDLES_GOODS)
def session_cards(request: Request, pk: int) -> HttpResponse:
    """A card for each station of a session that is still to come."""
    return job_response(request, STATION_CARDS, {"house": house_of(request).pk, "session": pk})
