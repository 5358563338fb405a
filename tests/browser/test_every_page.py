"""Every page that somebody may open: nothing is found against it by day and by night, in French and in English, on a
wide screen, a telephone and the narrowest, with letters twice as large; its console is silent.

Which pages these are is said by tests/permission_table.py, with the rows of tests/permission_stage.py; both are for
each person who opens something there. What the administration of Django shows has its own tests.
"""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Page

from tests.browser.faults import (
    BY_DAY,
    BY_NIGHT,
    TELEPHONE,
    WIDE,
    what_axe_says,
    what_its_frame_lacks,
    what_sticks_out,
)
from tests.cast import a_coordinator
from tests.permission_stage import PEOPLE, Stage, the_person
from tests.permission_table import TABLE
from tests.test_permissions import OURS, address

Browsers = Callable[..., Page]


def addresses_of(who: str, stage: Stage | None) -> Iterator[str]:
    """What this person may open; without a stage, what is about no row."""
    for name, arguments in OURS:
        row = TABLE.get(f"{name} {' '.join(arguments)}") or TABLE[name]
        if not row.startswith("POST ") and row[PEOPLE.index(who)] == "." and (stage or not arguments):
            yield address(name, arguments, stage)


def pages_of(page: Page, who: str, stage: Stage | None) -> list[str]:
    """Those that answer with a page: not with a file, nor with the word that nothing is public yet."""
    answers = {path: page.request.get(path) for path in addresses_of(who, stage)}
    return [path for path, answer in answers.items() if answer.ok and "text/html" in answer.headers["content-type"]]


def in_language(page: Page, language: str) -> None:
    name, url = settings.LANGUAGE_COOKIE_NAME, page.evaluate("location.origin")
    page.context.add_cookies([{"name": name, "value": language, "url": url}])


def open_at(page: Page, path: str) -> list[str]:
    page.set_viewport_size(WIDE)
    answer = page.goto(path)
    return [] if answer and answer.ok else [f"it answers {answer and answer.status}"]


def what_is_wrong(page: Page, path: str) -> list[str]:
    page.emulate_media(color_scheme="light")
    found = open_at(page, path) + what_its_frame_lacks(page) + what_axe_says(page, BY_DAY)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(TELEPHONE)
    return found + what_axe_says(page, BY_NIGHT) + what_sticks_out(page)


def what_is_wrong_in_english(page: Page, path: str) -> list[str]:
    found = open_at(page, path) + what_its_frame_lacks(page) + what_sticks_out(page)
    spoken, asked = page.evaluate("document.documentElement.lang"), "fr" if path.startswith("/fr/") else "en"
    return found if spoken == asked else [*found, f"it speaks {spoken}"]


@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_is_fit(browser_of: Browsers, who: str):
    stage, page = Stage(), browser_of(the_person(who))
    wrong = {path: what_is_wrong(page, path) for path in pages_of(page, who, stage)}
    assert {path: found for path, found in wrong.items() if found} == {}
    assert wrong


@pytest.mark.parametrize("who", ["anonymous", "volunteer", "coordinator", "partner", "admin"])
def test_every_page_is_fit_in_english(browser_of: Browsers, who: str):
    stage, page = Stage(), browser_of(the_person(who))
    paths = pages_of(page, who, stage)
    page.goto(paths[0])
    in_language(page, "en")
    wrong = {path: what_is_wrong_in_english(page, path) for path in paths}
    assert {path: found for path, found in wrong.items() if found} == {}


def test_every_page_is_fit_before_anything_is_there(browser_of: Browsers):
    page = browser_of(a_coordinator())
    wrong = {path: what_is_wrong(page, path) for path in pages_of(page, "coordinator", None)}
    assert {path: found for path, found in wrong.items() if found} == {}
