"""bin/serve as a process of its own, as bin/https starts it."""

import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from kitdrive.local_authority import AUTHORITY, SERVER, SERVER_KEY, certify

PATIENCE = 60  # seconds for it to start


@pytest.fixture
def port(tmp_path: Path, transactional_db: None) -> Iterator[int]:
    """Where it speaks https, on the tests' own database."""
    certify(["localhost"], tmp_path)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    here = {"PORT": str(port), "DATABASE_URL": the_database(), "DJANGO_SETTINGS_MODULE": "kitdrive.settings"}
    files = {
        "KITDRIVE_HTTPS": "true",
        "CERTIFICATE": str(tmp_path / SERVER),
        "CERTIFICATE_KEY": str(tmp_path / SERVER_KEY),
    }
    command = [sys.executable, str(Path(settings.BASE_DIR, "bin", "serve"))]
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "cwd": settings.BASE_DIR}
    server = subprocess.Popen(command, env={**os.environ, **here, **files}, text=True, **quiet)
    yield port
    server.terminate()
    server.communicate()


def the_database() -> str:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def test_it_speaks_https_with_the_certificate_that_it_was_given(port: int, tmp_path: Path):
    trust = ssl.create_default_context(cafile=tmp_path / AUTHORITY)
    until, status = time.monotonic() + PATIENCE, 0
    while not status and time.monotonic() < until:
        connection = HTTPSConnection("localhost", port, context=trust, timeout=PATIENCE)
        try:
            connection.request("GET", "/collect/state/")
            status = connection.getresponse().status
        except ConnectionRefusedError:
            time.sleep(0.1)
        finally:
            connection.close()
    assert status == 302  # to the first set-up


@pytest.mark.parametrize(("language", "said"), [("fr_FR.UTF-8", "n’est pas libre"), ("en_GB.UTF-8", "is not free")])
def test_it_speaks_the_language_of_the_terminal(language: str, said: str):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        here = {"PORT": str(taken.getsockname()[1]), "LC_ALL": language, "PYTHONIOENCODING": "utf-8"}
        command = [sys.executable, str(Path(settings.BASE_DIR, "bin", "serve"))]
        ended = subprocess.run(command, env={**os.environ, **here}, capture_output=True, encoding="utf-8")
    assert said in ended.stderr
    assert ended.returncode == 1
