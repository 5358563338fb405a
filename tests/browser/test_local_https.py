"""A browser that trusts the authority of a local network: there a tablet's page works without the network too."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserType, Error, Page
from pytest_django.live_server_helper import LiveServer

from kitdrive.local_authority import AUTHORITY
from tests.nginx import Front, in_front_of

NAME = "kitdrive.local"
Opened = Callable[[Path], Any]


@pytest.fixture
def front(live_server: LiveServer, tmp_path: Path, settings: Any) -> Iterator[Front]:
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, NAME]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    with in_front_of(live_server.thread.port, tmp_path, NAME) as front:
        yield front


@pytest.fixture
def opened(browser_type: BrowserType, browser_type_launch_args: dict[str, Any]) -> Opened:
    """A browser whose owner's settings lie in a folder of her own, and which finds our name on this machine."""

    @contextmanager
    def open_one(home: Path) -> Iterator[Page]:
        rules = f"--host-resolver-rules=MAP {NAME} 127.0.0.1, MAP * ~NOTFOUND"
        browser = browser_type.launch(
            **{**browser_type_launch_args, "args": [rules], "env": {**os.environ, "HOME": str(home)}}
        )
        yield browser.new_page()
        browser.close()

    return open_one


def trusting(authority: Path, home: Path) -> Path:
    """`home` with the authority among those that its browser trusts, as its own page of settings puts it there."""
    store = home / ".pki" / "nssdb"
    store.mkdir(parents=True)
    for asked in (["-N", "--empty-password"], ["-A", "-t", "C,,", "-n", "kitdrive", "-i", str(authority)]):
        subprocess.run(["certutil", "-d", f"sql:{store}", *asked], check=True)
    return home


def test_who_trusts_it_opens_the_page_of_a_tablet_without_a_network(front: Front, opened: Opened, tmp_path: Path):
    with opened(trusting(front.folder / AUTHORITY, tmp_path / "home")) as page:
        page.goto(f"https://{NAME}:{front.https}/collect/fr/")
        assert page.evaluate("isSecureContext && 'mediaDevices' in navigator")
        assert page.evaluate("navigator.serviceWorker.ready.then(ready => ready.scope)").endswith("/collect/")
        page.context.set_offline(True)
        answer = page.reload()
        assert answer is not None
        assert answer.from_service_worker


def test_who_does_not_is_warned(front: Front, opened: Opened, tmp_path: Path):
    with opened(tmp_path / "home") as page, pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
        page.goto(f"https://{NAME}:{front.https}/collect/fr/")
