"""A bad network: a small proxy, on this machine alone, that fails a share of the calls in the ways that networks do.

    with faulty(server.url, seed=1) as proxy:
        visit(proxy.url)

What happens to a call is drawn from the seed and the call's number alone. The proxy ends with its block, and by itself
once it has passed `most_calls` or lived `longest` seconds: after that it answers nobody.
"""

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

LOOPBACK = {"127.0.0.1", "localhost"}
PATIENCE = 60  # seconds for the server to answer
OF_THE_CONNECTION = {"connection", "keep-alive", "transfer-encoding", "content-length"}
PORTAL = b"<!doctype html><title>Free wifi</title><p>Welcome! Accept our terms to go on."
BROKEN = b"<!doctype html><title>502</title>"


class Fault(StrEnum):
    """What may happen to a call; each is as likely as the others."""

    DROP_BEFORE = "the connection is dropped before the server hears of it"
    DROP_AFTER = "the connection is dropped once the server has answered"
    DELAY = "the answer is late"
    TRUNCATE = "half of the answer arrives"
    ERROR_BEFORE = "500, and the server heard of nothing"
    ERROR_AFTER = "500, although the server had answered"
    REPEAT = "the request reaches the server twice, one after the other"
    REPEAT_AT_ONCE = "the request reaches the server twice at the same moment"
    PORTAL = "200 with a page of somebody else's"


class FaultyProxy(ThreadingHTTPServer):
    """`happened` counts what happened to the calls below `under`; what is asked elsewhere passes untouched."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(
        self,
        server: str,
        *,
        seed: int = 0,
        share: float = 0.3,
        faults: tuple[Fault, ...] = tuple(Fault),
        under: str = "/",
        latest: float = 0.2,
        most_calls: int = 20_000,
        longest: float = 1800,
    ) -> None:
        to = urlsplit(server)
        if to.scheme != "http" or to.hostname not in LOOPBACK or not to.port:
            raise ValueError(f"The proxy serves this machine alone: not {server}")
        super().__init__(("127.0.0.1", 0), _Call)
        self.to, self.seed, self.share, self.faults = (to.hostname, to.port), seed, share, faults
        self.under, self.latest, self.calls_left = under, latest, most_calls
        self.ends_at = time.monotonic() + longest
        self.happened: Counter[Fault | None] = Counter()
        self.lock = threading.Lock()
        self.is_bad = True  # set to False, the network is a good one from then on
        self.is_over = False

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server_address[1]}"

    def service_actions(self) -> None:
        """End once it has lived or passed enough."""
        if not self.is_over and (self.calls_left <= 0 or time.monotonic() > self.ends_at):
            self.is_over = True
            threading.Thread(target=self._end, daemon=True).start()

    def _end(self) -> None:
        self.shutdown()
        self.server_close()

    def draw(self, path: str) -> tuple[Fault | None, random.Random]:
        """What happens to the next call, and the dice for how."""
        with self.lock:
            self.calls_left -= 1
            if not path.startswith(self.under) or not self.is_bad:
                return None, random.Random(self.seed)
            dice = random.Random(f"{self.seed} {self.happened.total()}")
            fault = dice.choice(self.faults) if dice.random() < self.share else None
            self.happened[fault] += 1
        return fault, dice

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing where somebody hung up: connections that break are what this is for."""


@contextmanager
def faulty(server: str, **options: Any) -> Iterator[FaultyProxy]:
    """Put a FaultyProxy before `server`, for as long as the block lasts."""
    proxy = FaultyProxy(server, **options)
    thread = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.shutdown()
        proxy.server_close()
        thread.join()


class _Call(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FaultyProxy

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        fault, dice = self.server.draw(self.path)
        if fault == Fault.DROP_BEFORE:
            return self._hang_up()
        if fault in (Fault.ERROR_BEFORE, Fault.PORTAL):
            return self._say(*((500, BROKEN) if fault == Fault.ERROR_BEFORE else (200, PORTAL)))
        if fault == Fault.DELAY:
            time.sleep(dice.uniform(0, self.server.latest))
        try:
            status, headers, answer = self._passed_on(body, fault)
        except (OSError, HTTPException):
            return self._hang_up()  # the server itself is away
        if fault == Fault.DROP_AFTER:
            return self._hang_up()
        if fault == Fault.ERROR_AFTER:
            return self._say(500, BROKEN)
        return self._say(status, answer, headers, len(answer) // 2 if fault == Fault.TRUNCATE else None)

    do_GET = do_HEAD = do_POST = _answer  # noqa: N815  (http.server's own names)

    def _passed_on(self, body: bytes, fault: Fault | None) -> tuple[int, list[tuple[str, str]], bytes]:
        """The server's answer; to the second of two requests where the call is repeated."""
        if fault == Fault.REPEAT:
            self._ask(body)
        if fault == Fault.REPEAT_AT_ONCE:
            twin = threading.Thread(target=self._ask_in_vain, args=[body])
            twin.start()
            answer = self._ask(body)
            twin.join()
            return answer
        return self._ask(body)

    def _ask(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        connection = HTTPConnection(*self.server.to, timeout=PATIENCE)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in OF_THE_CONNECTION}
        try:
            connection.request(self.command, self.path, body or None, headers)
            response: HTTPResponse = connection.getresponse()
            return response.status, response.getheaders(), response.read()
        finally:
            connection.close()

    def _ask_in_vain(self, body: bytes) -> None:
        try:
            self._ask(body)
        except (OSError, HTTPException):
            return

    def _say(self, status: int, body: bytes, headers: Sequence[tuple[str, str]] = (), cut: int | None = None) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in OF_THE_CONNECTION:
                self.send_header(name, value)
        if not (headers or self.command == "HEAD"):
            self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body[:cut])
        if cut is not None:
            self._hang_up()

    def _hang_up(self) -> None:
        self.close_connection = True

    def log_message(self, *_said: Any) -> None:
        """Keep no log."""
