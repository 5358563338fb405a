"""Papers as long work: a short one opens at once, a long one is made by the worker (web/jobs)."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from printing.pdf import pdf_response
from web.jobs.kinds import Arguments, Leaving, NotYours, Told, Work
from web.jobs.models import Job
from web.numbers import grouped

__all__ = ["Arguments", "NotYours", "Paper", "Told", "Work"]

NEUTRAL = "liste.pdf"  # the name of every file, whatever it holds


@dataclass(frozen=True)
class Paper(Leaving):
    """A kind of paper; its work is counted in pages."""

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
        said = _("This paper has %(sheets)d pages, more than %(most)d. Print it in parts.")
        return said % {"sheets": total, "most": self.most}

    def progress(self, done: int, total: int) -> str:
        said = ngettext("%(done)s of %(number)s page", "%(done)s of %(number)s pages", total)
        return said % {"done": grouped(done), "number": grouped(total)}

    def answer(self, job: Job, content: bytes) -> HttpResponse:
        del job
        return pdf_response(content, NEUTRAL)
