"""nginx with the configuration that is shipped, as a process of one's own on this machine alone."""

import os
import re
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from pathlib import Path

from django.conf import settings

from kitdrive.local_authority import AUTHORITY, SERVER, SERVER_KEY, certify

SHIPPED = Path(settings.BASE_DIR, "deploy", "nginx.conf")
PROGRAM = Path("/usr/sbin/nginx")
NAME = "localhost"
PATIENCE = 30  # seconds for it to start
# What stands around the shipped file in a process of one's own; Debian's nginx.conf does it else.
AROUND = """\
worker_processes 2;
daemon off;
pid nginx.pid;
error_log stderr emerg;
worker_rlimit_nofile 8192;
events {{ worker_connections 4096; }}
http {{
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    sendfile on;
    tcp_nopush on;
    include {shipped};
}}
"""


@dataclass(frozen=True)
class Front:
    """Where it listens, and whom its certificate is from."""

    http: int
    https: int
    folder: Path
    name: str

    def ask(self, path: str, method: str = "GET", *, name: str = NAME, **headers: str) -> HTTPResponse:
        """The answer over https, read to its end."""
        trust = ssl.create_default_context(cafile=self.folder / AUTHORITY)
        connection = HTTPSConnection(name, self.https, context=trust, timeout=PATIENCE)
        return _answer(connection, method, path, headers)

    def ask_in_the_clear(self, path: str, name: str = NAME) -> HTTPResponse:
        return _answer(HTTPConnection("127.0.0.1", self.http, timeout=PATIENCE), "GET", path, {"Host": name})


def _answer(connection: HTTPConnection, method: str, path: str, headers: dict[str, str]) -> HTTPResponse:
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    answer.body = answer.read()  # type: ignore[attr-defined]
    connection.close()
    return answer


@contextmanager
def in_front_of(port: int, folder: Path, name: str = NAME) -> Iterator[Front]:
    """Run nginx from `folder` in front of what listens at `port`, under `name`."""
    certify([name], folder)
    front = Front(_free_port(), _free_port(), folder, name)
    (folder / "kitdrive.conf").write_text(_for_here(port, front))
    (folder / "nginx.conf").write_text(AROUND.format(shipped=folder / "kitdrive.conf"))
    command = [str(PROGRAM), "-p", f"{folder}/", "-c", str(folder / "nginx.conf")]
    if os.getuid() == 0:
        command += ["-g", "user root;"]  # its files are here, where another could not read them
    with (folder / "said").open("wb") as said:
        nginx = subprocess.Popen(command, stderr=said)
    try:
        _wait_for(nginx, front.https)
        yield front
    finally:
        nginx.terminate()
        nginx.wait()


def _for_here(port: int, front: Front) -> str:
    """The shipped file, with what one changes in it changed."""
    text = re.sub(r"^ *listen \[::\].*\n", "", SHIPPED.read_text(), flags=re.MULTILINE)
    certificates = "/etc/letsencrypt/live/kitdrive.example.org"
    for shipped, here in {
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{port};",
        "/var/cache/nginx/kitdrive ": f"{front.folder}/cache ",
        "/var/www/acme": f"{front.folder}/acme",
        f"{certificates}/fullchain.pem": str(front.folder / SERVER),
        f"{certificates}/privkey.pem": str(front.folder / SERVER_KEY),
        "listen 80": f"listen 127.0.0.1:{front.http}",
        "listen 443": f"listen 127.0.0.1:{front.https}",
        "kitdrive.example.org": front.name,
    }.items():
        if shipped not in text:
            raise LookupError(f"deploy/nginx.conf does not say {shipped!r} any more.")
        text = text.replace(shipped, here)
    return text


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(nginx: subprocess.Popen, port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and nginx.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("nginx did not start.")
