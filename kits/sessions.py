"""Assembly sessions: planned, changed or cancelled, opened, closed with a count. Packing itself is in operations.py."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from donations.models import Drive
from kits.enums import SessionState
from kits.models import AssemblySession, PlannedMix, TemplateVersion
from kits.targets import MOST_KITS
from stock.enums import Block, Category, OperationKind, PlaceKind, Reason
from stock.ledger import Move, MovedOn, operate, post
from stock.models import Balance, Item, Movement, Operation, Place
from stock.operations import reverse, virtual_place
from web.errors import Refused


@dataclass(frozen=True, slots=True)
class MixLine:
    """So many kits of a version, as one line of a plan."""

    version: TemplateVersion
    quantity: int


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted of an article, where `expected` were said to be when the count was written down."""

    item: Item
    expected: int
    counted: int


def plan_session(
    *,
    drive: Drive,
    place: Place,
    name: str,
    starts_at: datetime,
    ends_at: datetime,
    mix: Sequence[MixLine],
    actor: User,
) -> AssemblySession:
    """Plan a session and the kits it means to make; the same plan again answers the first.

    Raises Refused for an end before its start, another house's place, a version that is not packed or is named twice.
    """
    plan = {"drive": drive, "place": place, "name": name.strip(), "starts_at": starts_at, "ends_at": ends_at}
    _check_plan(drive, place, starts_at, ends_at)
    _check_mix(drive.house_id, mix)
    with transaction.atomic():
        _keep(place)
        session = AssemblySession.objects.exclude(state=SessionState.CANCELLED).filter(**plan).first()
        if session is None:
            session = _save(AssemblySession(house_id=drive.house_id, **plan), actor)
            _write_mix(session, mix)
    return session


def change_session(
    *,
    session: AssemblySession,
    drive: Drive,
    place: Place,
    name: str,
    starts_at: datetime,
    ends_at: datetime,
    mix: Sequence[MixLine],
    actor: User,
) -> AssemblySession:
    """Plan a session otherwise, as long as nobody opened it; the same plan again changes nothing.

    Raises Refused for what `plan_session` refuses, and for a session that was opened, closed or cancelled.
    """
    plan = {"drive": drive, "place": place, "name": name.strip(), "starts_at": starts_at, "ends_at": ends_at}
    if drive.house_id != session.house_id:
        raise Refused(_("Choose a drive of this house."), field="drive")
    _check_plan(drive, place, starts_at, ends_at)
    _check_mix(drive.house_id, mix)
    with transaction.atomic():
        session = _locked(session)
        if session.state != SessionState.PLANNED:
            raise _not_planned(session)
        _keep(place)
        as_before = list(session.mix.values_list("version", "quantity"))
        is_other_mix = as_before != [(line.version.pk, line.quantity) for line in mix]
        if is_other_mix:
            session.mix.all().delete()
            _write_mix(session, mix)
        if is_other_mix or any(getattr(session, field) != value for field, value in plan.items()):
            for field, value in plan.items():
                setattr(session, field, value)
            _save(session, actor)
    return session


def cancel_session(*, session: AssemblySession, actor: User) -> AssemblySession:
    """Give a session up that nobody opened: its place is free, and it stays in the list. Again changes nothing.

    Nothing was packed in it: that takes an opening, and what was opened is never planned again. Raises Refused then.
    """
    with transaction.atomic():
        session = _locked(session)
        if session.state in (SessionState.OPEN, SessionState.CLOSED):
            raise _not_planned(session)
        if session.state == SessionState.PLANNED:
            session.state = SessionState.CANCELLED
            _save(session, actor)
    return session


def open_session(*, session: AssemblySession, actor: User) -> AssemblySession:
    """Let kits be packed in the session; one that is open stays so. Raises Refused for one closed or cancelled."""
    with transaction.atomic():
        session = _locked(session)
        if session.state in (SessionState.CLOSED, SessionState.CANCELLED):
            raise _not_planned(session)
        if session.state == SessionState.PLANNED:
            session.state = SessionState.OPEN
            _save(session, actor)
    return session


_NOT_PLANNED = {
    SessionState.OPEN: _("The session “%(session)s” was opened, so its plan stays as it is."),
    SessionState.CLOSED: _("The session “%(session)s” is closed. Plan another one."),
    SessionState.CANCELLED: _("The session “%(session)s” was cancelled. Plan another one."),
}


def _not_planned(session: AssemblySession) -> Refused:
    return Refused(_NOT_PLANNED[SessionState(session.state)] % {"session": session})


def _locked(session: AssemblySession) -> AssemblySession:
    """As it is now: who changes, cancels, opens or closes it, or packs in it, waits for the others."""
    return AssemblySession.objects.select_for_update(no_key=True, of=("self",)).get(pk=session.pk)


def _keep(place: Place) -> None:
    """Nobody closes the place while a session is planned there. Raises Refused where somebody has."""
    if not Place.objects.select_for_update(no_key=True, of=("self",)).get(pk=place.pk).is_active:
        raise Refused(_("%(place)s was closed: choose another place.") % {"place": place}, field="place")


