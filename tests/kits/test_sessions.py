"""Sessions: planned, open, closed with what was counted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kits.closing import Count, close_session, expected_at, reopen_session
from kits.enums import SessionState
from kits.following import check_kits
from kits.models import AssemblySession
from kits.operations import pack
from kits.sessions import MixLine, open_session, plan_session
from stock.checks import check_balances
from stock.ledger import MovedOn
from stock.models import Movement
from tests.cast import a_coordinator, a_dated_item, a_drive, a_key, a_version, an_item, on_hand, stocked, the_store
from web.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_ledger_stands():
    yield
    assert not [*check_balances(), *check_kits()]


def planned(version, **kwargs) -> AssemblySession:
    now = timezone.now().replace(second=0, microsecond=0)
    plan = {
        "name": "Usine à kits",
        "starts_at": now,
        "ends_at": now + timedelta(hours=4),
        "place": the_store(),
        **kwargs,
    }
    plan.setdefault("mix", [MixLine(version, 10)])
    return plan_session(drive=a_drive(), actor=a_coordinator(), **plan)


def opened(version):
    return open_session(session=planned(version), actor=a_coordinator())


def packed(version, session, count=2):
    return pack(version=version, count=count, place=the_store(), session=session, actor=a_coordinator(), key=a_key())


def closed(session, *counts, key=None):
    return close_session(session=session, counts=counts, actor=a_coordinator(), key=key or a_key())


@pytest.fixture
def version():
    return a_version({stocked("Savon", 10): 2, stocked("Serviette", 10): 1})


def test_the_same_plan_twice_is_one_session(version):
    assert planned(version) == planned(version)
    assert AssemblySession.objects.get().mix.get().quantity == 10


def test_a_plan_that_makes_no_sense_is_refused(version):
    now = timezone.now()
    for wrong, field in [
        ({"ends_at": now - timedelta(days=1)}, "ends_at"),
        ({"starts_at": now - timedelta(days=3), "ends_at": now - timedelta(days=2)}, "ends_at"),
        ({"mix": []}, "mix"),
        ({"mix": [MixLine(version, 0)]}, "quantity"),
        ({"mix": [MixLine(version, 10**7)]}, "quantity"),
        ({"mix": [MixLine(version, 5)] * 2}, "version"),
    ]:
        with pytest.raises(Refused) as refused:
            planned(version, **wrong)
        assert refused.value.field == field


def test_packing_waits_for_the_opening_and_ends_with_the_closing(version):
    session = planned(version)
    with pytest.raises(Refused, match="not open"):
        packed(version, session)
    session = open_session(session=session, actor=a_coordinator())
    assert open_session(session=session, actor=a_coordinator()).state == SessionState.OPEN
    packed(version, session)
    closed(session)
    with pytest.raises(Refused, match="not open"):
        packed(version, session)  # as a tablet does that still shows it open
    with pytest.raises(Refused, match="closed"):
        open_session(session=session, actor=a_coordinator())


def test_kits_of_a_session_are_packed_at_its_place_only(version):
    from tests.cast import a_site

    session = opened(version)
    with pytest.raises(Refused, match="held elsewhere"):
        pack(
            version=version,
            count=1,
            place=the_store(a_site("Salle")),
            session=session,
            actor=a_coordinator(),
            key=a_key(),
        )


def test_a_sent_pack_is_answered_from_the_first_although_the_session_closed_meanwhile(version):
    session, key, coordinator = opened(version), a_key(), a_coordinator()
    sent = {"version": version, "count": 1, "place": the_store(), "session": session, "actor": coordinator, "key": key}
    first = pack(**sent)
    closed(session)
    assert pack(**sent) == first


def test_closing_posts_the_difference_of_what_was_counted_and_leaves_the_rest(version):
    session = opened(version)
    packed(version, session, 2)
    operation = closed(session, Count(an_item("Savon"), expected=6, counted=5))
    assert (on_hand(an_item("Savon")), on_hand(an_item("Serviette"))) == (5, 8)
    session.refresh_from_db()
    assert (session.state, session.closing, operation.reason) == (SessionState.CLOSED, operation, "counted")
    assert Movement.objects.filter(operation=operation).get().quantity == 1


def test_found_articles_come_back_and_nothing_counted_posts_nothing(version):
    session = opened(version)
    operation = closed(session, Count(an_item("Savon"), expected=10, counted=12))
    assert on_hand(an_item("Savon")) == 12
    reopen_session(operation=operation, actor=a_coordinator(), key=a_key())
    session.refresh_from_db()
    assert (session.state, session.closing, on_hand(an_item("Savon"))) == (SessionState.OPEN, None, 10)
    assert not closed(session).movements.exists()


def test_a_count_of_zero_is_a_count(version):
    closed(opened(version), Count(an_item("Savon"), expected=10, counted=0))
    assert on_hand(an_item("Savon")) == 0


def test_missing_units_leave_the_lots_that_would_have_been_packed_first(version):
    jar = stocked(a_dated_item(), 5, days=100, number="tôt")
    stocked(jar, 5, days=300, number="tard")
    closed(opened(version), Count(jar, expected=10, counted=3))
    assert {b.lot.number: b.on_hand for b in jar.lots.get(number="tard").balances.all()} == {"tard": 3}


def test_what_changed_since_it_was_counted_is_counted_again(version):
    session = opened(version)
    packed(version, session, 1)
    with pytest.raises(MovedOn, match="Savon: there were 10 when you counted, and 8 now") as refused:
        closed(session, Count(an_item("Serviette"), 9, 9), Count(an_item("Savon"), 10, 9))
    assert (refused.value.line, on_hand(an_item("Savon"))) == (1, 8)
    session.refresh_from_db()
    assert session.state == SessionState.OPEN


def test_an_article_that_was_never_here_is_not_counted_into_being(version):
    with pytest.raises(Refused, match="never been at this place"):
        closed(opened(version), Count(an_item("Peigne"), 0, 5))


def test_closing_twice_by_the_same_form_is_one_closing_and_by_another_is_refused(version):
    session, key, coordinator = opened(version), a_key(), a_coordinator()
    first = close_session(session=session, counts=[], actor=coordinator, key=key)
    assert close_session(session=session, counts=[], actor=coordinator, key=key) == first
    with pytest.raises(Refused, match="not open"):
        closed(session)


def test_the_form_lists_what_is_there_and_what_the_packs_used_up(version):
    session = opened(version)
    packed(version, session, 5)
    assert {b.lot.item.name: b.on_hand for b in expected_at(session)} == {"Savon": 0, "Serviette": 5}
