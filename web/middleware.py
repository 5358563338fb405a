"""Headers that every answer carries beside the content security policy; and pages that travel compressed."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

HEADERS = {
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def security_headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Keep other sites out of our pages, and what a signed-in person saw out of every cache.

    The camera stays allowed for our own pages, which read codes with it. A view that set Cache-Control keeps its own.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if "Cache-Control" not in response.headers and _is_personal(request):
            response.headers["Cache-Control"] = "no-store"
        return response

    return middleware


def _is_personal(request: HttpRequest) -> bool:
    """Tell whether the browser came with a session or leaves with one; no query is made for it."""
    session = getattr(request, "session", None)
    return session is not None and not session.is_empty()


class PackedPages(GZipMiddleware):
    """Compress pages, for a tablet on a poor line; files that are printed or exported stay as they are.

    Whoever reads lengths on the line and chooses what a page repeats of its address could guess what else is in it
    (BREACH). So a page that another site led to, which the browser tells, stays as it is; whatever else another site
    asks for comes without our cookies (SameSite=Lax). The form's token is masked anew in each answer, and Django adds
    bytes by chance to each length.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        is_page = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
        is_asked_for_by_another = request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site")
        return super().process_response(request, response) if is_page and not is_asked_for_by_another else response
