"""A tablet in a browser, at the door of a point: what one does on it, and what it says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from playwright.sync_api import BrowserContext, Page, expect

from donations.models import Tablet

PAGE = "/collect/fr/"
WIDE, TALL, PHONE = ({"width": w, "height": h} for w, h in ((1280, 800), (800, 1280), (390, 844)))
# What was pressed is saved, or was not and it is said why, and the form is an untouched one; in practice none is.
IS_OPEN = "() => collect.entering.isUntouched() || collect.entering.isPractice()"
# What a console says of a request that failed, and of a worker that a test does without: here that is the subject.
NO_FAULTS = ("Failed to load resource", "Service Worker registration blocked by Playwright")


@dataclass
class Door:
    """One tablet at a door: its row, its browser, its pages."""

    tablet: Tablet | None
    context: BrowserContext
    said: list[str]

    def open(self, path: str = PAGE) -> Page:
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("console", lambda message: self._note(message.type, message.text))
        page.goto(path)
        return page

    def _note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and not text.startswith(NO_FAULTS):
            self.said.append(text)


def at_a_door(
    new_context: Callable[..., BrowserContext], url: str, tablet: tuple[Tablet, str] | None, **options: Any
) -> Door:
    """A browser that holds the secret of `tablet`, or none."""
    context = new_context(base_url=url, reduced_motion="reduce", **options)
    if tablet:
        cookie = {"name": settings.TABLET_COOKIE_NAME, "value": tablet[1], "httpOnly": True, "sameSite": "Strict"}
        context.add_cookies([{**cookie, "domain": "localhost", "path": "/collect/"}])
    return Door(tablet[0] if tablet else None, context, [])


def add(page: Page, what: str = "bag") -> None:
    """Press once, and wait until it is saved and the next form is open."""
    page.locator(f"[data-add={what}]").click()
    next_form_is_open(page)


def next_form_is_open(page: Page) -> None:
    page.wait_for_function(IS_OPEN, timeout=60_000)


def is_kept(page: Page) -> None:
    """Wait until the page can be opened without a network."""
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")


def expect_waiting(page: Page, count: int) -> None:
    expect(page.locator("[data-strip]")).to_have_attribute("data-waiting", str(count), timeout=60_000)


def expect_sent(page: Page, count: int) -> None:
    """Wait until the last ten say of so many that they are sent."""
    expect(page.locator("[data-recent] [data-is=recorded]")).to_have_count(count, timeout=60_000)
