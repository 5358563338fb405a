"""A code comes into a donation by a scanner that types, by camera, by a photo, or by hand; Enter records nothing."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from donations.models import Donation
from stock.catalogue_operations import attach_gtin
from tests.browser import steps
from tests.cast import a_coordinator, a_drive, a_volunteer, an_item, on_hand, the_store
from tests.photos import EAN, a_photo

OTHER = "4006381333931"
# A browser that reads codes by itself, and a camera that sees one; Debian's Chromium has neither.
WITH_A_CAMERA = """
    window.BarcodeDetector = class {
      static async getSupportedFormats() { return ["ean_13", "qr_code"]; }
      async detect(view) { return view.srcObject && window.inView ? [{ rawValue: window.inView }] : []; }
    };
    Object.defineProperty(navigator, "mediaDevices", { value: {
      async getUserMedia() {
        if (window.cameraRefused) throw new DOMException("no", "NotAllowedError");
        const canvas = document.createElement("canvas");
        canvas.getContext("2d").fillRect(0, 0, 9, 9);
        return canvas.captureStream();
      },
    } });
"""


@pytest.fixture(autouse=True)
def _codes_are_known(live_server, settings):
    settings.DEMO = True  # no second factor
    a_drive(), the_store()
    for name, code in (("Savon", EAN), ("Gel douche", OTHER)):
        attach_gtin(item=an_item(name), code=code.zfill(14), actor=a_coordinator())


def opened(page: Page, script: str = "") -> Page:
    if script:
        page.add_init_script(script)
    steps.sign_in(page, a_volunteer())
    page.goto(reverse("donations:donation_create"))
    return page


def wedge(page: Page, code: str, *ends: str) -> None:
    """What a scanner does: every key at once, then Enter."""
    page.keyboard.type(code)
    for key in ends or ("Enter",):
        page.keyboard.press(key)


def sees_lines(page: Page, *lines: tuple[str, str]) -> None:
    for number, (item, quantity) in enumerate(lines):
        expect(steps.field(page, f"lines-{number}-item")).to_have_value(item)
        expect(steps.field(page, f"lines-{number}-quantity")).to_have_value(quantity)


def test_a_scanner_fills_lines_as_quickly_as_it_types_and_never_records(open_browser):
    page = opened(open_browser())
    steps.field(page, "code").focus()
    for code in (EAN, EAN, OTHER, EAN):
        wedge(page, code, "Enter", "Enter")
    sees_lines(page, ("Savon", "3"), ("Gel douche", "1"))
    expect(page.locator("#scan-said")).to_contain_text("Savon")
    expect(steps.field(page, "code")).to_be_focused()
    expect(steps.field(page, "code")).to_have_value("")
    assert not Donation.objects.exists()
    steps.press(page, "Record the donation")
    steps.sees_done(page, "Savon", "Gel douche")
    assert (on_hand(an_item("Savon")), on_hand(an_item("Gel douche"))) == (3, 1)


def test_more_codes_than_there_are_lines_and_one_that_nobody_knows(open_browser):
    page = opened(open_browser())
    steps.field(page, "code").focus()
    wedge(page, "96385074")
    expect(page.locator("#scan-said")).to_contain_text("96385074")
    for number in range(4):
        wedge(page, f"]C101{EAN.zfill(14)}10L{number}")
    sees_lines(page, *[("Savon", "1")] * 4)
    expect(steps.field(page, "lines-3-number")).to_have_value("L3")


def test_a_scanner_that_ends_with_tab_and_one_that_types_the_separator(open_browser):
    page = opened(open_browser())
    steps.field(page, "code").focus()
    wedge(page, EAN, "Tab")
    sees_lines(page, ("Savon", "1"))
    expect(steps.field(page, "code")).to_be_focused()
    page.keyboard.type(f"01{EAN.zfill(14)}10A1")
    page.keyboard.press("Control+BracketRight")
    wedge(page, "21XYZ")
    expect(steps.field(page, "lines-1-number")).to_have_value("A1")


def test_a_code_is_typed_by_hand(open_browser):
    page = opened(open_browser())
    steps.field(page, "code").fill("3 017620 422003")
    steps.press(page, "Add this code")
    sees_lines(page, ("Savon", "1"))


def test_without_javascript_the_field_alone_serves(open_browser):
    page = opened(open_browser(java_script_enabled=False))
    for count in ("1", "2"):
        steps.field(page, "code").fill(EAN)
        steps.field(page, "code").press("Enter")
        sees_lines(page, ("Savon", count))
    expect(steps.field(page, "code")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#scan-said")).to_contain_text(
        steps.in_french("Scan a code, or type the digits below the bars.")
    )
    assert not Donation.objects.exists()
    steps.press(page, "Record the donation")
    steps.sees_done(page, "Savon")
    assert on_hand(an_item("Savon")) == 2


def test_a_photo_is_read_by_the_server(open_browser, tmp_path: Path):
    page = opened(open_browser())
    photo = page.locator("[data-scan-photo]")
    expect(photo).to_be_visible()
    expect(page.locator("[data-scan-camera]")).to_be_hidden()
    (tmp_path / "code.jpg").write_bytes(a_photo(angle=20, blur=3))
    photo.locator("input").set_input_files(tmp_path / "code.jpg")
    sees_lines(page, ("Savon", "1"))
    (tmp_path / "savon.jpg").write_bytes(b"Savon")
    photo.locator("input").set_input_files(tmp_path / "savon.jpg")
    expect(page.locator("#scan-said")).to_contain_text("JPEG, PNG")
    sees_lines(page, ("Savon", "1"))


def test_the_camera_counts_a_code_once_until_it_has_left_the_picture(open_browser):
    page = opened(open_browser(), WITH_A_CAMERA)
    expect(page.locator("[data-scan-photo]")).to_be_hidden()
    camera = page.locator("[data-scan-camera]")
    camera.click()
    expect(camera).to_have_attribute("aria-pressed", "true")
    page.evaluate(f"window.inView = '{EAN}'")
    sees_lines(page, ("Savon", "1"))
    page.evaluate(f"window.inView = '{OTHER}'")
    sees_lines(page, ("Savon", "1"), ("Gel douche", "1"))
    camera.click()
    expect(camera).to_have_attribute("aria-pressed", "false")
    expect(page.locator("[data-scan-view]")).to_be_hidden()


def test_who_refuses_the_camera_is_offered_the_photo(open_browser):
    page = opened(open_browser(), WITH_A_CAMERA + "window.cameraRefused = true;")
    page.locator("[data-scan-camera]").click()
    expect(page.locator("[data-scan-photo]")).to_be_visible()
    expect(page.locator("[data-scan-camera]")).to_be_hidden()


def test_a_server_that_fails_is_said_and_the_next_code_counts(open_browser, console):
    page = opened(open_browser())
    steps.field(page, "code").focus()
    page.route("**/donations/new/", lambda route: route.abort())
    wedge(page, EAN)
    failed = steps.in_french("The server did not answer. Scan it again.")
    expect(page.locator("#scan-said")).to_contain_text(failed)
    page.unroute("**/donations/new/")
    wedge(page, OTHER)
    sees_lines(page, ("Gel douche", "1"))
    console[:] = [said for said in console if "net::ERR_FAILED" not in said and "htmx:" not in said]
