"""Taking a step of a container back: asked first, done on POST, and pressing twice is pressing once."""

from collections.abc import Callable
from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from donations.models import Container
from donations.perms import can_reverse
from network.requests import Request
from stock.models import Operation
from web.errors import Refused
from web.messages import refuse, succeed
from web.questions import Question


def take_back_page(
    request: Request,
    question: Question,
    operation: Operation,
    reversal: Callable[..., Operation],
    *,
    container: Container,
    back_url: str,
    said: str,
) -> HttpResponse:
    """Ask `question` about `container`, or on POST reverse `operation` and say `said`; then go to `back_url`."""
    if not can_reverse(request.acting, operation):
        raise PermissionDenied(_("Only who recorded it may take it back, on the same day. Ask a coordinator."))
    if request.method != "POST":
        name = capfirst(str(container))
        question = replace(question, sentence=question.sentence % {"container": name})
        back = {"back_url": back_url, "back_label": name}
        return render(request, "web/question.html", {"question": question, **back})
    try:
        reversal(operation=operation, actor=request.user, key=f"reverse-{operation.key}"[:64])
    except Refused as refused:
        refuse(request, str(refused))
    else:
        succeed(request, said)
    return redirect(back_url)
