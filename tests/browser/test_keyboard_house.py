"""Organisations, sites and files of a house; its partners, its network, its administrator: with the keyboard alone."""

from collections.abc import Callable
from datetime import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from network.enums import OrganisationKind, Weekday
from network.models import OpeningHours, Organisation, Site
from tests.browser import steps
from tests.browser.keyboard import Keyboard
from tests.browser.steps import in_french
from tests.cast import (
    a_coordinator,
    a_partner,
    a_referrer,
    a_site,
    an_organisation,
    somebody_of_the_network,
    stocked,
)
from tests.distribution.stage import a_shipment_that_left, packed_kits

Sits = Callable[..., Keyboard]


@pytest.fixture
def keys(keyboard_of: Sits) -> Keyboard:
    """A coordinator at the pages of her house."""
    keys = keyboard_of(a_coordinator())
    keys.go("House", role="link")
    return keys


def test_an_organisation_is_added_and_changed(keys: Keyboard):
    keys.go("Add an organisation")
    keys.write("Name", "Les Iris")
    keys.choose("Kind", "mat")
    keys.write("City", "Lyon")
    keys.go("Add this organisation")
    steps.sees_done(keys.page, "Les Iris")
    keys.go("Change")
    keys.write("City", "Grenoble")
    with keys.leaving():
        keys.press("Enter")
    assert Organisation.objects.get(name="Les Iris").city == "Grenoble"


def test_a_site_is_opened_with_its_hours(keys: Keyboard):
    keys.go("Sites")
    keys.go("Open a site")
    keys.write("Name", "Vestiaire du Port")
    keys.choose("Kind", "vestiaire")
    keys.write("Public address", "3 quai Bas")
    keys.choose("Day", "mardi")
    keys.write_hour("Opens at", time(9, 30))
    keys.write_hour("Closes at", time(17))
    keys.go("Open this site")
    steps.sees_done(keys.page, "Vestiaire du Port")
    assert Site.objects.get(name="Vestiaire du Port").opening_hours.count() == 1


def test_a_site_is_changed_and_its_hours_with_it(keyboard_of: Sits):
    site = a_site("Gymnase")
    OpeningHours.objects.create(site=site, weekday=Weekday.TUESDAY, opens=time(9), closes=time(12))
    keys = keyboard_of(a_coordinator())
    keys.go("House", role="link")
    keys.go("Sites")
    keys.go("Gymnase")
    keys.go("Change")
    keys.write("Name", "Gymnase du Port")
    keys.write_hour("Closes at", time(17))
    keys.go("Save the changes")
    steps.sees_done(keys.page, "Gymnase du Port")
    assert site.opening_hours.get().closes == time(17)


def test_a_file_is_tried_and_written(keys: Keyboard, tmp_path: Path):
    file = tmp_path / "organisations.csv"
    file.write_text("name,kind\nLes Iris,association\n")
    keys.go("Imports")
    keys.go(in_french("Read a file: %(kind)s") % {"kind": in_french("Organisations")})
    with keys.page.expect_file_chooser() as chooser:  # asked for before the press: it takes a moment to be heard
        keys.tab_to("File")
        keys.press("Space")
    chooser.value.set_files(file)
    keys.go("See what it would do")
    keys.go("Write all of it")
    steps.sees_done(keys.page)
    assert Organisation.objects.filter(name="Les Iris").exists()


def test_a_partner_that_gives_reads_what_it_promised_and_gave(keyboard_of: Sits):
    partner = an_organisation("Pharmacies du Canal", OrganisationKind.PARTNER)
    stocked("Savon", 12)
    keys = keyboard_of(a_partner(partner))
    keys.go("Donations", role="link")
    expect(keys.page.locator("#list")).to_contain_text("12")


def test_a_structure_follows_what_left_for_it(keyboard_of: Sits):
    shipment = a_shipment_that_left((stocked("Savon", 9), 4))
    keys = keyboard_of(a_referrer(shipment.organisation))
    keys.go("Shipments", role="link")
    keys.go(shipment)
    expect(keys.page.locator("main")).to_contain_text("Savon")


def test_the_network_reads_its_totals(keyboard_of: Sits):
    packed_kits(3)
    keys = keyboard_of(somebody_of_the_network())
    keys.skip()
    expect(keys.page.locator("main")).to_contain_text("3")
