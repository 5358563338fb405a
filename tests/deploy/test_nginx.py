"""The configuration that is shipped for nginx, in front of the real server: what it keeps, how long, and what never."""

import gzip
import ssl
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.conf import settings
from pytest_django.live_server_helper import LiveServer

from donations.models import Drive
from donations.publishing import publish_drive, unpublish_drive
from kitdrive.public import answers
from tests.cast import a_coordinator, a_drive, a_point
from tests.nginx import Front, in_front_of

PAGE = "/fr/collectes/automne/"
ONCE = {
    "content-security-policy",
    "x-frame-options",
    "x-content-type-options",
    "referrer-policy",
    "cross-origin-opener-policy",
    "permissions-policy",
    "cache-control",
}


@pytest.fixture
def drive(transactional_db: None) -> Drive:
    drive, coordinator = a_drive(), a_coordinator()
    a_point("Pharmacie du Port", drive)
    return publish_drive(drive=drive, slug="automne", actor=coordinator)


@pytest.fixture
def front(drive: Drive, live_server: LiveServer, tmp_path, settings) -> Iterator[Front]:
    """nginx in front of the live server, which believes what it says of https."""
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    with in_front_of(live_server.thread.port, tmp_path) as front:
        yield front


def asked(monkeypatch) -> Counter:
    """Counts what comes through to kitdrive's public pages, by address."""
    counted, answer = Counter(), answers._answer

    def count(request, *args):
        counted[request.path] += 1
        return answer(request, *args)

    monkeypatch.setattr(answers, "_answer", count)
    return counted


def kept(front: Front) -> bytes:
    """All that lies in its cache."""
    return b"".join(path.read_bytes() for path in (front.folder / "cache").rglob("*") if path.is_file())


def test_one_page_is_asked_of_kitdrive_whatever_visitors_add(front, monkeypatch):
    counted = asked(monkeypatch)
    first = front.ask(PAGE)
    for number in range(5):
        again = front.ask(f"{PAGE}?x={number}", Cookie=f"theirs={number}", User_Agent=str(number))
        assert (again.status, again.body) == (200, first.body)
    assert counted == {PAGE: 1}


def test_it_keeps_a_plain_and_a_compressed_page_and_no_third(front, monkeypatch):
    counted = asked(monkeypatch)
    plain, packed = front.ask(PAGE), front.ask(PAGE, **{"Accept-Encoding": "br, gzip, deflate, zstd"})
    assert gzip.decompress(packed.body) == plain.body
    for takes in ("gzip", "gzip;q=0.5", "gzip;q=0, br", "identity"):
        front.ask(PAGE, **{"Accept-Encoding": takes})
    assert counted == {PAGE: 2}


def test_who_has_the_page_already_is_told_so(front):
    first = front.ask(PAGE)
    assert front.ask(PAGE, **{"If-None-Match": first.headers["ETag"]}).status == 304


def test_what_was_taken_back_is_gone_when_the_time_is_over_that_kitdrive_gave(front, drive, monkeypatch):
    """The minute, made two seconds here: nginx keeps what it has for as long as it was told, and no longer."""
    monkeypatch.setattr(answers, "MAKE_EVERY", 2)
    point = f"{PAGE}pharmacie-du-port-{drive.sites.get().pk}/"
    paths = [PAGE, point, f"{PAGE}besoins.json"]
    assert {front.ask(path).status for path in paths} == {200}
    unpublish_drive(drive=drive, actor=a_coordinator())
    assert {front.ask(path).status for path in paths} == {200}
    time.sleep(4.5)  # two seconds here, and two until kitdrive looks
    assert {front.ask(path).status for path in paths} == {404}


@pytest.mark.parametrize(("held", "status"), [(600, 200), (1, 502)])
def test_without_kitdrive_the_page_stays_for_as_long_as_kitdrive_said(tmp_path, held, status):
    with answering(f"public, max-age=1, stale-if-error={held}") as (port, stop), in_front_of(port, tmp_path) as front:
        assert front.ask(PAGE).body == b"as it was"
        stop()
        time.sleep(3.5)
        assert front.ask(PAGE).status == status


@contextmanager
def answering(cache_control: str) -> Iterator[tuple[int, Callable[[], None]]]:
    """A server that answers every GET so, and what stops it."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Cache-Control", cache_control)
            self.end_headers()
            self.wfile.write(b"as it was")

        def log_message(self, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()

    def stop() -> None:
        server.shutdown()
        thread.join()
        server.server_close()

    yield server.server_port, stop
    if thread.is_alive():
        stop()


def test_what_a_tablet_or_somebody_signed_in_is_told_is_never_kept(front, signed_in, drive):
    client = signed_in(a_coordinator())
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    assert str(drive) in front.ask("/donations/drives/", Cookie=cookie).body.decode()
    for path in ("/", "/account/login/", "/collect/state/", "/collect/", "/donations/drives/", "/en/drives/nothing/"):
        front.ask(path, Cookie=cookie)
        front.ask(path)
    front.ask("/collect/entries/", "POST")
    assert front.ask("/donations/drives/").status == 302
    assert kept(front) == b""


def test_a_page_that_is_kept_holds_nobodys_cookie(front):
    front.ask(PAGE, Cookie="secretvalue=secretvalue")
    assert b"collecte" in kept(front)
    assert b"secretvalue" not in kept(front)
    assert b"Set-Cookie" not in kept(front)


def test_plain_http_leads_to_https_at_its_own_name(front):
    answer = front.ask_in_the_clear("/donations/?x=1")
    assert (answer.status, answer.headers["Location"]) == (301, "https://localhost/donations/?x=1")


def test_another_name_is_not_answered(front):
    with pytest.raises((ConnectionError, OSError)):
        front.ask_in_the_clear("/", name="elsewhere.example")
    with pytest.raises(ssl.SSLError):
        front.ask("/", name="127.0.0.1")


@pytest.mark.parametrize("path", [PAGE, "/account/login/", "/en/drives/nothing/"])
def test_every_header_comes_once(front, path):
    counted = Counter(name.lower() for name, _value in front.ask(path).headers.items())
    assert {name: counted[name] for name in ONCE if counted[name] != 1} == {}


def test_it_believes_that_it_was_asked_by_https(front):
    assert f'<https://localhost{PAGE}>; rel="alternate"' in front.ask(PAGE).headers["Link"]


def test_what_is_too_large_is_refused_before_it_is_taken_in(front):
    answer = front.ask("/account/login/", "POST", **{"Content-Length": str(17 * 1024 * 1024)})
    assert answer.status == 413


def test_nothing_is_written_down_of_who_asked(front):
    visitor = {"User-Agent": "mark-of-a-visitor"}
    for path in (PAGE, "/donations/", "/en/drives/nothing/"):
        front.ask(path, **visitor)
    front.ask("/account/login/", "POST", **visitor, **{"Content-Length": str(17 * 1024 * 1024)})
    files = [path for path in front.folder.rglob("*") if path.is_file()]
    assert [path.name for path in files if b"mark-of-a-visitor" in path.read_bytes()] == []
    assert (front.folder / "said").read_bytes() == b""
