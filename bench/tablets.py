"""Tablets that send one bag after the other: `python -m bench.tablets PORT CALLS A_SECOND`, their secrets on stdin.

`A_SECOND` 0 is as fast as the server answers; else calls begin on time whether or not the ones before were answered,
and a wait counts from when its call was due. Each call is a connection of its own. Prints the seconds that all took,
the median and the 95th percentile of the waits in ms, and how many calls recorded nothing.
"""

import json
import socket
import statistics
import sys
import threading
import time
from datetime import UTC, datetime
from itertools import count
from uuid import uuid4

AT_ONCE = 8  # calls on their way
LONGEST_WAIT = 30  # seconds for one answer
HEAD = (
    "POST /collect/entries/ HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\nX-Kitdrive: 1\r\n"
    "Content-Type: application/json\r\nCookie: {cookie}={secret}\r\nContent-Length: {length}\r\n\r\n"
)


class Door:
    """What the calls share: which is next, when it is due, and how long each waited."""

    def __init__(self, port: int, calls: int, a_second: float, cookie: str, secrets: list[str]) -> None:
        self.port, self.calls, self.a_second, self.cookie, self.secrets = port, calls, a_second, cookie, secrets
        self.numbers, self.begun = count(), time.perf_counter()
        self.waits: list[float] = []
        self.failed = 0

    def send_in_turn(self) -> None:
        while (number := next(self.numbers)) < self.calls:
            due = self.begun + number / self.a_second if self.a_second else time.perf_counter()
            time.sleep(max(0, due - time.perf_counter()))
            if not self._send(self.secrets[number % len(self.secrets)]):
                self.failed += 1
            self.waits.append((time.perf_counter() - due) * 1000)

    def _send(self, secret: str) -> bool:
        """Send one bag; whether it was recorded."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        bag = {"id": str(uuid4()), "kind": "drop_off", "at": now, "what": "bag", "quantity": 1}
        asked = {"sent_at": now, "language": "fr", "waiting": 1, "refused": 0, "version": "bench", "entries": [bag]}
        body = json.dumps(asked).encode()
        head = HEAD.format(port=self.port, cookie=self.cookie, secret=secret, length=len(body)).encode()
        with socket.create_connection(("127.0.0.1", self.port), timeout=LONGEST_WAIT) as connection:
            connection.sendall(head + body)
            received = b""
            while part := connection.recv(65536):
                received += part
        return received.startswith(b"HTTP/1.1 200 ") and b'"recorded"' in received


def main() -> None:
    cookie, *secrets = sys.stdin.read().split()
    door = Door(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), cookie, secrets)
    threads = [threading.Thread(target=door.send_in_turn) for _thread in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    waits = sorted(door.waits)
    p95 = waits[int(len(waits) * 0.95)]
    failed = door.failed + door.calls - len(waits)
    print(time.perf_counter() - door.begun, statistics.median(waits), p95, failed)


if __name__ == "__main__":
    main()
