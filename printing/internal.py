"""Papers for the people of the house: laid out directly, tagged for screen readers (PDF/UA-1), with the mark on top.

Pages are laid out a chunk at a time, which takes less memory and says how far the work is, and are written as one file:
files that were written apart and put together afterwards would have lost their tags.
"""

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language
from weasyprint import CSS, HTML, Document

from printing.papers import Told
from printing.pdf import FetchNothing, style_sheet

STYLES = "printing/internal.css"
CHUNK = 20  # pages that are laid out together
VARIANT = "pdf/ua-1"


def render_internal(
    template: str, contexts: Iterable[Mapping[str, Any]], *, title: str, told: Told | None = None
) -> bytes:
    """Lay `template` out in the reader's language, once for each of `contexts`, as one PDF under `title`.

    `told` hears after each of them how many pages there are. Where there are several, a page's number and the number of
    pages are the template's to say.
    """
    documents: list[Document] = []
    with _collecting_between_chunks():
        for context in contexts:
            documents.append(_lay_out(template, {**context, "language": get_language(), "title": title}))
            gc.collect()
            if told:
                told(sum(len(document.pages) for document in documents))
        pages = [page for document in documents for page in document.pages]
        return documents[0].copy(pages).write_pdf(pdf_variant=VARIANT)


def chunks(rows: list[Any]) -> Iterator[list[Any]]:
    """`rows` by so many as are laid out together; one empty chunk where there are none."""
    for start in range(0, max(len(rows), 1), CHUNK):
        yield rows[start : start + CHUNK]


def _lay_out(template: str, context: Mapping[str, Any]) -> Document:
    html = HTML(string=render_to_string(template, dict(context)), url_fetcher=FetchNothing())
    return html.render(stylesheets=[CSS(string=style_sheet(STYLES), url_fetcher=FetchNothing())], pdf_variant=VARIANT)


@contextmanager
def _collecting_between_chunks() -> Iterator[None]:
    """Laying out makes millions of objects that stay: looking for garbage among them meanwhile costs a fifth."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
