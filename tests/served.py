"""The server as it runs in production, in processes of its own, on the database of the test."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from bench.serving import free_port, wait_for


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
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "kitdrive.wsgi", f"--bind=127.0.0.1:{port}", "--preload"]
    command += [f"--workers={processes}", "--threads=4", "--log-level=critical", "--no-control-socket"]
    settings = {"DJANGO_SETTINGS_MODULE": "kitdrive.settings", "KITDRIVE_DEMO": "false", "KITDRIVE_HTTPS": "false"}
    server = subprocess.Popen(command, env={**os.environ, **settings, "DATABASE_URL": database_url()})
    try:
        wait_for(server, port)
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
