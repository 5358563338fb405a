"""The request as a view gets it once the middleware has run: somebody is signed in, and acts for a house."""

from django.http import HttpRequest

from accounts.models import User
from network.acting import Acting


class Request(HttpRequest):
    """For annotations alone: no request is made of it."""

    user: User
    acting: Acting
