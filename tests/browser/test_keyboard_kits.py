"""What a coordinator does about kits, with the keyboard alone: see tests/browser/keyboard.py."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from kits.models import AssemblySession, KitTemplate, Target
from kits.operations import pack
from kits.sessions import MixLine, open_session, plan_session
from tests.browser import steps
from tests.browser.keyboard import Keyboard
from tests.browser.steps import in_french
from tests.cast import a_coordinator, a_drive, a_key, a_version, an_item, on_hand, stocked, the_store

KIT = "Kit femme"
SESSION = "Usine du samedi"


@pytest.fixture
def keys(keyboard_of: Callable[..., Keyboard]) -> Keyboard:
    """Among the kits, with fifty soaps and as many towels, and a kit of one of each."""
    a_version({stocked("Savon", 50): 1, stocked("Torchon", 50): 1}, KIT)
    keys = keyboard_of(a_coordinator())
    keys.go("Kits", role="link")
    return keys


def test_writes_a_template_and_publishes_it(keys: Keyboard):
    keys.go("Templates")
    keys.go("New template")
    keys.write("Name in French", "Kit enfant")
    keys.go("Create the template")
    keys.write("Article", "Savon")
    keys.write("Quantity", "2")
    keys.write("Article", "Torchon")
    keys.go("Save and publish…")
    keys.go("Publish this version")
    steps.sees_done(keys.page, "Kit enfant")
    lines = KitTemplate.objects.get(name="Kit enfant").versions.published().get().lines
    assert [line.quantity for line in lines.all()] == [2, 1]


def test_moves_a_line_down_and_up_again_and_removes_it(keys: Keyboard):
    keys.go("Templates")
    keys.go(KIT)
    keys.go("Prepare a new version")
    keys.go("Prepare the new version")
    keys.tab_to(in_french("Move line %(number)s down") % {"number": 1})
    for key, where, first in (
        ("Enter", "#down-1", "Torchon"),
        ("Shift+Tab", "#up-1", "Torchon"),
        ("Enter", "#down-0", "Savon"),
        ("Tab", "#take-out-0", "Savon"),
        ("Enter", "#take-out-0", "Torchon"),
    ):
        keys.press(key)
        expect(keys.page.locator("[name=lines-0-item]")).to_have_value(first)
        expect(keys.page.locator(where)).to_be_focused()


def plan(name: str = SESSION) -> AssemblySession:
    now, version = timezone.now(), KitTemplate.objects.get(name=KIT).versions.get()
    hours = {"starts_at": now, "ends_at": now + timedelta(hours=4)}
    return plan_session(
        drive=a_drive(), place=the_store(), name=name, mix=[MixLine(version, 10)], actor=a_coordinator(), **hours
    )


def test_plans_a_session(keys: Keyboard):
    keys.go("Sessions")
    keys.go("Plan the first session")
    keys.choose("Drive", a_drive().name[:8])
    keys.tab_to("Place")
    with keys.leaving():
        keys.type("Atelier")
    keys.write("Name", SESSION)
    keys.write_day("Day", timezone.localdate() + timedelta(days=3))
    keys.write(KIT, "7")
    keys.go("Plan the session")
    steps.sees_done(keys.page, SESSION)
    assert AssemblySession.objects.get().mix.get().quantity == 7


def test_opens_a_session_and_closes_it_with_a_count(keys: Keyboard):
    plan()
    keys.go("Sessions")
    keys.go(SESSION)
    keys.go("Open the session")
    keys.go("Open the session")
    steps.sees_done(keys.page, SESSION)
    keys.go("Count what is left and close")
    keys.write("Savon", "48")
    keys.go("Close the session")
    steps.sees_done(keys.page, SESSION)
    assert on_hand(an_item("Savon")) == 48


def test_sets_targets(keys: Keyboard):
    a_drive()
    keys.go("Targets")
    keys.go("Set the targets")
    keys.write(KIT, "200")
    keys.choose(in_french("Priority of %(template)s") % {"template": KIT}, "2")
    keys.go("Save the targets")
    steps.sees_done(keys.page)
    assert Target.objects.get().quantity == 200


def test_undoes_a_pack_of_a_session(keys: Keyboard):
    session = open_session(session=plan(), actor=a_coordinator())
    version = KitTemplate.objects.get(name=KIT).versions.get()
    pack(version=version, count=3, place=the_store(), session=session, actor=a_coordinator(), key=a_key())
    keys.go("Sessions")
    keys.go(SESSION)
    keys.go("Undo")
    steps.sees_done(keys.page)
    assert on_hand(an_item("Savon")) == 50
