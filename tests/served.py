"""The server as it runs in production, in processes of its own, on the database of the test."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from django.db import connection

PATIENCE = 120  # seconds for it to start


class Server(str):
    """The address of a server, and the number of its first process."""

    pid: int

    def kill_one(self) -> None:
        """End one of the processes that answer, as a lack of memory does. The first one begins another."""
        answering = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        if answering:
            with suppress(ProcessLookupError):
                os.kill(int(answering[0]), signal.SIGKILL)


@contextmanager
def served(processes: int = 2) -> Iterator[Server]:
    """Serve the database of the test, which must have been committed to it, and answer the server's address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "kitdrive.wsgi", f"--bind=127.0.0.1:{port}", "--preload"]
    command += [f"--workers={processes}", "--threads=4", "--log-level=critical", "--no-control-socket"]
    settings = {"DJANGO_SETTINGS_MODULE": "kitdrive.settings", "KITDRIVE_DEMO": "false", "KITDRIVE_HTTPS": "false"}
    server = subprocess.Popen(command, env={**os.environ, **settings, "DATABASE_URL": database_url()})
    try:
        _wait_for(server, port)
        address = Server(f"http://127.0.0.1:{port}")
        address.pid = server.pid
        yield address
    finally:
        server.terminate()
        server.wait()


def database_url() -> str:
    """The address of the database that the test's connection has."""
    to = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{to['NAME']}"
    return f"postgres://{to['USER']}@{quote(to['HOST'], safe='')}/{to['NAME']}"


def _wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("The server did not start.")
