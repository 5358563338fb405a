"""What the pages of donations and of purchases share: an arrival in short, and taking it back."""

from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from donations.models import Donation, Purchase
from donations.operations import reverse_arrival
from donations.perms import can_reverse
from network.requests import Request
from web.errors import Refused
from web.messages import refuse, succeed
from web.numbers import grouped
from web.questions import Question

SHOWN = 3  # lines of an arrival that a message names


def in_short(document: Donation | Purchase) -> str:
    """Its first lines as “12 × Savon”, and how many more there are."""
    lines = [str(line) for line in document.lines.select_related("item")]
    if len(lines) <= SHOWN:
        return ", ".join(lines)
    return _("%(lines)s and %(count)s more") % {"lines": ", ".join(lines[:SHOWN]), "count": grouped(len(lines) - SHOWN)}


def say_recorded(request: Request, document: Donation | Purchase, undo: str) -> None:
    sentence = _("%(document)s is recorded: %(lines)s.")
    said = {"document": capfirst(str(document)), "lines": in_short(document)}
    succeed(request, sentence % said, undo=reverse(undo, args=[document.pk]))


def reverse_page(request: Request, question: Question, document: Donation | Purchase, **said: object) -> HttpResponse:
    """Ask `question`, or on POST take the arrival back. One arrival has one reversal: pressing twice is pressing once.

    The sentence of `question` names the arrival with its number, its lines `in_short`, and what is `said` besides.
    """
    if not can_reverse(request.acting, document.operation):
        raise PermissionDenied(_("Only who recorded it may take it back, on the same day. Ask a coordinator."))
    if request.method != "POST":
        name = capfirst(str(document))
        sentence = question.sentence % {"document": name, "in_short": in_short(document), **said}
        back = {"back_url": document.get_absolute_url(), "back_label": name}
        return render(request, "web/question.html", {"question": replace(question, sentence=sentence), **back})
    try:
        reverse_arrival(operation=document.operation, actor=request.user, key=f"reverse-{document.operation.key}"[:64])
    except Refused as refused:
        refuse(request, str(refused))
    else:
        succeed(request, _("Taken back: %(document)s. Its articles left the stock.") % {"document": document})
    return redirect(document)