def _write_mix(session: AssemblySession, mix: Sequence[MixLine]) -> None:
    lines = (PlannedMix(session=session, version=line.version, quantity=line.quantity) for line in mix)
    PlannedMix.objects.bulk_create(lines)


def _save(session: AssemblySession, actor: User) -> AssemblySession:
    session._history_user = actor  # type: ignore[attr-defined]  # read by simple_history
    session.save()
    return session


def expected_at(session: AssemblySession) -> list[Balance]:
    """What the place of a session holds of loose articles, and what its packs took of them to the last, lot by lot."""
    packed = Movement.objects.filter(operation__pack__session=session).values("lot")
    loose = Balance.objects.filter(place=session.place_id, lot__block=Block.NONE).exclude(
        lot__item__category=Category.KIT
    )
    rows = loose.filter(Q(on_hand__gt=0) | Q(lot__in=packed))
    return list(rows.select_related("lot__item").first_expired_first_out())


def close_session(*, session: AssemblySession, counts: Sequence[Count], actor: User, key: str) -> Operation:
    """Close a session and set the articles that were counted to their counts; the others stay as the recipes left them.

    Missing units leave the lots that would have been packed first, found ones come to the lot that would come last.
    Raises Refused where the session is not open, and MovedOn where stock changed since an article was counted.
    """

    def work(operation: Operation) -> None:
        now = _locked(session)
        if now.state != SessionState.OPEN:
            raise Refused(_("The session “%(session)s” is not open, so it cannot be closed.") % {"session": session})
        post(operation, _differences(session, counts))
        now.state, now.closing = SessionState.CLOSED, operation
        _save(now, actor)

    return operate(
        OperationKind.CLOSE_SESSION,
        key,
        work,
        house=session.house,
        actor=actor,
        content={"session": session, "counts": [[c.item, c.expected, c.counted] for c in counts]},
        reason=Reason.COUNTED,
    )


def reopen_session(*, operation: Operation, actor: User, key: str) -> Operation:
    """Undo a closing: the session is open again and what its count had corrected is as before."""

    def reopen(_reversal: Operation) -> None:
        session = AssemblySession.objects.select_for_update(no_key=True, of=("self",)).get(closing=operation)
        session.state, session.closing = SessionState.OPEN, None
        _save(session, actor)

    return reverse(operation=operation, actor=actor, key=key, also=reopen)


def _differences(session: AssemblySession, counts: Sequence[Count]) -> list[Move]:
    lots = Balance.objects.filter(place=session.place, lot__item__in=[count.item for count in counts])
    here: dict[int, list[Balance]] = defaultdict(list)
    for balance in lots.filter(lot__block=Block.NONE).select_related("lot__item").locked():
        here[balance.lot.item_id].append(balance)
    correction = virtual_place(session.house, PlaceKind.CORRECTION)
    moves: list[Move] = []
    for index, count in enumerate(counts):
        _check_count(count, here, index)
        for balance, change in _spread(count, here[count.item.pk]):
            ends = (correction, session.place) if change > 0 else (session.place, correction)
            moves.append(Move(balance.lot, abs(change), *ends))
    return moves


def _check_count(count: Count, here: Mapping[int, Sequence[Balance]], index: int) -> None:
    balances = here.get(count.item.pk, ())
    on_hand, reserved = sum(b.on_hand for b in balances), sum(b.reserved for b in balances)
    if on_hand != count.expected:
        raise MovedOn(
            _("%(item)s: there were %(expected)d when you counted, and %(now)d now. Count it again.")
            % {"item": count.item, "expected": count.expected, "now": on_hand},
            field="counted",
            line=index,
        )
    if count.counted < reserved:
        raise Refused(
            _("%(item)s: %(reserved)d are kept for shipments, more than you counted. Release them first.")
            % {"item": count.item, "reserved": reserved},
            field="counted",
            line=index,
        )
    if count.counted > on_hand and not balances:
        raise Refused(
            _("%(item)s has never been at this place. Record where it came from instead.") % {"item": count.item},
            field="counted",
            line=index,
        )


def _spread(count: Count, balances: Sequence[Balance]) -> Iterable[tuple[Balance, int]]:
    """By how much each lot changes, so that they make up what was counted."""
    difference = count.counted - count.expected
    ordered = sorted(balances, key=lambda b: (b.lot.best_before or date.max, b.lot_id))
    if difference > 0:
        yield ordered[-1], difference
        return
    for balance in ordered:
        change = min(-difference, balance.free)
        difference += change
        if change:
            yield balance, -change


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
            raise Refused(_("%(version)s: enter between 1 and 100 000 kits.") % said, field="quantity", line=index)
        seen.add(line.version.pk)


def keeps_open(place: Place) -> str | None:
    """Why `place` must not be closed: a session that is planned or open there."""
    session = AssemblySession.objects.still_to_come().filter(place=place).first()
    sentence = _("“%(session)s” takes its articles from %(place)s: close or cancel the session first.")
    return sentence % {"session": session, "place": place} if session else None
