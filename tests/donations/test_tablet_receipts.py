"""A receipt says what is on the disk: never before it is there, never "refused" of what is here already."""

from datetime import timedelta
from unittest.mock import patch
from uuid import uuid4

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.utils import timezone

from donations.containers.operations import codes_of
from donations.models import Container, Donation, DropOff, Tablet
from donations.tablets import receiving
from donations.tablets.receiving import take_in
from network.enums import OrganisationKind
from network.models import Device
from stock.models import Conflict, Operation
from tests import cast
from tests.donations.test_tablet_api import an_entry, results, send, the_tablet
from tests.queries import statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def tablet():
    return cast.a_tablet(place=cast.the_store(cast.a_point()))


@pytest.fixture
def client(tablet):
    return the_tablet(tablet[1])


def the_goods(**fields) -> dict:
    return an_entry("goods", lines=[{"item": cast.an_item("Savon").pk, "quantity": 4}], **fields)


def test_one_bag_and_the_sign_of_life_are_one_commit(client):
    send(client, an_entry(), waiting=3)
    assert statements(lambda: send(client, an_entry(), waiting=4)) <= 9
    assert statements(lambda: send(client, *[an_entry() for _bag in range(50)], waiting=5)) <= 5 + 4 * 50


def test_what_cannot_be_written_is_put_off_and_stops_no_other(client):
    bags = [an_entry(quantity=number) for number in (1, 2, 3)]
    real = receiving.record

    def fails_for_two(entry, **asked):
        operation = real(entry, **asked)
        if entry["quantity"] == 2:
            raise ZeroDivisionError
        return operation

    with patch.object(receiving, "record", fails_for_two):
        assert results(send(client, *bags)) == ["recorded", "later", "recorded"]
    assert results(send(client, *bags)) == ["recorded"] * 3
    assert DropOff.objects.count() == 3


def test_no_receipt_is_given_for_what_was_rolled_back(tablet):
    """Where a part cannot be undone the database drops the whole, and says nothing of it when it ends."""

    def lost():
        transaction.set_rollback(True)

    with transaction.atomic():  # the test's own transaction is not the one that is lost
        receipts = take_in([an_entry(), an_entry()], tablet=tablet[0], sent_at=timezone.now(), contact=lost)
    assert [receipt.result for receipt in receipts] == ["later", "later"]
    assert not DropOff.objects.exists()


def test_where_the_last_step_fails_everything_is_sent_again(client):
    with patch("donations.tablets.api.note_contact", side_effect=DatabaseError):
        assert results(send(client, an_entry(), an_entry())) == ["later", "later"]
    assert not DropOff.objects.exists()


def test_what_is_here_is_never_refused_because_its_partner_is_gone_since(client):
    partner = cast.an_organisation("Pharmacies du Canal", OrganisationKind.PARTNER)
    entry = an_entry(partner=partner.pk)
    first = send(client, entry).json()["results"]
    partner.is_active = False
    partner.save()
    assert send(client, entry).json()["results"] == first
    assert results(send(client, an_entry(partner=partner.pk))) == ["refused"]


def test_what_is_here_is_never_refused_because_its_article_is_gone_since(client):
    entry = the_goods()
    first = send(client, entry).json()["results"]
    cast.the_house().items.update(is_active=False)
    assert send(client, entry).json()["results"] == first
    assert Donation.objects.count() == 1


def test_goods_counted_with_a_wrong_clock_are_the_same_entry_on_another_day(client):
    told = timezone.now() - timedelta(days=100)
    entry = the_goods(at=told.isoformat())
    first = send(client, entry, sent_at=told.isoformat()).json()["results"]
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        again = send(client, entry, sent_at=(told + timedelta(days=2)).isoformat())
    assert again.json()["results"] == first
    assert (Donation.objects.count(), Conflict.objects.count()) == (1, 0)


def test_what_was_noted_and_taken_back_without_a_network_is_so_a_day_later(client, tablet):
    then = timezone.now() - timedelta(days=1)
    code = codes_of(tablet[0].device)[0]
    noted = [an_entry(at=then.isoformat()), the_goods(at=then.isoformat())]
    noted.append(an_entry("container", what="carton", code=code, at=then.isoformat()))
    later = (then + timedelta(minutes=30)).isoformat()
    taken_back = [an_entry("undo", of=entry["id"], at=later) for entry in noted]
    assert results(send(client, *noted, *taken_back)) == ["recorded"] * 6
    assert Operation.objects.exclude(reverses=None).count() == 3


@pytest.mark.parametrize("kind", ["drop_off", "goods", "container"])
def test_nothing_is_taken_back_on_a_tablet_after_the_hour(client, tablet, kind):
    then = timezone.now() - timedelta(hours=3)
    code = codes_of(tablet[0].device)[0]
    fields = {"goods": the_goods(), "container": {"what": "carton", "code": code}}.get(kind, {})
    entry = {**an_entry(kind), **fields, "at": then.isoformat()}
    assert results(send(client, entry, an_entry("undo", of=entry["id"]))) == ["recorded", "refused"]
    assert not Container.objects.filter(state="withdrawn").exists()


@pytest.mark.parametrize(
    "at",
    ["2026-02-31T10:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "9" * 65536, 7, None, ["x"]],
    ids=lambda at: str(at)[:30],
)
def test_a_moment_that_no_clock_says_is_refused_alone(client, at):
    assert results(send(client, an_entry(at=at), an_entry())) == ["refused", "recorded"]
    assert send(client, an_entry(), sent_at=at).status_code == 400


@pytest.mark.parametrize("name", ["x" * 65536, "\ud800", "\x00", 7, [[]], {}, None], ids=lambda name: repr(name)[:12])
def test_an_id_that_is_none_is_refused_alone_and_said_short(client, name):
    answer = send(client, an_entry(id=name), an_entry())
    assert results(answer) == ["refused", "recorded"]
    assert len(answer.json()["results"][0]["id"]) <= 64


def test_what_is_deep_or_huge_or_cut_short_is_a_bad_request_that_bears_the_mark(client):
    for body in (
        "[" * 200_000,
        '{"entries": [' + "[" * 900 + "]" * 900,
        '"' + "x" * 3_000_000 + '"',
        '{"entries"',
        b"\xff",
    ):
        answer = client.post("/collect/entries/", body, content_type="application/json")
        assert (answer.status_code, answer.json()["kitdrive"]) == (400, 1)


def test_what_a_tablet_says_of_itself_may_be_nonsense(client, tablet):
    said = {"waiting": -1, "refused": "many", "version": "\x00\ud800v" + "x" * 65536, "language": ["fr"]}
    assert results(send(client, an_entry(), **said)) == ["recorded"]
    tablet[0].refresh_from_db()
    assert (tablet[0].waiting, tablet[0].refused, tablet[0].version) == (0, 0, "v" + "x" * 15)


def test_the_last_contact_is_noted_once_a_minute_while_nothing_changes(client, tablet):
    def seen_at():
        return Device.objects.get(pk=tablet[0].pk).seen_at

    send(client, waiting=2)
    first = seen_at()
    send(client, an_entry(), waiting=2)
    assert seen_at() == first
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        send(client, an_entry(), waiting=2)
    assert seen_at() > first
    assert Tablet.objects.get().waiting == 2


def test_another_tablet_s_entry_is_no_receipt(client):
    entry = {**an_entry(), "id": str(uuid4())}
    other = the_tablet(cast.a_tablet()[1])
    send(client, entry)
    assert results(send(other, {**entry, "partner": 2**40})) == ["refused"]
