"""What a volunteer does, with the keyboard alone: see tests/browser/keyboard.py."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from kits.models import Kit
from kits.operations import pack
from kits.sessions import MixLine, open_session, plan_session
from network.enums import OrganisationKind
from tests.browser import steps
from tests.browser.keyboard import Keyboard
from tests.cast import (
    a_coordinator,
    a_drive,
    a_key,
    a_version,
    a_volunteer,
    an_item,
    an_organisation,
    on_hand,
    stocked,
    the_store,
)

KIT = "Kit femme"


@pytest.fixture
def keys(keyboard_of: Callable[..., Keyboard]) -> Keyboard:
    """At home, while a session of forty kits is open and thirty were packed before."""
    version, coordinator = a_version({stocked("Savon", 70): 1}, KIT), a_coordinator()
    where = {"place": the_store(), "actor": coordinator}
    starts_at = timezone.now()
    hours = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=4)}
    session = plan_session(name="Usine à kits", drive=a_drive(), mix=[MixLine(version, 40)], **hours, **where)
    open_session(session=session, actor=coordinator)
    pack(version=version, count=30, key=a_key(), **where)
    return keyboard_of(a_volunteer())


def test_records_a_donation_and_takes_it_back(keys: Keyboard):
    partner = an_organisation("Crèche des Lilas", OrganisationKind.PARTNER)
    keys.go("Donations", role="link")
    keys.go("Record a donation")
    keys.choose("Given by", partner.name)
    keys.write("Article", "Savon")
    keys.write("Quantity", "12")
    keys.go("Record the donation")
    steps.sees_done(keys.page, "Savon")
    assert on_hand(an_item("Savon")) == 52
    keys.go("Undo")
    steps.sees_done(keys.page)
    assert on_hand(an_item("Savon")) == 40


def test_is_led_to_what_is_wrong_and_keeps_what_she_typed(keys: Keyboard):
    keys.go("Donations", role="link")
    keys.go("Record a donation")
    keys.write("Article", "Savonnette inconnue")
    keys.write("Quantity", "12")
    keys.go("Record the donation")
    assert keys.page.evaluate("document.activeElement.matches('[data-error-summary]')")
    keys.tab()
    keys.press("Enter")
    assert keys.page.evaluate("document.activeElement.value") == "Savonnette inconnue"
    keys.press("Control+a")
    keys.type("Savon")
    keys.go("Record the donation")
    steps.sees_done(keys.page, "Savon")


def test_adds_rows_and_goes_on_in_the_first_of_them(keys: Keyboard):
    keys.go("Donations", role="link")
    keys.go("Record a donation")
    rows = keys.page.locator(".kd-arrival-line")
    before = rows.count()
    keys.tab_to("Add rows")
    keys.press("Enter")
    expect(rows).not_to_have_count(before)
    expect(steps.field(keys.page, f"lines-{before}-item")).to_be_focused()
    keys.type("Savon")
    keys.write("Quantity", "3")
    keys.go("Record the donation")
    steps.sees_done(keys.page, "Savon")


def test_packs_at_the_end_of_the_table_press_after_press(keys: Keyboard):
    keys.go("Pack kits")
    keys.go("+5")
    steps.sees_done(keys.page, "5 ×")
    assert keys.focus.name == "+5"
    with keys.leaving():
        keys.press("Enter")
    expect(keys.page.locator(".kd-line-count strong")).to_have_text("10")
    keys.write("Another number", "7")
    with keys.leaving():
        keys.press("Enter")
    expect(keys.page.locator(".kd-line-count strong")).to_have_text("17")


def test_takes_a_pack_back(keys: Keyboard):
    keys.go("Pack kits")
    keys.go("+1")
    keys.tab_to("Undo", key="Shift+Tab")
    with keys.leaving():
        keys.press("Enter")
    steps.sees_done(keys.page)
    assert Kit.objects.in_place().count() == 30


def test_looks_a_kit_up(keys: Keyboard):
    keys.go("Kits", role="link")
    keys.go("Look a kit up")
    keys.write("Code of the kit", str(Kit.objects.in_place().first()))
    with keys.leaving():
        keys.press("Enter")
    expect(keys.page.locator("main")).to_contain_text(KIT)


def test_finds_articles_of_the_stock(keys: Keyboard):
    stocked("Serviette", 4)
    keys.go("Stock")
    keys.write("Article", "servi")
    keys.press("Tab")
    expect(keys.page.locator("#list")).not_to_contain_text("Savon")
    expect(keys.page.locator("#list [role=status]")).to_contain_text("1")
    assert keys.focus.role == "combobox"
