"""A bag at the door, in a browser: what one presses, what is written down, and what is seen of it."""

from playwright.sync_api import expect

from donations.models import DropOff
from tests.browser.tablets import Door, add, expect_waiting

COUNT_PRESSES = "window.presses = 0; addEventListener('pointerdown', () => { window.presses += 1; }, true)"


def test_one_more_bag_is_one_press(door: Door):
    page = door.open()
    page.evaluate(COUNT_PRESSES)
    page.locator("[data-add=bag]").click()
    expect(page.locator("[data-said]")).to_contain_text("1 ")
    expect_waiting(page, 0)
    assert page.evaluate("window.presses") == 1
    entry = DropOff.objects.get()
    assert (entry.kind, entry.quantity, entry.operation.device) == ("bag", 1, door.tablet.device)


def test_a_press_that_trembles_is_one_bag_and_two_presses_are_two(door: Door):
    page = door.open()
    page.locator("[data-add=bag]").dblclick()
    page.wait_for_timeout(600)
    add(page)
    expect_waiting(page, 0)
    assert DropOff.objects.count() == 2
