"""The addresses from which a tablet gets its page. They know nobody, and leave nothing in the browser but the page."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from donations.tablets import shell
from donations.tablets.access import HEADER
from web.languages import known_language

View = Callable[..., HttpResponse]


def _for_everybody(view: View) -> View:
    """Mark the answer as ours, and let it be kept as long as it is still the same when one asks again."""

    @login_not_required
    @require_safe
    @wraps(view)
    def marked(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers[HEADER], response.headers["Cache-Control"] = "1", "no-cache"
        if response.status_code != 200:
            return response
        etag = quote_etag(shell.version())
        response.headers["ETag"] = etag
        return get_conditional_response(request, etag=etag, response=response) or response

    return marked


@_for_everybody
def collect(request: HttpRequest) -> HttpResponse:
    """Lead to the page in the reader's language; what stands behind # in the address stays with the browser."""
    response = redirect(f"donations:collect_{known_language(get_language() or '')}")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@_for_everybody
def collect_page(request: HttpRequest, language: str) -> HttpResponse:
    return HttpResponse(shell.page(language), headers={"Content-Language": language})


@_for_everybody
def collect_worker(request: HttpRequest) -> HttpResponse:
    return HttpResponse(shell.worker(), content_type="text/javascript; charset=utf-8")


@_for_everybody
def collect_manifest(request: HttpRequest, language: str) -> HttpResponse:
    return JsonResponse(shell.manifest(language), content_type="application/manifest+json")
