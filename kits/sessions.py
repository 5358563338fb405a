"""Assembly sessions: planned, changed or cancelled until they are opened. Packing is in operations.py, closing in
closing.py.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from donations.models import Drive
from kits.enums import SessionState
from kits.models import AssemblySession, PlannedMix, TemplateVersion
from kits.targets import MOST_KITS
from stock.enums import PlaceKind
from stock.models import Place
from web.errors import Refused


@dataclass(frozen=True, slots=True)
class MixLine:
    """So many kits of a version, as one line of a plan."""

    version: TemplateVersion
    quantity: int


class Plan(TypedDict):
    """Where a session is held, for which drive, what it is called and when."""

    drive: Drive
    place: Place
    name: str
    starts_at: datetime
    ends_at: datetime


class PlannedMeanwhile(Refused):
    """Somebody planned the session otherwise since the plan was looked at that is now to be changed."""


def plan_session(*, mix: Sequence[MixLine], actor: User, **asked: Unpack[Plan]) -> AssemblySession:
    """Plan a session and the kits it means to make; the same plan again answers the first.

    Raises Refused for an end before its start, another house's place, a version that is not packed or is named twice.
    """
    plan = _checked(asked, mix)
    with transaction.atomic():
        _keep(plan["place"])
        session = AssemblySession.objects.exclude(state=SessionState.CANCELLED).filter(**plan).first()
        if session is None:
            session = save(AssemblySession(house_id=plan["drive"].house_id, **plan), actor)
            _write_mix(session, mix)
    return session


def change_session(
    *, session: AssemblySession, mix: Sequence[MixLine], actor: User, seen: str = "", **asked: Unpack[Plan]
) -> AssemblySession:
    """Plan a session otherwise, as long as nobody opened it; the same plan again changes nothing.

    `seen` is `plan_as_seen` of the plan that the actor looked at: PlannedMeanwhile is raised where it is another by
    now. Raises Refused for what `plan_session` refuses, and for a session that was opened, closed or cancelled.
    """
    if asked["drive"].house_id != session.house_id:
        raise Refused(_("Choose a drive of this house."), field="drive")
    plan = _checked(asked, mix)
    hours, numbers = (plan["starts_at"], plan["ends_at"]), [(line.version.pk, line.quantity) for line in mix]
    wanted = _digest(plan["drive"].pk, plan["place"].pk, plan["name"], hours, numbers)
    with transaction.atomic():
        session = locked(session)
        if session.state != SessionState.PLANNED:
            raise _not_planned(session)
        _keep(plan["place"])
        now = plan_as_seen(session)
        if now == wanted:
            return session
        if seen and seen != now:
            raise PlannedMeanwhile(_("This plan was changed while you filled it in. Nothing of yours is saved yet."))
        session.mix.all().delete()
        _write_mix(session, mix)
        for field, value in plan.items():
            setattr(session, field, value)
        return save(session, actor)


def plan_as_seen(session: AssemblySession) -> str:
    """What tells the plan of a session from every other: who changes it says which one they looked at."""
    hours = (session.starts_at, session.ends_at)
    mix = [(line.version_id, line.quantity) for line in session.mix.all()]
    return _digest(session.drive_id, session.place_id, session.name, hours, mix)


def cancel_session(*, session: AssemblySession, actor: User) -> AssemblySession:
    """Give a session up that nobody opened: its place is free, and it stays in the list. Again changes nothing.

    Nothing was packed in it: that takes an opening, and what was opened is never planned again. Raises Refused then.
    """
    with transaction.atomic():
        session = locked(session)
        if session.state in (SessionState.OPEN, SessionState.CLOSED):
            raise _not_planned(session)
        if session.state == SessionState.PLANNED:
            session.state = SessionState.CANCELLED
            save(session, actor)
    return session


def open_session(*, session: AssemblySession, actor: User) -> AssemblySession:
    """Let kits be packed in the session; one that is open stays so. Raises Refused for one closed or cancelled."""
    with transaction.atomic():
        session = locked(session)
        if session.state in (SessionState.CLOSED, SessionState.CANCELLED):
            raise _not_planned(session)
        if session.state == SessionState.PLANNED:
            session.state = SessionState.OPEN
            save(session, actor)
    return session


_NOT_PLANNED = {
    SessionState.OPEN: _("The session “%(session)s” was opened, so its plan stays as it is."),
    SessionState.CLOSED: _("The session “%(session)s” is closed. Plan another one."),
    SessionState.CANCELLED: _("The session “%(session)s” was cancelled. Plan another one."),
}


def _not_planned(session: AssemblySession) -> Refused:
    return Refused(_NOT_PLANNED[SessionState(session.state)] % {"session": session})


def locked(session: AssemblySession) -> AssemblySession:
    """As it is now: who changes, cancels, opens or closes it, or packs in it, waits for the others."""
    return AssemblySession.objects.select_for_update(no_key=True, of=("self",)).get(pk=session.pk)


def _keep(place: Place) -> None:
    """Nobody closes the place while a session is planned there. Raises Refused where somebody has."""
    if not Place.objects.select_for_update(no_key=True, of=("self",)).get(pk=place.pk).is_active:
        raise Refused(_("%(place)s was closed: choose another place.") % {"place": place}, field="place")


def _write_mix(session: AssemblySession, mix: Sequence[MixLine]) -> None:
    lines = (PlannedMix(session=session, version=line.version, quantity=line.quantity) for line in mix)
    PlannedMix.objects.bulk_create(lines)


def save(session: AssemblySession, actor: User) -> AssemblySession:
    session._history_user = actor  # type: ignore[attr-defined]  # read by simple_history
    session.save()
    return session


def _digest(drive: int, place: int, name: str, hours: tuple[datetime, datetime], mix: Iterable[tuple[int, int]]) -> str:
    said = [drive, place, name, *(end.timestamp() for end in hours), *sorted(mix)]
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _checked(asked: Plan, mix: Sequence[MixLine]) -> Plan:
    """The plan as it is written. Raises Refused for one that makes no sense."""
    _check_plan(asked["drive"], asked["place"], asked["starts_at"], asked["ends_at"])
    _check_mix(asked["drive"].house_id, mix)
    return {**asked, "name": asked["name"].strip()}


def _check_plan(drive: Drive, place: Place, starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise Refused(_("The session ends after it starts: check the two hours."), field="ends_at")
    if ends_at <= timezone.now():
        raise Refused(_("This session would be over already: check the day and the hours."), field="ends_at")
    if place.house_id != drive.house_id or place.kind not in (PlaceKind.STORE, PlaceKind.TABLE):
        raise Refused(_("Choose a store or a table of this house."), field="place")


def _check_mix(house_id: int, mix: Sequence[MixLine]) -> None:
    if not mix:
        raise Refused(_("Enter how many kits of at least one template the session is to make."), field="mix")
    seen = set()
    for index, line in enumerate(mix):
        said = {"version": line.version.item or line.version}
        if line.version.item_id is None or line.version.template.house_id != house_id:
            raise Refused(_("%(version)s cannot be packed here.") % said, field="version", line=index)
        if line.version.pk in seen:
            raise Refused(_("%(version)s is planned twice.") % said, field="version", line=index)
        if not 1 <= line.quantity <= MOST_KITS:
            raise Refused(_("%(version)s: enter between 1 and 100,000 kits.") % said, field="quantity", line=index)
        seen.add(line.version.pk)


def keeps_open(place: Place) -> str | None:
    """Why `place` must not be closed: a session that is planned or open there."""
    session = AssemblySession.objects.still_to_come().filter(place=place).first()
    sentence = _("“%(session)s” takes its articles from %(place)s: close or cancel the session first.")
    return sentence % {"session": session, "place": place} if session else None
