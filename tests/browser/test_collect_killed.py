"""A tablet whose browser is killed while it sends, and opened again: what it said was saved is here, and once."""

import os
import random
import signal
import struct
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Error, Playwright

from donations.models import DropOff
from stock import registry
from stock.models import Conflict
from tests import cast
from tests.browser.noting import Notebook
from tests.faulty_proxy import Fault, FaultyProxy, faulty

TIMES, MANY_TIMES = 5, 50
BAGS, WAIT = 150, 15  # more than it has the time to note; ms between two
FEW, LEAST = 20, 4
UNHEARD = {"share": 1.0, "faults": (Fault.DROP_BEFORE,), "under": "/collect/entries/"}
# Of LevelDB's log: 500 bytes are told, 10 are there.
HALF_A_RECORD = struct.pack("<IHB", 0x12345678, 500, 1) + b"y" * 10
SLOW = {"share": 1.0, "faults": (Fault.DELAY, Fault.DROP_AFTER), "latest": 0.4, "under": "/collect/entries/"}


class Tablet:
    """A browser with a disk of its own at `folder`, which it finds again as it left it."""

    def __init__(self, playwright: Playwright, options: dict[str, Any], folder: Path, secret: str) -> None:
        self.playwright, self.options, self.folder = playwright, options, folder
        self.cookie = {"name": settings.TABLET_COOKIE_NAME, "value": secret, "domain": "localhost", "path": "/collect/"}
        self.said: set[int] = set()

    @contextmanager
    def running(self) -> Iterator[BrowserContext]:
        context = self.playwright.chromium.launch_persistent_context(self.folder, **self.options)
        try:
            context.add_cookies([{**self.cookie, "httpOnly": True, "sameSite": "Strict"}])
            yield context
        finally:
            with suppress(Error):  # it was killed
                context.close()

    def kill(self) -> None:
        """End the browser's process as a battery does."""
        os.kill(self._process(), signal.SIGKILL)
        while self._processes():
            time.sleep(0.02)

    def _process(self) -> int:
        """The one that began all others: those have a type."""
        (first,) = [number for number, words in self._processes().items() if not any(b"--type=" in w for w in words)]
        return first

    def _processes(self) -> dict[int, list[bytes]]:
        """The processes that have this folder, and no other's, in their command."""
        found, ours = {}, f"--user-data-dir={self.folder}".encode()
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                words = path.read_bytes().split(b"\0")
                if ours in words:
                    found[int(path.parent.name)] = words
        return found


@pytest.mark.parametrize("times", [TIMES, pytest.param(MANY_TIMES, marks=pytest.mark.soak)])
def test_what_was_saved_outlives_the_browser(live_server, playwright, browser_type_launch_args, tmp_path, times):
    _row, secret = cast.a_tablet()
    tablet = Tablet(playwright, browser_type_launch_args, tmp_path / "disk", secret)
    dice = random.Random(5)
    with faulty(live_server.url, seed=times, **SLOW) as proxy:
        alone = [_is_killed(tablet, proxy, 1 + number * BAGS, dice.uniform(0.1, 0.9)) for number in range(times)]
        proxy.is_bad = False
        with tablet.running() as context:
            book = Notebook(context, proxy.url, tablet.said)
            book.has_sent()
            assert book.kept() == []
    assert sum(map(bool, alone)) > times / 2, "what was said to be saved was here before the browser was killed"
    _everything_is_here_once(tablet.said, times)


def test_a_log_that_was_cut_short_takes_nothing_with_it(live_server, playwright, browser_type_launch_args, tmp_path):
    """A battery that dies in mid-write leaves half a record, behind which Chromium goes on writing."""
    _row, secret = cast.a_tablet()
    tablet = Tablet(playwright, browser_type_launch_args, tmp_path / "disk", secret)
    with faulty(live_server.url, seed=3, **UNHEARD) as proxy:
        _is_noted(tablet, proxy, 1)
        with sorted(tablet.folder.glob("**/*.indexeddb.leveldb/*.log"))[-1].open("ab") as log:
            log.write(HALF_A_RECORD)
        _is_noted(tablet, proxy, 1 + FEW)
        proxy.is_bad = False
        with tablet.running() as context:
            Notebook(context, proxy.url, tablet.said).has_sent()
    assert set(DropOff.objects.values_list("quantity", flat=True)) == set(range(1, 1 + 2 * FEW))


def _is_noted(tablet: Tablet, proxy: FaultyProxy, first: int) -> None:
    """Note a few bags from number `first` on, of which none is sent, and kill the browser once they are saved."""
    with tablet.running() as context:
        book = Notebook(context, proxy.url, tablet.said)
        book.note(first, FEW, 0)
        book.has_noted()
        book.page.wait_for_timeout(1000)
        tablet.kill()


def _is_killed(tablet: Tablet, proxy: FaultyProxy, first: int, after: float) -> int:
    """Note bags from number `first` on, and kill the browser `after` seconds, while calls are on their way.

    The time begins once some are noted, however slow the machine is. Answers how many of those that the tablet had said
    were saved only the tablet knew of.
    """
    with tablet.running() as context:
        book = Notebook(context, proxy.url, tablet.said)
        before, said = proxy.happened.total(), len(tablet.said)
        book.note(first, BAGS, WAIT)
        while proxy.happened.total() == before or len(tablet.said) < said + LEAST:
            book.page.wait_for_timeout(10)
        book.page.wait_for_timeout(after * 1000)
        tablet.kill()
    return len(tablet.said - _here().keys())


def _here() -> Counter[int]:
    return Counter(DropOff.objects.values_list("quantity", flat=True))


def _everything_is_here_once(said: set[int], times: int) -> None:
    here = _here()
    assert said <= here.keys(), "lost"
    assert {number for number, count in here.items() if count > 1} == set(), "twice"
    assert len(here.keys() - said) <= times, "the last one each time may have been saved and not said"
    assert not Conflict.objects.exists()
    assert [sentence for check in registry.checks.values() for sentence in check()] == []
