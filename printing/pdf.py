"""HTML to PDF, by WeasyPrint: nothing is fetched, fonts are inside, and a neutral paper says nothing of its origin."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

SCHEME = "static:"
TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png"}


class OwnFilesOnly(URLFetcher):
    """Answers `static:<path>` from our own static files and refuses every other address, so that no paper calls out."""

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        path = url.removeprefix(SCHEME)
        found = finders.find(path) if url.startswith(SCHEME) and Path(path).suffix in TYPES else None
        if not isinstance(found, str):
            raise FatalURLFetchingError("A paper holds our own static files only.")
        return URLFetcherResponse(url, Path(found).read_bytes(), {"Content-Type": TYPES[Path(found).suffix]})


def render_pdf(template: str, context: Mapping[str, Any], *, title: str | None = None) -> bytes:
    """Lay `template` out in the reader's language and answer the PDF.

    With `title` it is an internal paper: tagged for screen readers (PDF/UA-1) under that title. Without, it is a paper
    that may go with a recipient: no title, no producer, no date, no identifier that differs from another's.
    """
    page = render_to_string(template, {**context, "language": get_language(), "title": title or ""})
    document = HTML(string=page, url_fetcher=OwnFilesOnly(), base_url=SCHEME)
    fonts = FontConfiguration()
    if title:
        return document.write_pdf(font_config=fonts, pdf_variant="pdf/ua-1")
    return document.write_pdf(font_config=fonts, finisher=_forget_origin)


def _forget_origin(document: Any, pdf: Any) -> None:
    del document
    pdf.info.clear()


def pdf_response(content: bytes, filename: str) -> HttpResponse:
    """Answer `content` to look at or to save, under a neutral file name such as "liste.pdf"; nothing caches it."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    response["Cache-Control"] = "no-store"
    return response
