"""The pictures of the user guide: which page each shows, to whom, and what is pressed on it before."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, ViewportSize, expect

from stock.codes import ALPHABET
from tests.browser import guide_stage as stage

FOLDER = Path(settings.BASE_DIR, "docs", "images")
LANGUAGES = ("fr", "en")
SIZE: ViewportSize = {"width": 1280, "height": 800}
TABLET: ViewportSize = {"width": 800, "height": 1280}
PHONE: ViewportSize = {"width": 390, "height": 844}
WORDS = FOLDER / "words.json"  # what each page said when its picture was taken, as a digest
# Codes, which are drawn at random, the hour, and the door of the test's server: they differ each time.
CHANGING = re.compile(rf"\b[{ALPHABET}]{{4}}\s?[{ALPHABET}]{{4}}\b|\b\d?\d:\d\d\b|\blocalhost:\d+")


@dataclass(frozen=True)
class Shot:
    """A picture: its name, whose page it is (the login's name; nobody's: ""), the page, and what it is of.

    `key` is the field of the row that is in the address; `query` what follows it; `steps` are done on the page before.
    """

    name: str
    who: str
    route: str
    row: Callable[[], Any] | None = None
    size: ViewportSize | None = None
    key: str = "pk"
    query: Callable[[], dict[str, Any]] | None = None
    steps: Callable[[Page], None] | None = None

    def address(self, language: str) -> str:
        arguments = [getattr(self.row(), self.key)] if self.row else []
        page = reverse(self.route.format(language=language), args=arguments)
        return f"{page}?{urlencode(self.query())}" if self.query else page


def digest(words: str) -> str:
    """Of what a page says, the same on every machine and each time."""
    return sha256(" ".join(CHANGING.sub("", words).split()).encode()).hexdigest()[:16]


def note_some(page: Page) -> None:
    """What comes to a door in a quarter of an hour, all of it sent."""
    for what in ("bag", "bag", "carton", "bag"):
        page.locator(f"[data-add={what}]").click()
        page.wait_for_timeout(450)  # a second press within less belongs to the first
    page.locator("[data-act=refuse]").click()
    page.locator("[data-reason=medicine]").click()
    expect(page.locator("[data-recent] [data-is=recorded]")).to_have_count(5)
    expect(page.locator("[data-strip]")).to_have_attribute("data-is", "sent")


def let_a_carton_leave(page: Page) -> None:
    page.locator("[data-act=leave]").click()
    page.locator("[data-leaves=carton]").click()
    expect(page.locator("[data-leaving]")).to_be_visible()
    code = page.locator("[data-fill=leaving-code]").inner_text()
    expect(page.locator("[data-recent] [data-is=recorded]", has_text=code[-4:])).to_have_count(1)
    expect(page.locator("[data-strip]")).to_have_attribute("data-waiting", "0")


def sort_some(page: Page) -> None:
    for number, times in ((0, 3), (4, 12), (6, 1)):
        for _press in range(times):
            page.locator("[data-article] [data-step='1']").nth(number).click()
    page.locator(".kd-sort-reason [data-step='1']").nth(1).click()
    page.evaluate("scrollTo(0, 0)")


def scan_one(page: Page) -> None:
    for _piece in range(2):
        page.locator("[data-scan-code]").fill(stage.CODE)
        page.locator("[data-scan-add]").click()
        expect(page.locator("[data-scan-code]")).to_have_value("")
    expect(page.locator("[name=lines-0-quantity]")).to_have_value("2")
    expect(page.locator("#scan-said .kd-scan-done")).to_be_visible()


SHOTS = (
    Shot("sign-in", "", "account_login"),
    Shot("home", "coordination", "home"),
    Shot("donation", "volontaire", "donations:donation_create", size=TABLET),
    Shot("packing", "volontaire", "kits:session_pack", stage.the_open_session, TABLET),
    Shot("kit-lookup", "volontaire", "kits:kit_lookup"),
    Shot("drive", "coordination", "donations:drive_detail", stage.the_drive),
    Shot("public-page", "", "public_drive_{language}", stage.the_drive_of_the_year, key="slug"),
    Shot("pledges", "coordination", "donations:pledge_list"),
    Shot("delivery", "coordination", "donations:donation_detail", stage.a_delivery),
    Shot("purchases", "coordination", "donations:purchase_list"),
    Shot("item", "coordination", "stock:item_detail", stage.an_article),
    Shot("template", "coordination", "kits:template_detail", stage.a_template),
    Shot("targets", "coordination", "kits:target_list", stage.the_drive),
    Shot("session", "coordination", "kits:session_detail", stage.the_open_session),
    Shot("labels", "coordination", "kits:pack_labels", stage.a_pack),
    Shot("stock", "coordination", "stock:stock_now"),
    Shot("history", "coordination", "stock:item_history", stage.an_article),
    Shot("coming-dates", "coordination", "stock:lot_list"),
    Shot("stock-on-date", "coordination", "stock:stock_on_date"),
    Shot("transfer", "coordination", "stock:transfer_create", query=stage.of_the_store),
    Shot("count", "coordination", "stock:adjustment_create", query=stage.of_the_store),
    Shot("places", "coordination", "stock:place_list"),
    Shot("journal", "coordination", "stock:operation_list"),
    Shot("shipments", "coordination", "distribution:shipment_list"),
    Shot("shipment", "coordination", "distribution:shipment_detail", stage.a_shipment),
    Shot("organisation", "coordination", "network:organisation_detail", stage.an_organisation),
    Shot("confidential", "coordination", "network:organisation_make_confidential", stage.an_organisation),
    Shot("imports", "coordination", "import_list"),
    Shot("reads", "coordination", "network:read_list"),
    Shot("second-factor", "coordination", "mfa_index"),
    Shot("handover", "distribution", "distribution:handover_create", size=TABLET),
    Shot("home-structure", "structure", "home"),
    Shot("home-partner", "partenaire", "home"),
    Shot("acknowledge", "partenaire", "distribution:shipment_acknowledge", stage.a_shipment),
    Shot("home-donor", "donateur", "home"),
    Shot("home-network", "reseau", "home"),
    Shot("administration", "admin", "admin:index"),
    Shot("account", "admin", "admin:accounts_user_add"),
    Shot("drop-off", "volontaire", "donations:drop_off_create", size=TABLET),
    Shot("tally", "volontaire", "donations:tally_create", size=TABLET),
    Shot("collect", "volontaire", "donations:container_collect"),
    Shot("sorting", "volontaire", "donations:container_sort", stage.a_container, steps=sort_some),
    Shot("scan", "volontaire", "donations:donation_create", size=TABLET, steps=scan_one),
    Shot("containers", "coordination", "donations:container_list"),
    Shot("days", "coordination", "donations:drop_off_list"),
    Shot("tablets", "coordination", "donations:tablet_list"),
    Shot("invitation", "coordination", "donations:tablet_detail", stage.an_invitation),
    Shot("tablet-file", "coordination", "donations:tablet_import"),
    Shot("posters", "coordination", "drive_posters", stage.the_drive_of_the_year),
    Shot("reminders", "coordination", "donations:pledge_reminders"),
    Shot("attestation", "coordination", "donations:attestation_create", query=stage.of_a_partner),
    # last: what a tablet notes here is in no other picture
    Shot("door", "", "donations:collect_{language}", size=TABLET, steps=note_some),
    Shot("door-leaves", "", "donations:collect_{language}", size=PHONE, steps=let_a_carton_leave),
)
