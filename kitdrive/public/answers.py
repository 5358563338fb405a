"""The answers of the public pages, and the way round everything that knows a visitor."""

import re
from collections.abc import Callable, Iterator

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from kitdrive.public.keeping import MAKE_EVERY
from kitdrive.public.open_data import LICENCE_ADDRESS, needs_file
from kitdrive.public.pages import Page, drive_page, index_page, missing_page, point_page

_DRIVE = r"(?P<{0}_slug>[-\w]+)/(?:(?P<{0}_point>[-\w]+)/|{1}\.(?P<{0}_form>json|csv))?"
_ADDRESS = re.compile(
    rf"/(?:fr/(?:collectes/{_DRIVE.format('fr', 'besoins')})?|en/(?:drives/{_DRIVE.format('en', 'needs')})?)"
)
_TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))")
HELD_WITHOUT_SERVER = 600  # seconds for which a proxy may go on answering while this server does not


def public_pages(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer public pages before a session, a user or a language is looked for. What follows the path counts for
    nothing: `?x=1` is the same page, and makes no other.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        found = _ADDRESS.fullmatch(request.path_info) if request.method in ("GET", "HEAD") else None
        if found is None:
            return get_response(request)
        request.get_host()  # refuses a name that is not ours
        language = request.path_info[1:3]
        return _answer(request, language, *(found[f"{language}_{name}"] for name in ("slug", "point", "form")))

    return middleware


@login_not_required
@require_safe
def public_page(
    request: HttpRequest, language: str, slug: str | None = None, point: str | None = None, form: str | None = None
) -> HttpResponseBase:
    """The same behind the whole stack, so that these addresses are known like all others."""
    return _answer(request, language, slug, point, form)


def _answer(
    request: HttpRequest, language: str, slug: str | None, point: str | None, form: str | None
) -> HttpResponseBase:
    page = _page(language, slug, point, form)
    if page is None:
        return _response(request, missing_page(language), language, 404)
    response = _response(request, page, language, 200)
    response.headers["Cache-Control"] = f"public, max-age={MAKE_EVERY}, stale-if-error={HELD_WITHOUT_SERVER}"
    if form:  # anybody's program may read it, in any page
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Link"] = f'<{LICENCE_ADDRESS}>; rel="license"'
    else:
        response.headers["Link"] = ", ".join(_alternates(request, page))
    return get_conditional_response(request, etag=page.etag, response=response) or response


def _page(language: str, slug: str | None, point: str | None, form: str | None) -> Page | None:
    if slug is None:
        return index_page(language)
    if form:
        return needs_file(slug, language, form)
    return point_page(slug, point, language) if point else drive_page(slug, language)


def _response(request: HttpRequest, page: Page, language: str, status: int) -> HttpResponse:
    is_packed = _TAKES_GZIP.search(request.headers.get("Accept-Encoding", ""))
    body = page.packed if is_packed else page.body
    headers = {
        "Cache-Control": "no-cache",
        "Content-Language": language,
        "Content-Length": str(len(body)),
        "Content-Type": page.content_type,
        "ETag": page.etag,
        "Vary": "Accept-Encoding",
        "X-Frame-Options": "DENY",
    }
    if is_packed:
        headers["Content-Encoding"] = "gzip"
    return HttpResponse(b"" if request.method == "HEAD" else body, status=status, headers=headers)


def _alternates(request: HttpRequest, page: Page) -> Iterator[str]:
    """The other languages, with the name of this server: search engines ask for it, and the page is kept without."""
    here = f"{request.scheme}://{request.get_host()}"
    for language, path in page.addresses.items():
        yield f'<{here}{path}>; rel="alternate"; hreflang="{language}"'
