"""The request as a view gets it once the middleware has run: somebody is signed in, and acts for a house."""

from django.http import HttpRequest

from accounts.models import User
from network.acting import Acting
from network.models import House


class Request(HttpRequest):
    """For annotations alone: no request is made of it."""

    user: User
    acting: Acting


def house_of(request: Request) -> House:
    """The house that somebody acts for whose role is of a house: of such a role there is always one."""
    house = request.acting.house
    if house is None:
        raise LookupError("Nobody has a role of a house without acting for it.")
    return house
