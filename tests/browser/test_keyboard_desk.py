"""The desk of the clothing room, and what is read of it afterwards, with the keyboard alone: see keyboard.py."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from distribution.models import Handover
from kits.models import Kit
from network.models import SensitiveRead
from tests.browser import steps
from tests.browser.keyboard import Keyboard, words
from tests.browser.steps import in_french
from tests.cast import a_coordinator, a_distributor, an_item, an_organisation, on_hand, stocked
from tests.distribution.stage import packed_kits

STRUCTURES = [f"{name} du Port" for name in ("Abri", "Brise", "Cap", "Digue", "Escale", "Foyer", "Golfe", "Havre")]


@pytest.fixture
def keys(keyboard_of: Callable[..., Keyboard]) -> Keyboard:
    """A distributor at the desk, with three kits, loose soap, and eight structures that send people."""
    packed_kits(3)
    stocked("Savon", 9)
    for name in STRUCTURES:
        an_organisation(name)
    keys = keyboard_of(a_distributor())
    keys.go("Record a handover")
    return keys


def said_of(text: str, label: str) -> str:
    return in_french(text) % {"label": in_french(label)}


def test_a_handover_is_recorded_and_undone(keys: Keyboard):
    keys.write("Search the structures", "esc")
    assert keys.tab().name == in_french("Sent by")
    expect(keys.page.locator("[name=structure] option:checked")).to_have_text("Escale du Port")
    keys.tab_to("Letter seen", role="radio")
    keys.press("Space")
    keys.tab_to(said_of("One more: %(label)s", "Women"))
    keys.press("Space")
    keys.write("Children, 3 to 11 years", "2")
    keys.write("Codes of the kits", str(Kit.objects.here().first()))
    keys.go("Record the handover")
    steps.sees_done(keys.page)
    handover = Handover.objects.get()
    assert (handover.structure.name, handover.women, handover.children_3_11) == ("Escale du Port", 1, 2)
    keys.go("Undo")
    steps.sees_done(keys.page)
    assert Kit.objects.here().count() == 3


def test_loose_articles_are_given_by_unfolding_them(keys: Keyboard):
    keys.tab_to("Letter seen", role="radio")
    keys.press("ArrowDown")
    keys.write("Women", "1")
    keys.open("Add loose articles")
    keys.write("Kit or article", "Savon")
    keys.write("Quantity", "2")
    keys.go("Record the handover")
    steps.sees_done(keys.page)
    assert Handover.objects.get().letter_exception
    assert on_hand(an_item("Savon")) == 7


def test_steppers_stop_at_nothing_and_keep_the_focus(keys: Keyboard):
    less = said_of("One less: %(label)s", "Women")
    keys.tab_to(less)
    keys.press("Enter", "Enter")
    assert keys.focus.name == words(less)
    keys.press("Tab", "ArrowUp", "ArrowUp")
    expect(steps.field(keys.page, "women")).to_have_value("2")
    keys.press("Shift+Tab", "Enter")
    expect(steps.field(keys.page, "women")).to_have_value("1")


def test_what_is_wrong_is_read_first_and_leads_to_its_field(keys: Keyboard):
    keys.tab_to("Letter seen", role="radio")
    keys.press("Space")
    keys.write("Women", "1")
    keys.write("Codes of the kits", "0000 0000")
    keys.go("Record the handover")
    assert keys.page.evaluate("document.activeElement.matches('[data-error-summary]')")
    keys.tab()
    keys.press("Enter")
    expect(steps.field(keys.page, "codes")).to_be_focused()


def test_a_coordinator_reads_a_past_day_and_then_the_log_of_reads(keyboard_of: Callable[..., Keyboard]):
    keys = keyboard_of(a_coordinator())
    keys.go("Handovers", role="link")
    keys.open("Open a past day")
    keys.write_day("Day", timezone.localdate() - timedelta(days=1))
    keys.choose("Why", "rappel")
    keys.go("Open this day")
    assert SensitiveRead.objects.exists()
    keys.go("House", role="link")
    keys.go("Sensitive reads")
    expect(keys.page.locator("#list tbody tr")).not_to_have_count(0)
