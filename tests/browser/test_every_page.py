"""Every page that somebody may open: axe finds nothing by day and by night, consoles are silent, telephones hold it.

Which pages these are is said by tests/permission_table.py, with the rows of tests/permission_stage.py; both are for
each person who opens something there. What the administration of Django shows has its own tests.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from tests.permission_stage import PEOPLE, Stage, the_person
from tests.permission_table import TABLE
from tests.test_permissions import OURS, address

WIDE = {"width": 1280, "height": 800}
TELEPHONE = {"width": 390, "height": 844}
FILES = {
    "distribution:kit_slip",
    "distribution:pack_slips",
    "distribution:session_slips",
    "distribution:shipment_kit_slips",
    "distribution:shipment_slip",
    "donations:donation_picture",
    "import_example",
    "stock:item_picture",
    "stock:stock_now_csv",
}  # no pages


def pages_of(who: str, stage: Stage) -> Iterator[str]:
    """The addresses that answer this person with a page."""
    for name, arguments in OURS:
        row = TABLE.get(f"{name} {' '.join(arguments)}") or TABLE[name]
        if not row.startswith("POST ") and row[PEOPLE.index(who)] == "." and name not in FILES:
            yield address(name, arguments, stage)


@pytest.fixture
def browser_of(open_browser: Callable[..., Page], live_server) -> Callable[[str], Page]:
    """A browser in which somebody of that role is signed in, in French, with her second factor."""

    def open_for(who: str) -> Page:
        page, client, user = open_browser(reduced_motion="reduce"), Client(), the_person(who)
        if user:
            client.force_login(user)
            session = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies["sessionid"].value}
            page.context.add_cookies([{**session, "url": live_server.url}])
        return page

    return open_for


def what_is_wrong(page: Page, path: str) -> list[str]:
    """What axe says against a page on a wide screen, what sticks out of it on a telephone, and its dark colours."""
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)
    answer = page.goto(path)
    found = [] if answer and answer.ok else [f"it answers {answer and answer.status}"]
    found += [f"no address: {link}" for link in page.locator('a[href=""]').all_inner_texts()]
    found += violations(page)
    page.set_viewport_size(TELEPHONE)
    width = page.evaluate("document.documentElement.scrollWidth")
    found += [f"it is {width} px wide on a telephone"] if width > TELEPHONE["width"] else []
    page.emulate_media(color_scheme="dark")
    return found + violations(page, {"runOnly": ["color-contrast"]})


def violations(page: Page, options: dict[str, Any] | None = None) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"], **(options or {})}).response["violations"]
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_is_fit(browser_of, who: str):
    page = browser_of(who)
    wrong = {path: what_is_wrong(page, path) for path in pages_of(who, Stage())}
    assert {path: found for path, found in wrong.items() if found} == {}
    assert wrong
