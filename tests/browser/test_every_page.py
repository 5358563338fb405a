"""Every page that somebody may open: nothing is found against it by day and by night, in French and in English, on a
wide screen, a telephone and the narrowest, with letters twice as large; its console is silent.

Which pages these are is said by tests/permission_table.py, with the rows of tests/permission_stage.py; both are for
each person who opens something there. The coordinator elsewhere finds each page as it is before anything is there.
What one page shares with another is looked at once. What the administration of Django shows has its own tests.
"""

from collections.abc import Callable, Iterator
from itertools import islice

import pytest
from django.conf import settings
from playwright.sync_api import Page

from tests.browser.faults import (
    BY_DAY,
    BY_NIGHT,
    TELEPHONE,
    WIDE,
    is_drawn_anew,
    what_axe_says,
    what_its_frame_lacks,
    what_sticks_out,
    with_axe,
)
from tests.permission_stage import PEOPLE, Stage, the_person
from tests.permission_table import FILES, TABLE
from tests.test_permissions import OURS, address

Browsers = Callable[..., Page]
Drawn = set[str]
Share = tuple[int, int]  # the first of four: (0, 4)
SHARES = {"coordinator": 4, "coordinator elsewhere": 2}  # who opens most: no test shall be much longer than the others


@pytest.fixture(scope="module")
def drawn_in_french() -> Drawn:
    """What this process has looked at: see is_drawn_anew."""
    return set()


@pytest.fixture(scope="module")
def drawn_in_english() -> Drawn:
    return set()


def in_shares(*people: str) -> pytest.MarkDecorator:
    """Each of `people`, as many times as there are shares of their pages."""
    shares = [(who, (number, SHARES.get(who, 1))) for who in people for number in range(SHARES.get(who, 1))]
    names = [who if of == 1 else f"{who} {number + 1} of {of}" for who, (number, of) in shares]
    return pytest.mark.parametrize(("who", "share"), shares, ids=names)


def share_of(who: str, share: Share, stage: Stage) -> Iterator[str]:
    first, of = share
    return islice(pages_of(who, stage), first, None, of)


def pages_of(who: str, stage: Stage) -> Iterator[str]:
    """The address of each page that this person may open."""
    for name, arguments in OURS:
        row = TABLE.get(f"{name} {' '.join(arguments)}") or TABLE[name]
        if not row.startswith("POST ") and row[PEOPLE.index(who)] == "." and name not in FILES:
            yield address(name, arguments, stage)


def in_language(page: Page, language: str) -> None:
    url = page.evaluate("location.origin")
    page.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": url}])


def open_at(page: Page, path: str) -> list[str]:
    answer = page.goto(path)
    return [] if answer and answer.ok else [f"it answers {answer and answer.status}"]


def what_is_wrong(page: Page, path: str, drawn: Drawn) -> list[str]:
    found = open_at(page, path) + what_its_frame_lacks(page)
    if not is_drawn_anew(page, drawn):
        return found
    found += what_axe_says(page, BY_DAY)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(TELEPHONE)
    found += what_axe_says(page, BY_NIGHT) + what_sticks_out(page)
    page.emulate_media(color_scheme="light")
    return found


def what_is_wrong_in_english(page: Page, path: str, drawn: Drawn) -> list[str]:
    found = open_at(page, path) + what_its_frame_lacks(page)
    found += what_sticks_out(page) if is_drawn_anew(page, drawn) else []
    asked = "fr" if path.startswith(("/fr/", "/collect/fr/")) else "en"
    spoken = page.evaluate("document.documentElement.lang")
    return found if spoken == asked else [*found, f"it speaks {spoken}"]


@in_shares(*PEOPLE)
def test_every_page_is_fit(browser_of: Browsers, drawn_in_french: Drawn, who: str, share: Share):
    stage, page = Stage(), with_axe(browser_of(the_person(who), viewport=WIDE, color_scheme="light"))
    wrong = {path: what_is_wrong(page, path, drawn_in_french) for path in share_of(who, share, stage)}
    assert {path: found for path, found in wrong.items() if found} == {}
    assert wrong


@in_shares("anonymous", "volunteer", "coordinator", "partner", "admin")
def test_every_page_is_fit_in_english(browser_of: Browsers, drawn_in_english: Drawn, who: str, share: Share):
    stage, page = Stage(), browser_of(the_person(who), viewport=WIDE, color_scheme="light")
    page.goto("/")
    in_language(page, "en")
    wrong = {path: what_is_wrong_in_english(page, path, drawn_in_english) for path in share_of(who, share, stage)}
    assert {path: found for path, found in wrong.items() if found} == {}
    assert wrong
