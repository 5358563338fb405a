"""Noting at a desk what somebody brings, entering a sheet of paper, and taking back what was noted."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from donations.drop_offs.entries import loaded, noted_by, noted_of, words_of
from donations.drop_offs.forms import DoorForm, DropOffForm, TallyForm
from donations.drop_offs.together import note_together, noted_with, take_back_together
from donations.enums import Entered
from donations.models import DropOff, Refusal
from donations.perms import TAKES_IN, can_reverse
from network.perms import requires
from network.requests import Request
from stock.models import Operation
from web.errors import Refused, attach
from web.messages import refuse, succeed
from web.questions import Question

REMEMBERED = "drop-off"  # in the session: the drive and the point of the last form
TAKE_BACK = Question(
    gettext_lazy("Take back what was noted at the door"),
    gettext_lazy(
        "%(words)s, at %(site)s on %(day)s: this no longer counts. It stays in the list as taken back, and can be noted"
        " again, corrected."
    ),
    gettext_lazy("Take it back"),
    is_danger=True,
)
TAKE_ALL_BACK = replace(TAKE_BACK, title=gettext_lazy("Take back all that was noted at once"))


@requires(*TAKES_IN)
def drop_off_create(request: Request) -> HttpResponse:
    """Note what somebody brings, and open the next form at once with the same drive and point."""
    form = DropOffForm(request.POST or None, acting=request.acting, initial=_initial(request))
    if request.method == "POST" and form.is_valid() and _note(request, form, Entered.PAGE):
        return redirect("donations:drop_off_create")
    return render(request, "donations/drop_offs/drop_off_create.html", {"form": form})


@requires(*TAKES_IN)
def tally_create(request: Request) -> HttpResponse:
    """Enter a sheet of paper, and open the next one."""
    form = TallyForm(request.POST or None, acting=request.acting, initial=_initial(request))
    if request.method == "POST" and form.is_valid() and _note(request, form, Entered.TALLY):
        return redirect("donations:tally_create")
    return render(request, "donations/drop_offs/tally_create.html", {"form": form})


@requires(*TAKES_IN)
def entry_reverse(request: Request, pk: int) -> HttpResponse:
    """Ask, or on POST take one entry back."""
    operation = get_object_or_404(noted_by(request.acting), pk=pk)
    return _take_back(request, TAKE_BACK, operation, [operation])


@requires(*TAKES_IN)
def noted_reverse(request: Request, pk: int) -> HttpResponse:
    """Ask, or on POST take back an entry and all that was sent at once with it."""
    operation = get_object_or_404(noted_by(request.acting), pk=pk)
    return _take_back(request, TAKE_ALL_BACK, operation, noted_with(operation))


def _initial(request: Request) -> dict[str, Any]:
    """The drive and the point that the address names, else those of the last form."""
    remembered = {**request.session.get(REMEMBERED, {})}
    for name in ("drive", "site"):
        typed = request.GET.get(name, "")
        if typed.isdecimal():
            remembered[name] = typed
    return remembered


def _note(request: Request, form: DoorForm, entered: Entered) -> bool:
    """Record what a form says; a refusal is said on it."""
    try:
        operations = note_together(**form.asked, lines=form.lines, actor=request.user, entered=entered)
    except Refused as refused:
        attach(form, None, refused)
        return False
    request.session[REMEMBERED] = {name: form.cleaned_data[name].pk for name in ("drive", "site")}
    first = noted_of(operations[0])
    said = {"words": words_of(loaded(operations)), **_where_and_when(first)}
    sentence = _("Noted at %(site)s on %(day)s: %(words)s.")
    succeed(request, sentence % said, undo=reverse("donations:noted_reverse", args=[operations[0].pk]))
    return True


def _take_back(request: Request, question: Question, operation: Operation, operations: list[Operation]) -> HttpResponse:
    """Ask about `operations`, or on POST take them back. Each has one reversal: pressing twice is pressing once."""
    if not all(can_reverse(request.acting, each) for each in operations):
        raise PermissionDenied(_("Only who recorded it may take it back, on the same day. Ask a coordinator."))
    noted = noted_of(operation)
    said = {"words": words_of(operations), **_where_and_when(noted)}
    back = reverse("donations:point_day", args=[noted.site_id, noted.day])
    if request.method != "POST":
        asked = replace(question, sentence=question.sentence % said)
        context = {"question": asked, "back_url": back, "back_label": noted.site}
        return render(request, "web/question.html", context)
    try:
        take_back_together(operations=operations, actor=request.user)
    except Refused as refused:
        refuse(request, str(refused))
    else:
        succeed(request, _("Taken back: %(words)s.") % said if operations else _("This was taken back already."))
    return redirect(back)


def _where_and_when(noted: DropOff | Refusal) -> dict[str, object]:
    return {"site": noted.site, "day": date_format(noted.day, "SHORT_DATE_FORMAT")}
