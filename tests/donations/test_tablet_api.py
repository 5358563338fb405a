"""What a tablet's page asks by itself, and what it is answered: every entry for itself, nothing twice, nothing lost."""

from datetime import timedelta
from re import findall
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone

from donations.containers.operations import codes_of
from donations.enums import RefusalReason
from donations.models import Container, Donation, DropOff, Refusal
from donations.tablets.operations import invite_tablet
from network.devices import revoke
from stock.enums import DateRule
from stock.models import Conflict
from tests import cast

pytestmark = pytest.mark.django_db
MARK = {"X-Kitdrive": "1"}


def the_tablet(secret: str) -> Client:
    client = Client(headers=MARK)
    client.cookies[settings.TABLET_COOKIE_NAME] = secret
    return client


def an_entry(kind: str = "drop_off", **fields) -> dict:
    what = {"drop_off": {"what": "bag", "quantity": 1}, "refusal": {"reason": "dirty", "quantity": 1}}
    return {"id": str(uuid4()), "kind": kind, "at": timezone.now().isoformat(), **what.get(kind, {}), **fields}


def send(client: Client, *entries, **fields):
    content = {"sent_at": timezone.now().isoformat(), "language": "en", "entries": list(entries), **fields}
    return client.post("/collect/entries/", content, content_type="application/json")


def results(answer) -> list[str]:
    return [receipt["result"] for receipt in answer.json()["results"]]


@pytest.fixture
def tablet():
    return cast.a_tablet(place=cast.the_store(cast.a_point()))


@pytest.fixture
def client(tablet):
    return the_tablet(tablet[1])


def test_a_tablet_that_was_invited_waits_until_it_is_confirmed():
    _tablet, code = invite_tablet(
        drive=cast.a_drive(), site=cast.a_point(), name="Tablette", actor=cast.a_coordinator()
    )
    client = Client(headers=MARK)
    opened = client.post("/collect/open/", {"code": code, "language": "fr"}, content_type="application/json")
    assert (opened.json()["state"], len(opened.json()["check_number"])) == ("opened", 3)
    assert send(client, an_entry()).status_code == 403
    assert client.get("/collect/state/").json()["state"] == "opened"


def test_codes_are_not_guessed_for_long():
    cast.a_coordinator()
    client = Client(headers=MARK)
    asked = [client.post("/collect/open/", {"code": "34678934"}, content_type="application/json") for _try in range(21)]
    assert [answer.status_code for answer in asked] == [404] * 20 + [429]


def test_a_code_with_a_slip_of_the_finger_is_to_be_read_again_where_it_is_shown():
    cast.a_coordinator()
    typed = {"code": "34678935", "language": "en"}
    answer = Client(headers=MARK).post("/collect/open/", typed, content_type="application/json")
    assert answer.status_code == 404
    assert answer.json()["reason"].endswith("Read it again on the coordinator’s screen.")


def test_what_a_page_of_another_site_sends_is_refused(tablet):
    client = Client()
    client.cookies[settings.TABLET_COOKIE_NAME] = tablet[1]
    assert send(client, an_entry()).json()["state"] == "forged"


def test_each_kind_of_entry_is_recorded(client, tablet):
    soap = cast.an_item("Savon")
    code = codes_of(tablet[0].device)[0]
    goods = an_entry("goods", lines=[{"item": soap.pk, "quantity": 4}])
    answer = send(client, an_entry(), an_entry("refusal"), goods, an_entry("container", what="pallet", code=code))
    assert results(answer) == ["recorded"] * 4
    assert [model.objects.count() for model in (DropOff, Refusal, Donation, Container)] == [1, 1, 1, 1]
    assert len(answer.json()["codes"]) == 20


def test_every_answer_bears_the_mark(client):
    answer = send(client, an_entry())
    assert (answer.headers["X-Kitdrive"], answer.json()["kitdrive"]) == ("1", 1)


def test_the_same_entry_again_is_the_same_answer(client):
    entry = an_entry()
    first, again = send(client, entry).json()["results"], send(client, entry).json()["results"]
    assert first == again
    assert DropOff.objects.count() == 1


def test_the_same_entry_a_month_later_is_the_same_answer(client):
    entry = an_entry()
    first = send(client, entry).json()["results"]
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        assert send(client, entry).json()["results"] == first


