"""A coordinator invites a tablet, compares its number, lets it in, and shuts it out again."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from donations.models import Tablet
from donations.tablets.operations import invite_tablet, note_contact
from network.devices import open_with
from network.enums import SiteKind
from stock.codes import spoken
from tests import cast
from tests.queries import statements

pytestmark = pytest.mark.django_db
LIST, NEW = "/tablets/", "/tablets/new/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def coordinator(signed_in):
    return signed_in(cast.a_coordinator())


def typed(**fields) -> dict:
    drive, point = cast.a_drive(), cast.a_point()
    said = {"drive": drive.pk, "site": point.pk, "name": "Tablette bleue", "kind": "shared", "key": str(uuid4())}
    return {**said, **fields}


def invited(client, **fields) -> str:
    """The address of the tablet that is invited."""
    return client.post(NEW, typed(**fields)).url


def code_on(page) -> str:
    return page.context["code"].replace(" ", "")


def test_the_code_is_shown_in_two_groups_and_as_a_qr_code_for_ten_minutes(coordinator):
    page = coordinator.get(invited(coordinator))
    code = page.context["code"]
    assert [len(group) for group in code.split(" ")] == [4, 4]
    assert code in page.content.decode()
    assert page.context["qr"].startswith("data:image/svg+xml")
    assert 590 < page.context["seconds_left"] <= 600


def test_the_code_stands_after_the_hash_of_the_address_and_in_no_path(coordinator, monkeypatch):
    shown = []
    monkeypatch.setattr("donations.tablets.views.picture", lambda text: shown.append(text) or "data:,")
    page = coordinator.get(invited(coordinator))
    assert shown == [f"http://testserver/collect/#{code_on(page)}"]


def test_the_code_is_stored_nowhere(coordinator):
    page = coordinator.get(invited(coordinator))
    tablet = Tablet.objects.get()
    kept = [str(value) for row in (tablet, tablet.device) for value in vars(row).values()]
    assert not [value for value in kept if code_on(page) in value]
    assert code_on(page) not in str(dict(coordinator.session))


def test_a_reload_shows_the_same_code_and_opening_ends_it(coordinator):
    address = invited(coordinator)
    code = code_on(coordinator.get(address))
    assert code_on(coordinator.get(address)) == code
    open_with(code=code, software="Chrome, Android")
    assert "code" not in coordinator.get(address).context


def test_after_ten_minutes_nothing_is_shown_and_one_can_invite_it_again(coordinator):
    address = invited(coordinator)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        page = coordinator.get(address)
    again = f"{NEW}?again={Tablet.objects.get().pk}"
    assert "code" not in page.context
    assert again in page.content.decode()
    assert coordinator.get(again).context["form"]["name"].value() == "Tablette bleue"


def test_the_page_hears_within_two_seconds_that_the_tablet_was_opened(coordinator):
    address = invited(coordinator)
    assert coordinator.get(f"{address}?state=invited", headers=HTMX).status_code == 204
    device, _secret = open_with(code=code_on(coordinator.get(address)), software="Chrome, Android")
    answer = coordinator.get(f"{address}?state=invited", headers=HTMX)
    assert device.check_number in answer.content.decode()
    assert b"<html" not in answer.content


@pytest.mark.parametrize(
    ("press", "state"), [("confirm", "active"), ("refuse", "refused")], ids=["let in", "turned away"]
)
def test_who_sees_the_number_lets_the_tablet_in_or_turns_it_away(coordinator, press, state):
    address = invited(coordinator)
    open_with(code=code_on(coordinator.get(address)), software="Chrome, Android")
    assert [coordinator.post(f"{address}{press}/").url for _time in range(2)] == [address, address]
    assert Tablet.objects.get().state == state


def test_an_invitation_is_withdrawn(coordinator):
    address = invited(coordinator)
    coordinator.post(f"{address}withdraw/")
    assert Tablet.objects.get().state == "withdrawn"
    assert "code" not in coordinator.get(address).context


def test_revoking_asks_first(coordinator):
    tablet, _secret = cast.a_tablet()
    address = reverse("donations:tablet_revoke", args=[tablet.pk])
    assert "stays on it" in coordinator.get(address).content.decode()
    coordinator.post(address)
    assert Tablet.objects.get().state == "revoked"


def test_what_cannot_be_any_more_is_said_and_changes_nothing(coordinator):
    tablet, _secret = cast.a_tablet()
    page = coordinator.post(reverse("donations:tablet_refuse", args=[tablet.pk]), follow=True)
    assert "Nothing was changed." in page.content.decode()
    assert Tablet.objects.get().state == "active"


def test_the_form_sent_twice_is_one_invitation(coordinator):
    form = typed()
    assert coordinator.post(NEW, form).url == coordinator.post(NEW, form).url
    assert Tablet.objects.count() == 1


def test_a_phone_of_ones_own_has_a_shift(coordinator):
    until = timezone.localtime() + timedelta(hours=3)
    invited(coordinator, kind="own", until=until.strftime("%H:%M"))
    tablet = Tablet.objects.get()
    assert tablet.kind == "own"
    assert timezone.localtime(tablet.device.ends_at).strftime("%H:%M") == until.strftime("%H:%M")


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"kind": "own"}, "until", "Say when the shift ends"),
        ({"name": "Mme Tilleul"}, "name", "never by a person"),
        ({"name": ""}, "name", "required"),
        ({"site": "999999"}, "site", "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(coordinator, fields, field, sentence):
    form = coordinator.post(NEW, typed(**fields)).context["form"]
    assert list(form.errors) == [field]
    assert sentence in form.errors[field][0]


def test_points_that_no_drive_names_and_closed_ones_are_not_offered(coordinator):
    closed = cast.a_point("Kiosque")
    closed.is_active = False
    closed.save()
    cast.a_site("Ailleurs", SiteKind.COLLECTION_POINT)
    point = cast.a_point()
    assert list(coordinator.get(NEW).context["form"].fields["site"].queryset) == [point]


def test_the_list_says_what_each_sent_and_what_waits(coordinator):
    tablet, _secret = cast.a_tablet()
    note_contact(tablet, waiting=4, refused=2, version="1")
    page = coordinator.get(LIST)
    assert [(row.sent, row.waiting, row.refused) for row in page.context["rows"]] == [(0, 4, 2)]


def test_the_latest_tablet_comes_first(coordinator):
    first, second = cast.a_tablet()[0], cast.a_tablet()[0]
    assert [row.pk for row in coordinator.get(LIST).context["rows"]] == [second.pk, first.pk]


def test_the_list_is_narrowed_by_state_and_by_what_was_not_sent(coordinator):
    silent, busy = cast.a_tablet()[0], cast.a_tablet()[0]
    with time_machine.travel(timezone.now() - timedelta(minutes=20)):
        note_contact(silent, waiting=4, refused=0, version="1")
    note_contact(busy, waiting=1, refused=0, version="1")
    assert [row.pk for row in coordinator.get(f"{LIST}?state=unsent").context["rows"]] == [silent.pk]
    assert len(coordinator.get(f"{LIST}?state=active").context["rows"]) == 2
    assert not coordinator.get(f"{LIST}?state=revoked").context["rows"]


@pytest.mark.parametrize("state", ["invited", "lapsed", "opened", "active", "ended", "revoked", "withdrawn", "refused"])
def test_every_state_can_be_asked_for(coordinator, state):
    assert coordinator.get(f"{LIST}?state={state}").status_code == 200


def test_the_list_sends_as_many_statements_for_eight_as_for_one(coordinator):
    cast.a_tablet()
    few = statements(lambda: coordinator.get(LIST))
    for _number in range(7):
        cast.a_tablet()
    assert statements(lambda: coordinator.get(LIST)) == few


def test_tablets_of_another_house_are_not_found(signed_in):
    tablet, _secret = cast.a_tablet()
    elsewhere = signed_in(cast.a_coordinator(house=cast.the_house("Autre maison")))
    assert elsewhere.get(tablet.get_absolute_url()).status_code == 404
    assert not elsewhere.get(LIST).context["rows"]


def test_the_code_of_an_invitation_opens_it():
    tablet, code = invite_tablet(drive=cast.a_drive(), site=cast.a_point(), name="Bleue", actor=cast.a_coordinator())
    assert len(spoken(code)) == 9
    assert open_with(code=code, software="Chrome")[0].pk == tablet.pk


def test_an_hour_that_is_past_today_is_tomorrows(coordinator):
    with time_machine.travel(timezone.make_aware(datetime(2026, 11, 20, 22, 30)), tick=False):
        form = typed(kind="own", until="02:00")
        coordinator.post(NEW, form)
    assert timezone.localtime(Tablet.objects.get().device.ends_at) == timezone.make_aware(datetime(2026, 11, 21, 2))
