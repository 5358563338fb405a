"""Several people on the same kits and in the same session at the same moment."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from kits.closing import close_session
from kits.enums import KitState, SessionState
from kits.models import AssemblySession, Kit, Pack, TemplateVersion
from kits.operations import pack, unpack
from kits.sessions import (
    MixLine,
    cancel_session,
    change_session,
    open_session,
    plan_as_seen,
    plan_session,
)
from kits.templates import new_draft, publish
from stock import idempotency, registry
from stock.models import Lot, Operation, Place
from stock.operations import LotLine, transfer
from tests.cast import a_coordinator, a_drive, a_key, a_site, a_version, on_hand, stocked, the_store

pytestmark = pytest.mark.race


@pytest.fixture(autouse=True)
def _without_second_attempts(monkeypatch):
    """A deadlock fails the test: the order of the locks must make it impossible, not the retries unseen."""
    monkeypatch.setattr(idempotency, "ATTEMPTS", 1)


def nothing_to_report() -> bool:
    return not [sentence for check in registry.checks.values() for sentence in check()]


def somebody(actor: int) -> User:
    return User.objects.get(pk=actor)


def pack_in(session: int, version: int, actor: int) -> int:
    session_ = AssemblySession.objects.select_related("place__house", "drive").get(pk=session)
    return pack(
        version=TemplateVersion.objects.with_contents().get(pk=version),
        count=1,
        place=session_.place,
        session=session_,
        actor=somebody(actor),
        key=a_key(),
    ).pk


def close(session: int, actor: int) -> int:
    """Close a session, and answer how many packs there are at once after it."""
    close_session(
        session=AssemblySession.objects.select_related("house", "place").get(pk=session),
        counts=[],
        actor=somebody(actor),
        key=a_key(),
    )
    return Pack.objects.count()


def move_kits(lot: int, source: int, target: int, quantity: int, actor: int) -> int:
    places = Place.objects.select_related("house").in_bulk([source, target])
    lines = [LotLine(Lot.objects.with_item().get(pk=lot), quantity)]
    return transfer(source=places[source], target=places[target], lines=lines, actor=somebody(actor), key=a_key()).pk


def undo(operation: int, actor: int) -> int:
    return unpack(
        operation=Operation.objects.select_related("house").get(pk=operation), actor=somebody(actor), key=a_key()
    ).pk


def publish_draft(version: int, actor: int) -> int:
    return publish(version=TemplateVersion.objects.get(pk=version), actor=somebody(actor)).item_id


def planned(version: TemplateVersion, actor: User) -> AssemblySession:
    return plan_session(**a_plan(version), actor=actor)


def a_plan(version: TemplateVersion) -> dict:
    hours = {"starts_at": timezone.now(), "ends_at": timezone.now() + timedelta(hours=4)}
    mix = [MixLine(version, 10)]
    return {"drive": a_drive(), "place": the_store(), "name": "Usine à kits", "mix": mix, **hours}


def open_it(session: int, actor: int) -> str:
    return open_session(session=AssemblySession.objects.get(pk=session), actor=somebody(actor)).state


def cancel_it(session: int, actor: int) -> str:
    return cancel_session(session=AssemblySession.objects.get(pk=session), actor=somebody(actor)).state


def change_it(session: int, actor: int, name: str, seen: str = "") -> str:
    """Call a session otherwise and halve what it plans."""
    session_ = AssemblySession.objects.select_related("drive", "place").get(pk=session)
    plan = {field: getattr(session_, field) for field in ("drive", "place", "starts_at", "ends_at")}
    versions = [line.version for line in session_.mix.select_related("version__template")]
    mix = [MixLine(version, 5) for version in versions]
    return change_session(session=session_, **plan, name=name, mix=mix, actor=somebody(actor), seen=seen).name


def test_a_session_is_opened_or_cancelled_and_never_both(race):
    actor = a_coordinator()
    session = planned(a_version({stocked("Savon", 20): 1}), actor)
    who = {"session": session.pk, "actor": actor.pk}
    answers = race((open_it, who), (cancel_it, who), (open_it, who), (cancel_it, who))
    state = AssemblySession.objects.get().state
    won, lost = ([0, 2], [1, 3]) if state == SessionState.OPEN else ([1, 3], [0, 2])
    assert [answers[n] for n in won] == [state, state]
    assert [answers[n] for n in lost] == ["Refused", "Refused"]


def test_of_two_who_saw_the_same_plan_one_changes_it_and_the_other_is_told(race):
    actor = a_coordinator()
    session = planned(a_version({stocked("Savon", 20): 1}), actor)
    who = {"session": session.pk, "actor": actor.pk, "seen": plan_as_seen(session)}
    answers = race(*[(change_it, {**who, "name": name}) for name in ("Matin", "Soir", "Nuit")])
    session.refresh_from_db()
    assert sorted(answers) == sorted([session.name, "PlannedMeanwhile", "PlannedMeanwhile"])
    assert session.history.count() == 2


def test_a_session_that_several_people_change_while_it_is_cancelled_has_one_mix(race):
    actor = a_coordinator()
    session = planned(a_version({stocked("Savon", 20): 1}), actor)
    who = {"session": session.pk, "actor": actor.pk}
    changing = [(change_it, {**who, "name": name}) for name in ("Matin", "Soir", "Nuit")]
    *names, state = race(*changing, (cancel_it, who))
    session.refresh_from_db()
    assert (session.state, state) == (SessionState.CANCELLED, SessionState.CANCELLED)
    done = {name for name in names if name != "Refused"}
    assert (session.mix.get().quantity, session.name) in [(10, "Usine à kits"), *((5, name) for name in done)]


def test_a_session_closes_after_what_is_packed_in_it_and_before_what_is_not(race):
    soap, actor = stocked("Savon", 20), a_coordinator()
    version = a_version({soap: 1})
    session = planned(version, actor)
    open_session(session=session, actor=actor)
    packing = (pack_in, {"session": session.pk, "version": version.pk, "actor": actor.pk})
    closing = (close, {"session": session.pk, "actor": actor.pk})
    *packs, first, second = race(packing, packing, packing, packing, closing, closing)
    made = [answer for answer in packs if answer != "Refused"]
    assert (Pack.objects.count(), on_hand(soap)) == (len(made), 20 - len(made))
    assert {first, second} == {len(made), "Refused"}
    assert nothing_to_report()


def test_kits_that_cross_between_two_places_while_their_pack_is_undone_stay_whole(race):
    soap, actor, here, there = stocked("Savon", 9), a_coordinator(), the_store(), the_store(a_site("Salle"))
    operation = pack(version=a_version({soap: 1}), count=6, place=here, actor=actor, key=a_key())
    lot = Lot.objects.get(pack__operation=operation)
    transfer(source=here, target=there, lines=[LotLine(lot, 3)], actor=actor, key=a_key())
    kits = {"lot": lot.pk, "quantity": 2, "actor": actor.pk}
    away, back = {**kits, "source": here.pk, "target": there.pk}, {**kits, "source": there.pk, "target": here.pk}
    undoing = (undo, {"operation": operation.pk, "actor": actor.pk})
    race((move_kits, away), (move_kits, back), (move_kits, away), (move_kits, back), undoing)
    assert Kit.objects.filter(state=KitState.HERE).count() == 6
    assert nothing_to_report()


def test_a_draft_that_two_people_publish_has_one_article(race):
    version = a_version({stocked("Savon", 1): 1})
    draft, actor = new_draft(template=version.template, actor=a_coordinator()), a_coordinator()
    publishing = (publish_draft, {"version": draft.pk, "actor": actor.pk})
    assert len(set(race(publishing, publishing, publishing))) == 1
