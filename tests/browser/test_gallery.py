"""The gallery looked at as it is: nothing sticks out, nothing is cut, all can be pressed, axe finds nothing.

Its pictures are left in test-results/gallery/.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as the_settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from kitdrive.gallery.views import PARTS
from tests.browser.looking import BUTTONS, CUT, EVERYTHING, SMALL
from tests.cast import an_admin

SIZES = [(390, 844), (800, 1280), (1280, 800), (1920, 1080)]
PICTURES = Path(the_settings.BASE_DIR, "test-results", "gallery")


@pytest.fixture
def gallery(open_browser, settings, live_server) -> Callable[..., Page]:
    """An administrator's browser, in the demonstration: its banner is there too, and no second factor to set up."""
    settings.DEMO = True

    def open_for(language: str, **options) -> Page:
        page, client = open_browser(reduced_motion="reduce", bypass_csp=True, **options), Client()
        client.force_login(an_admin())
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookies = {settings.SESSION_COOKIE_NAME: session, settings.LANGUAGE_COOKIE_NAME: language}
        page.context.add_cookies(
            [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
        )
        return page

    return open_for


def what_is_wrong(page: Page, width: int) -> list[str]:
    found = [] if page.evaluate("document.documentElement.scrollWidth") <= width else ["wider than the screen"]
    found += [f"cut: {each}" for each in page.evaluate(CUT)]
    found += [f"small: {each}" for each in page.evaluate(SMALL, [EVERYTHING, 24])]
    return [f"{width}: {each}" for each in found]


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_part_of_the_gallery_is_fit(gallery, language, part):
    page = gallery(language, color_scheme="light")
    page.goto(reverse("gallery_part", args=[part]), wait_until="networkidle")
    wrong = []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        wrong += what_is_wrong(page, width)
        page.screenshot(path=PICTURES / f"{part}-{language}-{width}.png", full_page=True)
    assert page.locator(".kd-gallery").count() == 1
    assert wrong + violations(page) == []


@pytest.mark.parametrize("part", PARTS)
def test_by_night_it_is_as_fit(gallery, part):
    page = gallery("fr", color_scheme="dark", viewport={"width": 1280, "height": 800})
    page.goto(reverse("gallery_part", args=[part]), wait_until="networkidle")
    page.screenshot(path=PICTURES / f"{part}-fr-night.png", full_page=True)
    assert violations(page) == []


def test_a_finger_finds_what_it_presses(gallery):
    page = gallery("fr", has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844})
    for part in PARTS:
        page.goto(reverse("gallery_part", args=[part]), wait_until="networkidle")
        assert page.evaluate(SMALL, [BUTTONS, 48]) == []


def test_in_forced_colours_the_states_stay_told_apart(gallery):
    page = gallery("en", forced_colors="active", viewport={"width": 1280, "height": 800})
    page.goto(reverse("gallery_part", args=["states"]), wait_until="networkidle")
    edges = page.locator(".kd-state").evaluate_all("all => all.map((one) => getComputedStyle(one).borderTopWidth)")
    assert edges == ["1px"] * 5
