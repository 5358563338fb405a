"""Planning assembly sessions: where and when, how many of each kit; changed or cancelled until they are opened."""

from datetime import date, time, timedelta
from http import HTTPStatus
from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from donations.models import Drive
from kits.contents import load
from kits.enums import SessionState
from kits.forms import SessionForm, WhereForm
from kits.models import AssemblySession, PlannedMix, TemplateVersion
from kits.plans import DrivePlan, Proposal, current_versions, free_articles, proposals
from kits.replanning import ChangeForm, differences
from kits.sessions import PlannedMeanwhile, cancel_session, change_session, plan_as_seen, plan_session
from kits.views.sessions import sessions_of
from network.perms import COORDINATES, requires
from network.requests import Request
from stock.models import Place
from web.errors import Refused
from web.messages import refuse, succeed
from web.questions import Question

STARTS, ENDS = time(10), time(14)
_MIX = Prefetch("mix", PlannedMix.objects.select_related("version__template", "version__item"))
CANCEL = Question(
    gettext_lazy("Cancel this session?"),
    gettext_lazy("Nobody can open it any more, and its place is free. It stays in the list, cancelled."),
    gettext_lazy("Cancel the session"),
    is_danger=True,
)


@requires(*COORDINATES)
def session_create(request: Request) -> HttpResponse:
    """First where and for which drive, then when and how many of each kit: what is proposed can be made."""
    where = WhereForm(request.GET or None, acting=request.acting)
    if not where.is_valid():
        return render(request, "kits/session_create.html", {"where": where})
    drive, place = where.cleaned_data["drive"], where.cleaned_data["place"]
    rows = _rows(drive, place)
    initial: dict[str, Any] = {f"quantity_{row.version.pk}": row.proposed or None for row in rows}
    form = SessionForm(request.POST or None, rows=[row.version for row in rows], initial=initial | _proposed_hours())
    if request.method == "POST" and form.is_valid():
        try:
            session = plan_session(drive=drive, place=place, actor=request.user, **form.plan)
        except Refused as refused:
            form.attach(refused)
        else:
            succeed(request, _("“%(session)s” is planned.") % {"session": session})
            return redirect("kits:session_detail", session.pk)
    return render(request, "kits/session_create.html", {"where": where, **_form_context(form, rows)})


@requires(*COORDINATES)
def session_edit(request: Request, pk: int) -> HttpResponse:
    """The form that the session was planned with, filled in as it is; another drive or place is chosen above it."""
    session = get_object_or_404(sessions_of(request).prefetch_related(_MIX), pk=pk)
    where = WhereForm(request.GET or {"drive": session.drive_id, "place": session.place_id}, acting=request.acting)
    context = {"session": session, "where": where}
    if session.state != SessionState.PLANNED or not where.is_valid():
        return render(request, "kits/session_edit.html", context)
    drive, place = where.cleaned_data["drive"], where.cleaned_data["place"]
    planned = {mix.version: mix.quantity for mix in session.mix.all()}
    rows = _rows(drive, place, list(planned))
    initial = {f"quantity_{version.pk}": quantity for version, quantity in planned.items()}
    initial |= {"seen": plan_as_seen(session), **_hours_of(session)}
    form = ChangeForm(request.POST or None, rows=[row.version for row in rows], initial=initial)
    context |= _form_context(form, rows)
    if request.method == "POST" and form.is_valid():
        plan = {"drive": drive, "place": place, **form.plan}
        try:
            change_session(session=session, actor=request.user, seen=form.cleaned_data["seen"], **plan)
        except PlannedMeanwhile as meanwhile:
            return _planned_meanwhile(request, session, plan, context | {"meanwhile": meanwhile})
        except Refused as refused:
            form.attach(refused)
        else:
            succeed(request, _("The plan of “%(session)s” is changed.") % {"session": form.plan["name"]})
            return redirect("kits:session_detail", session.pk)
    return render(request, "kits/session_edit.html", context)


def _planned_meanwhile(request: Request, session: AssemblySession, typed: Any, context: dict[str, Any]) -> HttpResponse:
    """Show what stands there by now beside what was typed, which stays in the form: sent again, it is meant so."""
    context["form"].see(session)
    mix = {line.version: line.quantity for line in typed["mix"]}
    last = session.history.select_related("history_user").first()
    context |= {"differences": differences(session, typed, mix), "last": last}
    return render(request, "kits/session_edit.html", context, status=HTTPStatus.CONFLICT)


@requires(*COORDINATES)
def session_cancel(request: Request, pk: int) -> HttpResponse:
    session = get_object_or_404(sessions_of(request), pk=pk)
    back_url = reverse("kits:session_detail", args=[pk])
    if request.method != "POST":
        context = {"question": CANCEL, "back_url": back_url, "back_label": session}
        return render(request, "web/question.html", context)
    try:
        cancel_session(session=session, actor=request.user)
    except Refused as refused:
        refuse(request, str(refused))
    else:
        succeed(request, _("“%(session)s” is cancelled.") % {"session": session})
    return redirect(back_url)


def _rows(drive: Drive, place: Place, planned: list[TemplateVersion] | None = None) -> list[Proposal]:
    """What can be planned there; versions that are planned already stay, newer ones beside them."""
    versions = current_versions(drive.house)
    current = {version.pk for version in versions.values()}
    others = [version for version in planned or () if version.pk not in current]
    load(others)
    aims = DrivePlan(drive, versions).aims
    return proposals(aims, [*versions.values(), *others], free_articles(drive.house, place))


def _form_context(form: SessionForm, rows: list[Proposal]) -> dict[str, Any]:
    return {"form": form, "rows": [(row, form.number_field(row.version)) for row in rows]}


def _hours_of(session: AssemblySession) -> dict[str, Any]:
    starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    return {"name": session.name, "day": starts.date(), "starts": starts.time(), "ends": ends.time()}


def _proposed_hours() -> dict[str, date | time]:
    """The usual hours of today; of tomorrow once those are over, for a session that would be over is refused."""
    now = timezone.localtime()
    day = now.date() if now.time() < ENDS else now.date() + timedelta(days=1)
    return {"day": day, "starts": STARTS, "ends": ENDS}
