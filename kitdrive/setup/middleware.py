"""While nobody has an account, every page leads to the one that opens the house."""

from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.models import User

OPEN_BEFORE: tuple[str | None, ...] = ("setup", "set_language")

SOMEBODY = "kitdrive.setup.somebody"  # kept by this process: once there is a user there always is one


def is_done() -> bool:
    """Whether somebody has an account."""
    if not caches["process"].get(SOMEBODY):
        if not User.objects.exists():
            return False
        caches["process"].set(SOMEBODY, True, timeout=None)
    return True


def setup_first(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    class Middleware:
        def __call__(self, request: HttpRequest) -> HttpResponse:
            return get_response(request)

        def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
            match = request.resolver_match
            is_open = match is not None and match.url_name in OPEN_BEFORE
            if is_open or request.user.is_authenticated or is_done():
                return None
            return redirect("setup")

    return Middleware()
