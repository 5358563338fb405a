"""The bad network of the tests is as bad as it says, the same each time, and ends by itself."""

import json
import socket
import threading
import time
from collections import Counter
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

from tests.faulty_proxy import Fault, faulty

ALWAYS = {"share": 1.0}


class Echo(BaseHTTPRequestHandler):
    """Answers what it was sent, and notes that it was."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((self.path, body, self.headers["X-Kitdrive"]))
        self.send_response(200)
        self.send_header("X-Kitdrive", "1")
        self.send_header("Set-Cookie", "one=1")
        self.send_header("Set-Cookie", "two=2")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said):
        """Keep no log."""


@pytest.fixture
def echo():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    server.heard = []
    server.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def post(url: str, body: bytes = b'{"bags": 1, "cartons": 2}', path: str = "/collect/entries/"):
    """What arrives: the status, the headers and the body, or the name of what went wrong."""
    connection = HTTPConnection("localhost", urlsplit(url).port, timeout=10)
    try:
        connection.request("POST", path, body, {"X-Kitdrive": "1"})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    except (OSError, HTTPException) as error:
        return type(error).__name__, {}, b""
    finally:
        connection.close()


def test_a_good_network_changes_nothing(echo):
    with faulty(echo.url, share=0) as proxy:
        status, headers, body = post(proxy.url)
    assert (status, headers["X-Kitdrive"], json.loads(body)) == (200, "1", {"bags": 1, "cartons": 2})
    assert headers.get_all("Set-Cookie") == ["one=1", "two=2"]
    assert echo.heard == [("/collect/entries/", body, "1")]


@pytest.mark.parametrize(
    ("fault", "arrives", "times_heard"),
    [
        (Fault.DROP_BEFORE, "RemoteDisconnected", 0),
        (Fault.DROP_AFTER, "RemoteDisconnected", 1),
        (Fault.DELAY, 200, 1),
        (Fault.TRUNCATE, "IncompleteRead", 1),
        (Fault.ERROR_BEFORE, 500, 0),
        (Fault.ERROR_AFTER, 500, 1),
        (Fault.REPEAT, 200, 2),
        (Fault.REPEAT_AT_ONCE, 200, 2),
        (Fault.PORTAL, 200, 0),
    ],
)
def test_each_fault_is_what_it_is_called(echo, fault, arrives, times_heard):
    with faulty(echo.url, faults=(fault,), latest=0.01, **ALWAYS) as proxy:
        status, headers, _body = post(proxy.url)
    assert (status, len(echo.heard)) == (arrives, times_heard)
    assert dict(proxy.happened) == {fault: 1}
    assert (headers.get("X-Kitdrive") == "1") == (fault in (Fault.DELAY, Fault.REPEAT, Fault.REPEAT_AT_ONCE))


def test_a_third_of_the_calls_fail_and_every_fault_is_met(echo):
    with faulty(echo.url, seed=7, latest=0.001) as proxy:
        for _call in range(300):
            post(proxy.url)
    failed = proxy.happened.total() - proxy.happened[None]
    assert 60 <= failed <= 120
    assert set(proxy.happened) == {None, *Fault}


def test_one_seed_is_one_network(echo):
    happened: list[Counter] = []
    for _time in range(2):
        with faulty(echo.url, seed=3, latest=0.001) as proxy:
            for _call in range(40):
                post(proxy.url)
        happened.append(proxy.happened)
    assert happened[0] == happened[1]


def test_what_is_asked_elsewhere_passes_untouched(echo):
    with faulty(echo.url, under="/collect/entries/", faults=(Fault.DROP_BEFORE,), **ALWAYS) as proxy:
        assert post(proxy.url, path="/static/page.js")[0] == 200
        assert not proxy.happened


def test_it_ends_by_itself_after_so_many_calls(echo):
    with faulty(echo.url, share=0, most_calls=2) as proxy:
        assert [post(proxy.url)[0] for _call in range(2)] == [200, 200]
        _is_closed(proxy.url)


def test_it_ends_by_itself_after_so_long(echo):
    with faulty(echo.url, longest=0.01) as proxy:
        _is_closed(proxy.url)


def test_it_reaches_this_machine_alone():
    with pytest.raises(ValueError, match="this machine alone"), faulty("http://example.org:80"):
        raise AssertionError("It must not begin.")


def _is_closed(url: str) -> None:
    """Wait until nobody listens there any more: for ever, were it never so."""
    while True:
        try:
            socket.create_connection(("127.0.0.1", urlsplit(url).port), timeout=1).close()
        except OSError:
            return
        time.sleep(0.02)
