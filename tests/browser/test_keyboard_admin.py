"""What opens a house and what an administrator does in it, with the keyboard alone: see keyboard.py."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from accounts.models import User
from network.enums import Role
from network.models import House, Membership
from stock.models import Item
from tests.accounts.signing_in import code_of
from tests.browser.faults import BY_DAY, what_axe_says
from tests.browser.keyboard import Keyboard
from tests.browser.steps import in_french
from tests.cast import a_site, an_admin, an_item, the_house

ANSWERS = {
    "Name of your association": "Maison des Tilleuls",
    "Your first name or a pseudonym": "Dominique",
    "Your e-mail address": "dom@example.org",
    "Password": "corail-tilleul-42",
    "Password, once more": "corail-tilleul-42",
    "Name of your first drive": "Collecte",
    "Collection point": "Pharmacie",
    "Public address": "1 quai Haut",
    "City": "Paris",
}


@pytest.fixture
def keys(keyboard_of: Callable[..., Keyboard]) -> Keyboard:
    """An administrator in the administration of a house that has soap."""
    an_item("Savon", house=the_house())
    keys = keyboard_of(an_admin())
    keys.go("Open the administration")
    return keys


def over_the_frame(keys: Keyboard) -> None:
    """By the administration's own link, which Django gives."""
    keys.skip("Skip to main content", "content-start")


def test_an_article_is_found_and_changed(keys: Keyboard):
    over_the_frame(keys)
    keys.go("Articles")
    over_the_frame(keys)
    keys.go("Savon")
    over_the_frame(keys)
    keys.write(in_french("name in French") + " :", "Savonnette")
    with keys.leaving():
        keys.press("Enter")
    assert Item.objects.get().name == "Savonnette"


def test_somebody_is_added_with_a_role_and_a_site(keys: Keyboard):
    a_site("Vestiaire du Port")
    over_the_frame(keys)
    keys.go(User._meta.verbose_name_plural)
    over_the_frame(keys)
    keys.go("Add")
    keys.begins_in_a_field()
    keys.type("lou@example.org")
    keys.write(in_french("first name or pseudonym") + " :", "Lou")
    keys.choose(in_french("role") + " :", "distrib")
    keys.tab_to(in_french("site") + " :", role="combobox")
    keys.press("Enter")
    keys.type("port")
    expect(keys.page.get_by_role("option", name="Vestiaire du Port")).to_be_visible()
    keys.press("Enter")
    assert what_axe_says(keys.page, BY_DAY) == []
    keys.go("Save")
    membership = Membership.objects.get(user__email="lou@example.org")
    assert (membership.role, membership.site.name) == (Role.DISTRIBUTOR, "Vestiaire du Port")


@pytest.mark.usefixtures("_somebody_has_an_account")
def test_a_house_is_opened_from_nothing(keyboard_of: Callable[..., Keyboard]):
    User.objects.all().delete()
    keys = keyboard_of(None)
    for label, answer in ANSWERS.items():
        keys.write(label, answer)
    keys.tab_to("Begin with a catalogue and three kits made for such drives", key="Shift+Tab")
    keys.press("Space")
    keys.go("Open the house")
    keys.write("Code", code_of(keys.page.locator(".kd-code").inner_text()))
    with keys.leaving():
        keys.press("Enter")
    assert House.objects.get().name == "Maison des Tilleuls"