def test_one_id_with_other_content_is_set_aside_and_blocks_nothing(client):
    entry = an_entry()
    send(client, entry)
    answer = send(client, {**entry, "quantity": 9}, an_entry())
    assert results(answer) == ["set_aside", "recorded"]
    assert Conflict.objects.get().recorded_by == DropOff.objects.first().operation.device


@pytest.mark.parametrize(
    "bad",
    [
        {"kind": "lorry"},
        {"kind": None},
        {"what": "lorry"},
        {"quantity": 0},
        {"quantity": "2"},
        {"quantity": True},
        {"at": "yesterday"},
        {"at": "2026-11-22T10:00:00"},
        {"id": "1"},
        {"grams": -3},
        {"partner": 999},
        {"kind": "goods", "lines": []},
        {"kind": "goods", "lines": [None]},
        {"kind": "goods", "lines": [{"item": 2**80, "quantity": 1}]},
        {"kind": "container", "code": "34678934"},
        {"kind": "container", "what": "carton", "code": "not a code"},
        {"kind": "undo", "of": "9b2f7f5e-7c7f-4d06-8a5c-1f3a6b0f7f11"},
    ],
    ids=str,
)
def test_a_bad_entry_is_refused_with_a_sentence_and_stops_no_other(client, bad):
    answer = send(client, {**an_entry(), **bad}, an_entry())
    assert results(answer) == ["refused", "recorded"]
    assert answer.json()["results"][0]["reason"].endswith(".")


@pytest.mark.parametrize("bad", [None, [], "drop_off", {}], ids=str)
def test_what_is_no_entry_is_refused_too(client, bad):
    assert results(send(client, bad, an_entry())) == ["refused", "recorded"]


def test_what_asks_for_a_date_and_infant_formula_are_no_loose_goods(client):
    dated, formula = cast.an_item("Lait", date_rule=DateRule.BEST_BEFORE), cast.an_item("Biberon", is_formula=True)
    for item in (dated, formula):
        assert results(send(client, an_entry("goods", lines=[{"item": item.pk, "quantity": 1}]))) == ["refused"]
    assert not Donation.objects.exists()


def test_an_entry_is_taken_back_by_the_tablet_that_made_it(client):
    entry = an_entry()
    assert results(send(client, entry, an_entry("undo", of=entry["id"]))) == ["recorded", "recorded"]
    assert not DropOff.objects.standing().exists()


def test_a_revoked_tablet_is_told_so_and_sends_nothing_more(client, tablet):
    revoke(device=tablet[0].device, actor=cast.a_coordinator())
    answer = send(client, an_entry())
    assert (answer.status_code, answer.json()["state"]) == (403, "revoked")
    assert not DropOff.objects.exists()


def test_what_comes_after_the_drive_has_closed_is_taken_and_flagged(client):
    entry = an_entry()
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        answer = send(client, entry)
    assert (results(answer), answer.json()["state"]) == (["recorded"], "ended")
    assert DropOff.objects.get().is_late


def test_a_clock_a_year_off_is_kept_as_told_and_flagged(client):
    told = timezone.now() - timedelta(days=365)
    send(client, an_entry(at=told.isoformat()), sent_at=told.isoformat())
    entry = DropOff.objects.get()
    assert (entry.is_clock_off, entry.told_at, entry.day) == (True, told, timezone.localdate())


def test_the_list_of_tablets_learns_what_waits_on_each(client, tablet):
    send(client, an_entry(), waiting=3, refused=1, version="abc")
    tablet[0].refresh_from_db()
    assert (tablet[0].waiting, tablet[0].refused, tablet[0].version) == (3, 1, "abc")


def test_what_is_no_json_or_too_much_is_a_bad_request(client):
    assert client.post("/collect/entries/", "nonsense", content_type="application/json").status_code == 400
    assert send(client, *[an_entry() for _entry in range(51)]).status_code == 400


def test_a_tablet_opens_no_page_of_kitdrive(client):
    assert client.get("/donations/").status_code == 302


def test_the_page_has_a_button_for_each_reason_that_is_taken_at_a_door_and_for_no_other(client):
    offered = set(findall(r'data-reason="(\w+)"', client.get("/collect/fr/").content.decode()))
    sent = {reason: send(client, an_entry("refusal", reason=reason)) for reason in RefusalReason.values}
    assert {reason for reason, answer in sent.items() if results(answer) == ["recorded"]} == offered
    assert "reasons" not in client.get("/collect/state/").json()
