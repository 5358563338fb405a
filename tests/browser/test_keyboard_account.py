"""Signing in and out, one's second factor, language and house, and a page's own ways, with the keyboard alone."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from network.enums import Role
from network.models import House, Membership
from tests.accounts.signing_in import PASSWORD, code_of, with_second_factor
from tests.browser.keyboard import NOWHERE, Keyboard, words
from tests.cast import a_coordinator, a_volunteer, stocked, the_house

Sits = Callable[..., Keyboard]
TELEPHONE = {"width": 390, "height": 844}


def sign_in(keys: Keyboard, user: User) -> None:
    keys.page.goto(reverse("account_login"))
    keys.write("E-mail address", user.email)
    keys.tab_to("Password")
    keys.type(PASSWORD)
    with keys.leaving():
        keys.press("Enter")


def test_one_signs_in_with_a_second_factor_and_out_again(keyboard_of: Sits):
    coordinator = a_coordinator(name="Dominique")
    secret, keys = with_second_factor(coordinator), keyboard_of(None)
    sign_in(keys, coordinator)
    keys.write("Code", code_of(secret))
    with keys.leaving():
        keys.press("Enter")
    expect(keys.page.get_by_role("heading", level=1)).to_contain_text("Dominique")
    keys.open("Dominique")
    keys.go("Sign out")
    keys.page.goto(reverse("home"))
    assert reverse("account_login") in keys.page.url


def test_who_needs_a_second_factor_sets_it_up(keyboard_of: Sits):
    coordinator, keys = a_coordinator(), keyboard_of(None)
    sign_in(keys, coordinator)
    secret = keys.page.locator(".kd-code").inner_text()
    keys.write("Code", code_of(secret))
    with keys.leaving():
        keys.press("Enter")
    expect(keys.page.locator("main")).to_contain_text("10")


def test_the_language_changes(keyboard_of: Sits):
    keys = keyboard_of(a_volunteer())
    keys.go("EN")
    expect(keys.page.locator("html")).to_have_attribute("lang", "en")
    keys.go("FR")
    expect(keys.page.locator("html")).to_have_attribute("lang", "fr")


def test_one_acts_for_another_of_ones_houses(keyboard_of: Sits):
    volunteer = a_volunteer(name="Dominique")
    Membership.objects.create(user=volunteer, role=Role.VOLUNTEER, house=the_house("Maison des Saules"))
    keys = keyboard_of(volunteer)
    other = House.objects.exclude(name=keys.page.locator(".kd-brand-house").inner_text()).get()
    keys.open("Dominique")
    keys.go(other.name)
    expect(keys.page.locator(".kd-brand-house")).to_have_text(other.name)


def test_a_menu_closes_by_escape_and_gives_the_focus_back(keyboard_of: Sits):
    keys = keyboard_of(a_volunteer(name="Dominique"))
    menu = keys.page.locator("details[data-drop]").filter(has_text="Dominique")
    keys.open("Dominique")
    keys.tab()
    keys.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    assert keys.focus.name == "Dominique"
    keys.press("Enter")
    keys.tab_to("Sign out")
    keys.tab()
    expect(menu).not_to_have_attribute("open", "")


def test_the_menu_of_a_telephone_leads_on(browser_of: Callable[..., Page]):
    keys = Keyboard(browser_of(a_volunteer(), viewport=TELEPHONE))
    keys.page.goto(reverse("home"))
    keys.open("Menu")
    keys.go("Donations", role="link")
    assert keys.page.url.endswith(reverse("donations:donation_list"))


@pytest.mark.parametrize("size", [TELEPHONE, {"width": 1280, "height": 800}], ids=["telephone", "wide"])
def test_the_frame_is_skipped_and_nothing_catches_the_focus(browser_of: Callable[..., Page], size):
    stocked("Savon", 3)
    keys = Keyboard(browser_of(a_coordinator(), viewport=size))
    keys.page.goto(reverse("stock:stock_now"))
    keys.skip()
    assert keys.page.evaluate("document.activeElement.id") == "main"
    passed = [keys.tab()]
    while passed[-1] != NOWHERE:
        passed.append(keys.tab())
    assert words("Skip to the content") not in [each.name for each in passed]
    assert "Savon" in [each.name for each in passed]
    assert keys.tab().name == words("Skip to the content")
