"""Leaving at once a page that anybody may see."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

NEUTRAL = "https://www.wikipedia.org/"


@pytest.fixture
def left_for(live_server: LiveServer, page: Page) -> list[str]:
    """Open a public page, and note every request for the neutral site instead of sending it."""
    asked: list[str] = []

    def note(route) -> None:
        asked.append(route.request.url)
        route.fulfill(body="<title>Neutral</title>", content_type="text/html")

    page.route(f"{NEUTRAL}**", note)
    page.goto(live_server.url + reverse("account_login"), wait_until="networkidle")
    return asked


def test_shift_three_times_leaves(page: Page, left_for: list[str]) -> None:
    for _press in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(NEUTRAL)
    assert left_for == [NEUTRAL]


def test_shift_twice_stays(page: Page, left_for: list[str]) -> None:
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.wait_for_timeout(300)
    assert left_for == []


def test_shift_with_another_key_goes_back_or_writes_and_stays(page: Page, left_for: list[str]) -> None:
    for _press in range(3):
        page.keyboard.press("Shift+Tab")
    page.locator("[name=login]").focus()
    for letter in "ABC":
        page.keyboard.press(f"Shift+{letter}")
    page.wait_for_timeout(300)
    assert left_for == []


def test_slow_presses_are_typing_and_stay(page: Page, left_for: list[str]) -> None:
    page.evaluate("Date.now = () => (window.later = (window.later || 0) + 3000)")
    for _press in range(4):
        page.keyboard.press("Shift")
    page.wait_for_timeout(300)
    assert left_for == []


def test_the_button_leaves_and_going_back_does_not_return(page: Page, left_for: list[str]) -> None:
    opened = page.url
    page.locator("[data-quick-exit]").click()
    page.wait_for_url(NEUTRAL)
    page.go_back()
    assert page.url != opened
