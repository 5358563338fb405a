"""How the public pages are answered: without a visitor, without a statement, from one page that is kept."""

import gzip
import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.db import OperationalError
from django.utils import timezone

from donations.drives import edit_drive
from donations.models import Drive
from donations.publishing import publish_drive, unpublish_drive
from kitdrive.public.keeping import LOOK_EVERY, MAKE_EVERY, keep
from tests.cast import a_coordinator, a_drive, stocked
from tests.queries import statements

pytestmark = pytest.mark.django_db
PAGE = "/fr/collectes/automne/"


@pytest.fixture
def drive() -> Drive:
    return publish_drive(drive=a_drive(), slug="automne", actor=a_coordinator())


@pytest.fixture
def clock():
    """Time stands still until it is shifted."""
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


def kept_keys() -> set[str]:
    return set(caches["process"]._cache)


def test_nobody_is_known_and_nothing_is_left_in_the_browser(client, drive):
    for path in (PAGE, "/en/drives/automne/", "/fr/", "/fr/collectes/inconnue/"):
        answer = client.get(path)
        assert not answer.cookies
        assert answer["Vary"] == "Accept-Encoding"
        assert b"csrf" not in answer.content
        assert b"<form" not in answer.content


def test_a_signed_in_coordinator_gets_the_same_page_as_anybody(client, drive):
    page = client.get(PAGE).content
    client.force_login(a_coordinator())
    assert client.get(PAGE).content == page


def test_the_answer_is_as_well_guarded_as_every_other(client, drive):
    answer = client.get(PAGE)
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "https://" not in answer.content.decode().replace("https://www.wikipedia.org/", "")


def test_a_page_that_is_kept_sends_no_statement(client, drive, clock):
    assert statements(lambda: client.get(PAGE)) > 0
    assert statements(lambda: client.get(PAGE)) == 0
    assert statements(lambda: client.get("/fr/collectes/inconnue/")) == 0


def test_what_follows_the_address_makes_no_other_page(client, drive, clock):
    client.get(PAGE)
    client.get("/fr/collectes/inconnue/")
    keys = kept_keys()
    assert statements(lambda: [client.get(f"{PAGE}?x={number}") for number in range(5)]) == 0
    assert statements(lambda: [client.get(f"/fr/collectes/inconnue-{number}/") for number in range(5)]) == 0
    assert kept_keys() == keys


def test_unpublishing_and_editing_are_seen_within_seconds(client, drive, clock):
    assert client.get(PAGE).status_code == 200
    fields = {name: getattr(drive, name) for name in ("name_en", "starts_on", "ends_on", "public_text_en")}
    edit_drive(drive=drive, actor=a_coordinator(), sites=[], name="Autre nom", public_text="Merci", **fields)
    assert "Autre nom" not in client.get(PAGE).content.decode()
    clock.shift(LOOK_EVERY)
    assert "Autre nom" in client.get(PAGE).content.decode()
    unpublish_drive(drive=drive, actor=a_coordinator())
    clock.shift(LOOK_EVERY)
    assert client.get(PAGE).status_code == 404


def test_what_is_counted_is_counted_again_after_a_minute(client, drive, clock):
    first = client.get(PAGE)["ETag"]
    stocked("Savon", 5)
    clock.shift(MAKE_EVERY - 1)
    assert client.get(PAGE)["ETag"] == first
    clock.shift(LOOK_EVERY)
    assert client.get(PAGE)["ETag"] != first


def test_a_proxy_may_hold_it_for_a_minute_and_ask_whether_it_changed(client, drive, clock):
    answer = client.get(PAGE)
    assert answer["Cache-Control"] == "public, max-age=60, stale-if-error=600"
    again = client.get(PAGE, headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(PAGE, headers={"if-none-match": 'W/"other"'}).status_code == 200
    assert client.get("/fr/collectes/inconnue/")["Cache-Control"] == "no-cache"


def test_it_travels_compressed_to_who_takes_that(client, drive, clock):
    plain, packed = client.get(PAGE), client.get(PAGE, headers={"accept-encoding": "br, gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content) / 2
    assert "Content-Encoding" not in client.get(PAGE, headers={"accept-encoding": "gzip;q=0, br"})


def test_its_head_alone_can_be_asked_for_and_nothing_can_be_sent_to_it(client, drive):
    head = client.head(PAGE)
    assert (head.status_code, head.content) == (200, b"")
    assert int(head["Content-Length"]) > 1000
    assert client.post(PAGE).status_code == 405


def test_an_address_without_its_last_slash_leads_there(client, drive):
    assert client.get(PAGE.rstrip("/"))["Location"] == PAGE


def test_a_name_that_is_not_this_servers_is_refused(client, drive):
    assert client.get(PAGE, headers={"host": "elsewhere.example"}).status_code == 400


class Slow:
    """A page that is made again when its word changes; every making but the first waits to be let finish."""

    def __init__(self) -> None:
        self.word, self.made, self.begun, self.finish = "old", 0, threading.Event(), threading.Event()

    def ask(self) -> str | None:
        return keep("test", lambda: self.word, str, self._make)

    def ask_aside(self) -> tuple[threading.Thread, list[str | None]]:
        answered: list[str | None] = []
        thread = threading.Thread(target=lambda: answered.append(self.ask()))
        thread.start()
        return thread, answered

    def _make(self, word: str) -> str:
        self.made += 1
        if self.made > 1:
            self.begun.set()
            self.finish.wait(30)
        return word


def test_one_makes_it_while_the_others_are_served_what_was_there():
    page = Slow()
    assert page.ask() == "old"
    page.word = "new"
    with time_machine.travel(timezone.now() + timedelta(seconds=LOOK_EVERY + 1), tick=False):
        maker, made = page.ask_aside()
        assert page.begun.wait(30)
        assert [page.ask() for _reader in range(20)] == ["old"] * 20
        page.finish.set()
        maker.join()
        assert (made, page.ask(), page.made) == (["new"], "new", 2)


def test_what_nobody_looked_after_for_a_while_is_waited_for():
    page = Slow()
    assert page.ask() == "old"
    page.word = "new"
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
        maker, _made = page.ask_aside()
        assert page.begun.wait(30)
        reader, read = page.ask_aside()
        reader.join(0.3)
        assert read == []
        page.finish.set()
        for thread in (maker, reader):
            thread.join()
        assert (read, page.made) == (["new"], 2)


def test_a_page_outlives_a_database_that_does_not_answer(caplog):
    def read() -> str:
        if time_is_up:
            raise OperationalError("no such luck")
        return "page"

    time_is_up = False
    assert keep("test", read, str, str.upper) == "PAGE"
    time_is_up = True
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
        assert keep("test", read, str, str.upper) == "PAGE"
    assert "served as it was" in caplog.text
    for minutes in (12, 30):
        later = timezone.now() + timedelta(minutes=minutes)
        with time_machine.travel(later, tick=False), pytest.raises(OperationalError):
            keep("test", read, str, str.upper)
