"""The pages of errors, made without a query: they must come when the database does not."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400 and say nothing of what was wrong with it."""
    return _page(request, "400.html", 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 with the sentence that the refusal was given, if any."""
    return _page(request, "403.html", 403, sentence=str(exception))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404, the same for what does not exist and for what is not yours."""
    return _page(request, "404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500."""
    return _page(request, "500.html", 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form without its token."""
    return _page(request, "403_csrf.html", 403)


def _page(request: HttpRequest, template: str, status: int, **context: Any) -> HttpResponse:
    """Whoever brings no session is of the public, and finds the quick exit here too."""
    is_public = settings.SESSION_COOKIE_NAME not in request.COOKIES
    return HttpResponse(render_to_string(template, {**context, "is_public": is_public}), status=status)
