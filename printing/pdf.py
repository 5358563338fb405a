"""HTML to PDF, by WeasyPrint: nothing is fetched, fonts are inside, and a neutral paper says nothing of its origin.

Here are the papers that are laid out each time, from beginning to end. Those that are many and alike are laid out once
and stamped: printing/layouts.py, printing/stamping.py.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from weasyprint import CSS, HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

STYLES = "printing/paper.css"


class FetchNothing(URLFetcher):
    """Refuses every address, our own too: a paper is made of its template and its style sheet, and never calls out."""

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        raise FatalURLFetchingError("A paper fetches nothing.")


def render_pdf(template: str, context: Mapping[str, Any], *, title: str | None = None) -> bytes:
    """Lay `template` out in the reader's language and answer the PDF.

    With `title` it is an internal paper: tagged for screen readers (PDF/UA-1) under that title. Without, it is a paper
    that may go with a recipient: no title, no producer, no date, no identifier that differs from another's.
    """
    page = render_to_string(template, {**context, "language": get_language(), "title": title or ""})
    document = HTML(string=page, url_fetcher=FetchNothing())
    styles = [CSS(string=style_sheet(STYLES), url_fetcher=FetchNothing())]
    if title:
        return document.write_pdf(stylesheets=styles, pdf_variant="pdf/ua-1")
    return document.write_pdf(stylesheets=styles, finisher=_forget_origin)


def render_sheet(template: str, context: Mapping[str, Any], *, title: str, styles: str) -> bytes:
    """One sheet that hangs somewhere, tagged for screen readers: the largest of five sizes at which all fits on it.

    The template hears `fit`, from 0 (as designed) to 4, and makes itself smaller by it.
    """
    style = CSS(string=style_sheet(styles), url_fetcher=FetchNothing())
    for fit in range(5):
        page = render_to_string(template, {**context, "language": get_language(), "title": title, "fit": fit})
        document = HTML(string=page, url_fetcher=FetchNothing()).render(stylesheets=[style], pdf_variant="pdf/ua-1")
        if len(document.pages) == 1:
            break
    return document.write_pdf(pdf_variant="pdf/ua-1")


@cache
def style_sheet(name: str) -> str:
    """The text of a style sheet of static/; read once by each process."""
    path = finders.find(name)
    if path is None:
        raise FileNotFoundError(name)
    return Path(str(path)).read_text()


def _forget_origin(document: Any, pdf: Any) -> None:
    del document
    pdf.info.clear()


def pdf_response(content: bytes, filename: str) -> HttpResponse:
    """Answer `content` to look at or to save, under a file name of plain letters; nothing caches it."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    response["Cache-Control"] = "no-store"
    return response
