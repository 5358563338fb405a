"""What every page stands in, as a person finds it who is not signed in."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.faults import what_axe_says

SIZES = [(390, 844), (800, 1280), (1280, 800), (1920, 1080)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["account_login", "account_reset_password"])
def test_a_page_fits_and_axe_finds_nothing(live_server: LiveServer, browser: Browser, name, scheme) -> None:
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page, wrong = context.new_page(), {}
    page.goto(live_server.url + reverse(name), wait_until="networkidle")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        sticks_out = page.evaluate("document.documentElement.scrollWidth") > width
        wrong[width] = [*(["wider than the screen"] if sticks_out else []), *what_axe_says(page, {})]
    assert {width: found for width, found in wrong.items() if found} == {}
    context.close()


def test_the_security_policy_hinders_nothing(live_server: LiveServer, page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(live_server.url + reverse("account_login"), wait_until="networkidle")
    assert said == []


def test_the_first_view_weighs_less_than_150_kilobytes(live_server: LiveServer, page: Page) -> None:
    sizes: list[int] = []
    page.on(
        "requestfinished", lambda request: sizes.append(sum(request.sizes()[part] for part in ("responseBodySize",)))
    )
    page.goto(live_server.url + reverse("account_login"), wait_until="networkidle")
    assert len(sizes) > 5
    assert sum(sizes) < 150_000


def test_the_keyboard_reaches_the_content_first(live_server: LiveServer, page: Page) -> None:
    page.goto(live_server.url + reverse("account_login"), wait_until="networkidle")
    page.locator("body").press("Tab")
    expect(page.locator(".kd-skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))


def test_the_language_changes_by_a_press(live_server: LiveServer, page: Page) -> None:
    page.goto(live_server.url + reverse("account_login"), wait_until="networkidle")
    page.get_by_role("button", name="EN").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="FR").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
