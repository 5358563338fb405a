"""What a coordinator does about stock and those who fill it, with the keyboard alone: see tests/browser/keyboard.py."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from donations.models import Drive, Pledge, Purchase
from network.enums import OrganisationKind
from stock.models import Item, Operation
from tests.browser import steps
from tests.browser.keyboard import Keyboard
from tests.cast import a_coordinator, a_drive, a_site, an_item, an_organisation, on_hand, stocked, the_store


@pytest.fixture
def keys(keyboard_of: Callable[..., Keyboard]) -> Keyboard:
    """At home, with fifty soaps at the workshop and nothing at the gymnasium."""
    stocked("Savon", 50)
    a_site("Gymnase")
    return keyboard_of(a_coordinator())


def begin_to(keys: Keyboard, job: str) -> None:
    """From the stock to one of the jobs done there, at the workshop, with the soap that is there."""
    keys.go("Stock", role="link")
    keys.go(job)
    keys.choose("Place", "Atelier, r")
    keys.go("Continue with this place")


def test_moves_goods(keys: Keyboard):
    keys.go("Stock", role="link")
    keys.go("Move goods")
    keys.choose("Place", "Atelier, r")
    keys.go("Continue with this place")
    keys.choose("To", "Gymnase, r")
    keys.choose("Article and lot", "Savon")
    keys.write("Quantity", "20")
    keys.go("Move them")
    steps.sees_done(keys.page)
    assert on_hand(an_item("Savon"), the_store(a_site("Gymnase"))) == 20


def test_corrects_a_count_and_takes_the_correction_back(keys: Keyboard):
    begin_to(keys, "Correct a count")
    keys.choose("Why", "perdu")
    keys.choose("Article and lot", "Savon")
    keys.write("Counted", "47")
    keys.go("Correct the stock")
    steps.sees_done(keys.page)
    assert on_hand(an_item("Savon")) == 47
    keys.go("Undo")
    assert on_hand(an_item("Savon")) == 50


def test_writes_off_with_a_reason(keys: Keyboard):
    begin_to(keys, "Write off")
    keys.choose("Why", "perdu")
    keys.choose("Article and lot", "Savon")
    keys.write("Quantity", "5")
    keys.go("Write them off")
    steps.sees_done(keys.page)
    assert on_hand(an_item("Savon")) == 45


def test_finds_in_the_journal_what_was_done_and_takes_it_back(keys: Keyboard):
    keys.go("Stock", role="link")
    keys.go("Journal")
    keys.go(Operation.objects.get())
    keys.go("Take it back")
    keys.go("Take it back")
    steps.sees_done(keys.page)
    assert on_hand(an_item("Savon")) == 0


def test_adds_an_article(keys: Keyboard):
    keys.go("Stock", role="link")
    keys.go("Articles")
    keys.go("Add an article")
    keys.write("Name in French", "Gant de toilette")
    keys.choose("Category", "Hygi")
    keys.go("Add this article")
    steps.sees_done(keys.page)
    assert Item.objects.filter(name="Gant de toilette").exists()


def test_reads_the_stock_of_a_past_day(keys: Keyboard):
    keys.go("Stock", role="link")
    keys.go("On a date")
    keys.choose("Place", "Atelier, r")
    keys.write_day("At the end of", timezone.localdate() - timedelta(days=1))
    with keys.leaving():
        keys.press("Enter")
    expect(keys.page.locator("main")).not_to_contain_text("Savon")


def test_opens_a_drive(keys: Keyboard):
    keys.go("Donations", role="link")
    keys.go("Drives")
    keys.go("Open a drive")
    keys.write("Name in French", "Collecte des crèches")
    keys.write_day("First day", timezone.localdate())
    keys.write_day("Last day", timezone.localdate() + timedelta(days=9))
    keys.go("Open the drive")
    steps.sees_done(keys.page)
    assert Drive.objects.filter(name="Collecte des crèches").exists()


def test_writes_a_pledge_down_and_cancels_it(keys: Keyboard):
    an_organisation("Zinnia", OrganisationKind.PARTNER)
    keys.go("Donations", role="link")
    keys.go("Pledges")
    keys.go("Write down a pledge")
    keys.choose("Drive", a_drive().name[:8])
    keys.choose("Partner", "Zinnia")
    keys.write("Article", "Savon")
    keys.write("Quantity promised", "30")
    keys.write_day("Promised for", timezone.localdate() + timedelta(days=9))
    keys.go("Write it down")
    steps.sees_done(keys.page)
    assert Pledge.objects.get().quantity == 30
    keys.go("Savon")
    keys.go("Nothing more will come: cancel this pledge")
    keys.go("Expect no more")
    steps.sees_done(keys.page)
    assert Pledge.objects.get().is_cancelled


def test_records_a_purchase(keys: Keyboard):
    keys.go("Donations", role="link")
    keys.go("Purchases")
    keys.go("Record a purchase")
    keys.choose("Where it lies now", "Atelier")
    keys.write("Bought from", "Droguerie du Port")
    keys.write("Cost in euros", "42,50")
    keys.write("Article", "Savon")
    keys.write("Quantity", "10")
    keys.go("Record the purchase")
    steps.sees_done(keys.page)
    assert str(Purchase.objects.get().cost) == "42.50"
    assert on_hand(an_item("Savon")) == 60
