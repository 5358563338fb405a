"""A planned session is planned otherwise or cancelled, until somebody opens it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kits.enums import SessionState
from kits.models import AssemblySession
from kits.sessions import (
    MixLine,
    PlannedMeanwhile,
    cancel_session,
    change_session,
    open_session,
    plan_as_seen,
    plan_session,
)
from kits.templates import new_draft, publish
from stock.enums import PlaceKind
from stock.place_operations import close_place, open_place
from tests.cast import a_coordinator, a_drive, a_site, a_version, a_volunteer, stocked, the_house, the_store
from web.errors import Refused

pytestmark = pytest.mark.django_db
START = timezone.now().replace(second=0, microsecond=0) + timedelta(days=1)


@pytest.fixture
def version():
    return a_version({stocked("Savon", 40): 2})


@pytest.fixture
def table():
    return open_place(site=a_site(), kind=PlaceKind.TABLE, name="Table 3", actor=a_coordinator())


def a_plan(version, **other):
    hours = {"starts_at": START, "ends_at": START + timedelta(hours=4)}
    mix = [MixLine(version, 10)]
    return {"drive": a_drive(), "place": the_store(), "name": "Matin", "mix": mix, **hours, **other}


@pytest.fixture
def session(version):
    return plan_session(**a_plan(version), actor=a_coordinator())


def changed(session, version, **other):
    return change_session(session=session, **a_plan(version, **other), actor=a_coordinator(name="Maud"))


def cancelled(session):
    return cancel_session(session=session, actor=a_coordinator(name="Maud"))


def test_everything_of_a_plan_can_be_changed_and_its_history_says_by_whom(session, version, table):
    towels = a_version({stocked("Serviette", 9): 1}, "Kit serviette")
    drive, later = a_drive("Autre collecte"), START + timedelta(days=2)
    hours = {"starts_at": later, "ends_at": later + timedelta(hours=2)}
    changed(session, version, drive=drive, place=table, name=" Soir ", mix=[MixLine(towels, 3)], **hours)
    session.refresh_from_db()
    assert (session.drive, session.place, session.name, session.starts_at) == (drive, table, "Soir", later)
    assert [(line.version, line.quantity) for line in session.mix.all()] == [(towels, 3)]
    assert str(session.history.first().history_user) == "Maud"


def test_the_same_change_twice_is_one_change(session, version):
    for _time in range(2):
        changed(session, version, mix=[MixLine(version, 7)])
    assert (session.mix.get().quantity, session.history.count()) == (7, 2)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (lambda version: {"ends_at": START - timedelta(hours=1)}, "ends_at"),
        (lambda version: {"starts_at": START - timedelta(days=9), "ends_at": START - timedelta(days=8)}, "ends_at"),
        (lambda version: {"mix": []}, "mix"),
        (lambda version: {"mix": [MixLine(version, 0)]}, "quantity"),
        (lambda version: {"drive": a_drive("Ailleurs", house=the_house("Autre maison"))}, "drive"),
    ],
)
def test_a_change_that_makes_no_sense_changes_nothing(session, version, wrong, field):
    with pytest.raises(Refused) as refused:
        changed(session, version, **{"name": "Soir", **wrong(version)})
    session.refresh_from_db()
    assert (refused.value.field, session.name, session.mix.get().quantity) == (field, "Matin", 10)


def test_a_session_is_not_planned_at_a_table_that_was_closed(session, version, table):
    close_place(place=table, actor=a_coordinator())
    with pytest.raises(Refused, match="was closed: choose another place"):
        changed(session, version, place=table)


def test_a_session_that_was_opened_is_neither_changed_nor_cancelled(session, version):
    open_session(session=session, actor=a_coordinator())
    for again in (lambda: changed(session, version, name="Soir"), lambda: cancelled(session)):
        with pytest.raises(Refused, match="was opened, so its plan stays as it is"):
            again()
    assert AssemblySession.objects.get().state == SessionState.OPEN


def test_a_cancelled_session_stays_so_and_is_neither_opened_nor_changed(session, version):
    for _time in range(2):
        cancelled(session)
    for again in (
        lambda: open_session(session=session, actor=a_coordinator()),
        lambda: changed(session, version, name="Soir"),
    ):
        with pytest.raises(Refused, match="was cancelled"):
            again()
    assert (AssemblySession.objects.get().state, session.history.count()) == (SessionState.CANCELLED, 2)


def test_cancelling_frees_the_place_of_the_session(version, table):
    session = plan_session(**a_plan(version, place=table), actor=a_coordinator())
    with pytest.raises(Refused, match="close or cancel the session first"):
        close_place(place=table, actor=a_coordinator())
    cancelled(session)
    assert not close_place(place=table, actor=a_coordinator()).is_active


def test_the_same_plan_after_a_cancelling_is_a_new_session(session, version):
    cancelled(session)
    assert plan_session(**a_plan(version), actor=a_coordinator()).state == SessionState.PLANNED
    assert AssemblySession.objects.count() == 2


def sent(version, **other):
    day = timezone.localtime(START).date().isoformat()
    form = {"name": "Soir", "day": day, "starts": "10:00", "ends": "12:00", f"quantity_{version.pk}": "4"}
    seen = plan_as_seen(AssemblySession.objects.latest("pk"))
    return {**form, "seen": seen, **other}


def test_the_page_of_a_change_is_filled_in_and_a_double_press_changes_once(signed_in, session, version):
    client, address = signed_in(a_coordinator()), f"/kits/sessions/{session.pk}/edit/"
    form = client.get(address).context["form"]
    assert (form["name"].value(), form.number_field(version).value()) == ("Matin", 10)
    form = sent(version)
    for _time in range(2):
        page = client.post(address, form, follow=True)
        assert "The plan of “Soir” is changed." in page.content.decode()
    assert (session.mix.get().quantity, session.history.count()) == (4, 2)


def test_the_page_of_a_change_moves_the_session_where_the_address_says(signed_in, session, version, table):
    address = f"/kits/sessions/{session.pk}/edit/?drive={session.drive_id}&place={table.pk}"
    signed_in(a_coordinator()).post(address, sent(version))
    assert AssemblySession.objects.get().place == table


def test_a_version_that_is_planned_stays_on_offer_beside_the_newer_one(signed_in, session, version):
    newer = publish(version=new_draft(template=version.template, actor=a_coordinator()), actor=a_coordinator())
    page = signed_in(a_coordinator()).get(f"/kits/sessions/{session.pk}/edit/")
    offered = {row.version.pk: field.value() for row, field in page.context["rows"]}
    assert offered == {newer.pk: None, version.pk: 10}


def test_what_is_wrong_is_said_at_its_field(signed_in, session, version):
    page = signed_in(a_coordinator()).post(f"/kits/sessions/{session.pk}/edit/", sent(version, ends="09:00"))
    assert "ends after it starts" in page.context["form"].errors["ends"][0]


def test_the_page_of_a_session_that_is_open_says_why_it_cannot_be_changed(signed_in, session, version):
    open_session(session=session, actor=a_coordinator())
    page = signed_in(a_coordinator()).post(f"/kits/sessions/{session.pk}/edit/", sent(version))
    assert "Only a session that nobody opened" in page.content.decode()
    assert AssemblySession.objects.get().name == "Matin"


def test_a_session_is_cancelled_by_two_presses_and_its_page_says_who_and_when(signed_in, session):
    client, address = signed_in(a_coordinator(name="Maud")), f"/kits/sessions/{session.pk}/cancel/"
    assert "Cancel this session?" in client.get(address).content.decode()
    for _time in range(2):
        page = client.post(address, follow=True).content.decode()
        assert "“Matin” is cancelled." in page
    assert "by Maud. Nothing was packed in it." in page
    assert "Open the session" not in page


def test_a_volunteer_reads_that_a_session_is_cancelled_and_not_by_whom(signed_in, session):
    cancelled(session)
    page = signed_in(a_volunteer()).get(f"/kits/sessions/{session.pk}/").content.decode()
    assert "Nothing was packed in it." in page
    assert "Maud" not in page


def test_cancelling_what_was_opened_meanwhile_says_so(signed_in, session):
    open_session(session=session, actor=a_coordinator())
    page = signed_in(a_coordinator()).post(f"/kits/sessions/{session.pk}/cancel/", follow=True)
    assert "was opened, so its plan stays as it is" in page.content.decode()


def test_a_change_takes_as_many_statements_for_eight_kits_as_for_one(session):
    def statements(count, offset):
        versions = [a_version({stocked(f"Article {n}", 2): 1}, f"Kit {n}") for n in range(offset, offset + count)]
        with CaptureQueriesContext(connection) as queries:
            changed(session, versions[0], mix=[MixLine(version, 2) for version in versions])
        return len(queries)

    assert statements(1, 0) == statements(8, 10)


def test_who_saw_another_plan_changes_nothing_unless_theirs_is_the_same(session, version):
    seen = plan_as_seen(session)
    changed(session, version, name="Soir")
    with pytest.raises(PlannedMeanwhile, match="changed while you filled it in"):
        changed(session, version, name="Nuit", seen=seen)
    assert changed(session, version, name="Soir", seen=seen).history.count() == 2
    assert changed(session, version, name="Nuit", seen=plan_as_seen(AssemblySession.objects.get())).name == "Nuit"


def test_whatever_differs_is_another_plan_and_the_order_of_its_kits_is_none(session, version):
    towels = a_version({stocked("Serviette", 9): 1}, "Kit serviette")
    hours = {"starts_at": START, "ends_at": START + timedelta(hours=2)}
    others = [
        {"name": "Soir"},
        hours,
        {"mix": [MixLine(version, 9)]},
        {"mix": [MixLine(version, 9), MixLine(towels, 1)]},
    ]
    seen = [plan_as_seen(session), *(plan_as_seen(changed(session, version, **other)) for other in others)]
    again = plan_as_seen(changed(session, version, mix=[MixLine(towels, 1), MixLine(version, 9)]))
    assert (len(set(seen)), again) == (5, seen[-1])


def test_the_second_of_two_coordinators_is_told_what_changed_and_keeps_what_they_wrote(signed_in, session, version):
    client, address, form = signed_in(a_coordinator()), f"/kits/sessions/{session.pk}/edit/", sent(version, name="Nuit")
    changed(session, version, name="Soir", mix=[MixLine(version, 7)])
    page = client.post(address, form)
    told = {str(row.what): (row.now, row.typed) for row in page.context["differences"]}
    assert (page.status_code, told["Name"], told["Kit femme"]) == (409, ("Soir", "Nuit"), (7, 4))
    assert "Last changed by Maud" in page.content.decode()
    assert (page.context["form"]["name"].value(), AssemblySession.objects.get().name) == ("Nuit", "Soir")
    page = client.post(address, {**form, "seen": page.context["form"]["seen"].value()}, follow=True)
    assert "The plan of “Nuit” is changed." in page.content.decode()


def test_a_form_that_does_not_say_which_plan_it_shows_changes_nothing(signed_in, session, version):
    page = signed_in(a_coordinator()).post(f"/kits/sessions/{session.pk}/edit/", sent(version, seen=""))
    assert "not sent whole" in page.content.decode()
    assert AssemblySession.objects.get().name == "Matin"
