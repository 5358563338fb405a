"""Papers as long work: a short one opens at once, a long one is made by the worker (web/jobs)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from printing.pdf import pdf_response
from web.jobs.kinds import Arguments, Leaving, NotYours, Told, Work
from web.jobs.models import Job
from web.numbers import grouped

__all__ = ["Arguments", "NotYours", "Paper", "Told", "Work"]

NEUTRAL = "liste.pdf"  # the name of the file of what may go with a recipient, whatever it holds


@dataclass(frozen=True)
class Paper(Leaving):
    """A kind of paper; its work is counted in pages.

    `named` gives the name of its file, as words: of a paper that stays in the house or is the donor's own. That of any
    other paper is neutral.
    """

    named: Callable[[Arguments], str] | None = None

    at_once = 12  # pages that are laid out while one waits: about a second
    most = 400
    begin = gettext_lazy("Make the PDF")
    opens = gettext_lazy("Open the PDF")
    icon = "file-earmark-pdf"

    def offer(self, total: int) -> str:
        return ngettext(
            "This paper has %(number)s page. It is made while you go on with something else.",
            "This paper has %(number)s pages. It is made while you go on with something else.",
            total,
        ) % {"number": grouped(total)}

    def too_long(self, total: int) -> str:
        said = _("This paper has %(sheets)s pages, more than %(most)s. Print it in parts.")
        return said % {"sheets": grouped(total), "most": grouped(self.most)}

    def progress(self, done: int, total: int) -> str:
        said = ngettext("%(done)s of %(number)s page", "%(done)s of %(number)s pages", total)
        return said % {"done": grouped(done), "number": grouped(total)}

    def answer(self, job: Job, content: bytes) -> HttpResponse:
        name = f"{slugify(self.named(job.arguments))}.pdf" if self.named else NEUTRAL
        return pdf_response(content, name)
