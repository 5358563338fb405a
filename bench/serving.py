"""The server as bin/serve starts it, for as long as a measurement lasts; on this machine alone."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 120  # seconds for it to start


@contextmanager
def served(processes: int = 2, threads: int = 4, database_url: str = "") -> Iterator[int]:
    """Serve a demonstration, the database of DATABASE_URL if no other is named, and answer the port."""
    port = free_port()
    asked = {"PORT": str(port), "WEB_CONCURRENCY": str(processes), "WEB_THREADS": str(threads), "KITDRIVE_DEMO": "true"}
    environment = {**os.environ, **asked, **({"DATABASE_URL": database_url} if database_url else {})}
    command = [sys.executable, "bin/serve"]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603  (our own)
    try:
        wait_for(server, port)
        yield port
    finally:
        server.terminate()
        server.wait()


def free_port() -> int:
    """A port of this machine on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(server: subprocess.Popen, port: int) -> None:
    """Wait until something answers on `port`. Raises RuntimeError where `server` ended first, or takes too long."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("The server did not start.")
