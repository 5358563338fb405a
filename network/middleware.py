"""Who acts, known once a request; and the second factor of who may see handovers."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from network.acting import NEEDS_SECOND_FACTOR, Acting, choose
from network.models import Membership
from network.requests import Request

OPEN_WITHOUT_SECOND_FACTOR = ("mfa_", "account_", "set_language")
Handler = Callable[[HttpRequest], HttpResponse]


def load(request: HttpRequest) -> Acting:
    if not request.user.is_authenticated:
        return Acting(request.user, None, ())  # type: ignore[arg-type]
    return choose(request.user, Membership.objects.of_user(request.user), request.session.get("house"))


def acting(get_response: Handler) -> Handler:
    def middleware(request: HttpRequest) -> HttpResponse:
        request.acting = SimpleLazyObject(lambda: load(request))  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def lacks_second_factor(request: Request) -> bool:
    """Tell whether the roles of who is signed in ask for a second factor that is not set up."""
    return not settings.DEMO and request.acting.has_role(*NEEDS_SECOND_FACTOR) and not is_mfa_enabled(request.user)


def second_factor(get_response: Handler) -> Handler:
    """Send who lacks a second factor to the page that sets it up, before any other page."""

    class Middleware:
        def __call__(self, request: HttpRequest) -> HttpResponse:
            return get_response(request)

        def process_view(self, request: Request, view, args, kwargs) -> HttpResponse | None:
            if not request.user.is_authenticated:
                return None
            name = (request.resolver_match and request.resolver_match.url_name) or ""
            if name.startswith(OPEN_WITHOUT_SECOND_FACTOR):
                return None
            return redirect("mfa_activate_totp") if lacks_second_factor(request) else None

    return Middleware()
