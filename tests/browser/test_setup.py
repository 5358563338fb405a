"""The page that opens the first house, as its first visitor finds it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from tests.accounts.signing_in import code_of

SIZES = [(390, 844), (800, 1280), (1280, 800), (1920, 1080)]


@pytest.fixture
def nobody(_somebody_has_an_account) -> None:
    User.objects.all().delete()


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_it_fits_and_axe_finds_nothing(nobody, live_server, browser: Browser, size) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, bypass_csp=True)
    page = context.new_page()
    page.goto(live_server.url, wait_until="networkidle")
    assert page.url.endswith(reverse("setup"))
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert Axe().run(page).response["violations"] == []
    context.close()


def test_from_nothing_to_a_house_with_a_second_factor(nobody, live_server, page: Page) -> None:
    page.goto(live_server.url)
    answers = {"house_name": "Maison des Tilleuls", "name": "Dominique", "email": "dom@example.org"}
    answers |= {"password": "corail-tilleul-42", "password_again": "corail-tilleul-42", "drive_name": "Collecte"}
    answers |= {"points-0-name": "Pharmacie", "points-0-address": "1 quai Haut", "points-0-city": "Paris"}
    for name, value in answers.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=with_starter]").uncheck()
    page.locator("main form button.btn-lg").click()
    secret = page.locator(".kd-code").inner_text()
    page.locator("[name=code]").fill(code_of(secret))
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main")).to_contain_text("10")
