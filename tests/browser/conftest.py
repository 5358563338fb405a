"""A real Chromium against a live server and static files as production serves them; nothing leaves this machine."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree, rmtree
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management import call_command
from django.db import connections
from django.test import Client, override_settings
from django.urls import reverse
from playwright.sync_api import ConsoleMessage, Page, Playwright, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from donations.models import Tablet
from kitdrive.settings import STORAGES
from tests import cast, kept
from tests.browser.keyboard import Keyboard
from tests.browser.tablets import Door, at_a_door

# Playwright runs an event loop in this thread, and Django would refuse the database beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Debian's, the first that is there: the one without windows draws the same for two thirds of the work. It is named as
# it lies: the script in /usr/bin stays in front of it, and a test that kills the browser would kill that one.
DEBIANS_CHROMIUMS = ("/usr/lib/chromium/chromium-headless-shell", "/usr/bin/chromium")
ONLY_THIS_MACHINE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1"
COLLECTED_FROM = ("static/**/*", "kitdrive/settings.py", "requirements/base.txt")
WITH_THE_DATABASE = {
    "test_walk",
    "test_server",
    "test_setup",
    "test_kits",
    "test_collect",
    "test_collect_killed",
    "test_collect_many",
    "test_collect_network",
    "test_collect_offline",
    "test_collect_undo",
    "test_scanning",
    "test_sorting",
}  # what they do ends in rows
expect.set_options(timeout=15_000)  # a slow machine is no failure


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in this folder, so that `-m "not browser"` leaves it out and `-m "not face"` what only looks."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")
            if item.path.stem not in WITH_THE_DATABASE:
                item.add_marker("face")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, or the one that KITDRIVE_CHROMIUM names; empty there means Playwright's own."""
    found = next((path for path in DEBIANS_CHROMIUMS if Path(path).exists()), "")
    executable = os.environ.get("KITDRIVE_CHROMIUM", found)
    return {
        **browser_type_launch_args,
        **({"executable_path": executable} if executable else {}),
        "chromium_sandbox": False,  # root and containers have none, and it sees our own pages alone
        "args": [ONLY_THIS_MACHINE, "--disable-dev-shm-usage"],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "fr-FR", "timezone_id": "Europe/Paris"}


@pytest.fixture(scope="session", autouse=True)
def _connections_of_the_event_loop(django_db_setup: None, playwright: Playwright) -> Iterator[None]:
    """While Playwright's loop runs, Django keeps other connections for this thread: close them before it ends."""
    yield
    connections.close_all()


@pytest.fixture(scope="session", autouse=True)
def _static_files_as_in_production(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Under hashed names, for WhiteNoise to serve: the live server itself knows plain names only."""
    own = tmp_path_factory.mktemp("static") / "static"
    with (
        override_settings(STORAGES=STORAGES, STATIC_ROOT=own, WHITENOISE_AUTOREFRESH=False),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(StaticFilesHandler, "_should_handle", lambda self, path: False)
        with kept.alone():
            copytree(_collected(), own)
        yield


def _collected() -> Path:
    """The static files, collected by the first who needs them and kept until one of them changes: see tests/kept.py."""
    folder, new = kept.FOLDER / f"{kept.made_of(*COLLECTED_FROM)}.static", kept.FOLDER / "new.static"
    if not folder.exists():
        for former in kept.FOLDER.glob("*.static"):
            rmtree(former)
        with override_settings(STATIC_ROOT=new):
            call_command("collectstatic", interactive=False, verbosity=0)
        new.rename(folder)
    return folder


@pytest.fixture(autouse=True)
def _somebody_has_an_account(request: pytest.FixtureRequest) -> None:
    """Else every page of the live server leads to the one that opens the first house."""
    if "live_server" in request.fixturenames:
        request.getfixturevalue("transactional_db")
        User.objects.create_user("somebody@example.org", name="Sacha")


@pytest.fixture
def console() -> Iterator[list[str]]:
    """What consoles say against our pages, each with its page; anything at all fails the test."""
    said: list[str] = []
    yield said
    assert said == []


@pytest.fixture
def open_browser(live_server: LiveServer, new_context: Callable[..., Any], console: list[str]) -> Callable[..., Page]:
    """Open a browser of its own for each person; `options` are those of Playwright's contexts."""

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            console.append(f"{message.page.url if message.page else ''}: {message.text}")

    def open_one(**options: Any) -> Page:
        page = new_context(base_url=live_server.url, **options).new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: console.append(f"{page.url}: {error}"))
        return page

    return open_one


@pytest.fixture
def browser_of(open_browser: Callable[..., Page], live_server: LiveServer) -> Callable[..., Page]:
    """A browser in which `user` is signed in with her second factor, or nobody is; nothing moves in it by itself."""

    def open_for(user: User | None, **options: Any) -> Page:
        page, client = open_browser(reduced_motion="reduce", **options), Client()
        if user:
            if not is_mfa_enabled(user):
                auth.TOTP.activate(user, auth.generate_totp_secret())
            client.force_login(user)
            session = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies["sessionid"].value}
            page.context.add_cookies([{**session, "url": live_server.url}])
        return page

    return open_for


@pytest.fixture
def keyboard_of(browser_of: Callable[..., Page]) -> Callable[[User | None], Keyboard]:
    """The keyboard of `user`, at home."""

    def sit_down(user: User | None) -> Keyboard:
        page = browser_of(user)
        page.goto(reverse("home"))
        return Keyboard(page)

    return sit_down


@pytest.fixture
def doors(live_server: LiveServer, new_context: Callable[..., Any]) -> Iterator[Callable[..., Door]]:
    """Tablets at doors; what their consoles say fails the test, but that the network was away."""
    opened: list[Door] = []

    def open_one(tablet: tuple[Tablet, str] | None, **options: Any) -> Door:
        opened.append(at_a_door(new_context, live_server.url, tablet, **options))
        return opened[-1]

    yield open_one
    assert [said for door in opened for said in door.said] == []


@pytest.fixture
def door(doors: Callable[..., Door]) -> Door:
    """A tablet that was let in, at a point that counts loose goods."""
    return doors(cast.a_tablet(place=cast.the_store(cast.a_point())))
