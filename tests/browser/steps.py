"""What people do in their browsers, by the words that they read there: one small function each.

Words are given as the code writes them and looked up in French, the language of every page here. All of it works with
JavaScript and without.
"""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from kits.models import TemplateVersion
from network.models import Organisation
from stock.models import Item
from tests.accounts.signing_in import PASSWORD


def in_french(text: str) -> str:
    with translation.override("fr"):
        return translation.gettext(text)


def press(page: Page | Locator, label: str) -> None:
    page.get_by_role("button", name=in_french(label), exact=True).first.click()


def follow(page: Page | Locator, label: str) -> None:
    page.get_by_role("link", name=in_french(label), exact=True).first.click()


def field(page: Page, name: str) -> Locator:
    return page.locator(f"main [name={name}]")


def choose(page: Page, name: str, row: object) -> None:
    field(page, name).select_option(str(row.pk))


def sees_done(page: Page, *words: str) -> None:
    """The page says that it is done, in a sentence that holds `words`."""
    said = page.locator("#messages .kd-message-success")
    expect(said).to_be_visible()
    for word in words:
        expect(said).to_contain_text(word)


def sees_refusal(page: Page, sentence: str) -> None:
    expect(page.get_by_role("alert")).to_contain_text(in_french(sentence))


def sign_in(page: Page, user: User, password: str = PASSWORD) -> None:
    page.goto(reverse("account_login"))
    page.locator("[name=login]").fill(user.email)
    page.locator("[name=password]").fill(password)
    press(page, "Sign in")
    page.wait_for_url(lambda url: not url.endswith(reverse("account_login")))


def record_a_donation(page: Page, *lines: dict[str, str], partner: Organisation | None = None) -> None:
    page.goto(reverse("donations:donation_create"))
    if partner:
        choose(page, "partner", partner)
    for number, line in enumerate(lines):
        for name, typed in line.items():
            field(page, f"lines-{number}-{name}").fill(typed)
    press(page, "Record the donation")
    sees_done(page, *(line["item"] for line in lines))


def publish(page: Page, draft: TemplateVersion) -> None:
    page.goto(reverse("kits:template_list"))
    page.get_by_role("link", name=draft.template.name).click()
    follow(page, "Go on with the draft")
    press(page, "Save and publish…")
    press(page, "Publish this version")
    sees_done(page, draft.template.name)


def plan_a_session(page: Page, name: str, *, drive, place, version, kits: int, has_javascript: bool) -> None:
    page.goto(reverse("kits:session_list"))
    follow(page, "Plan the first session")
    choose_where(page, {"drive": drive, "place": place}, has_javascript)
    field(page, "name").fill(name)
    field(page, f"quantity_{version.pk}").fill(str(kits))
    press(page, "Plan the session")
    sees_done(page, name)


def choose_where(page: Page, where: dict[str, object], has_javascript: bool) -> None:
    """The last choice sends them all; without JavaScript the button does."""
    *first, last = where
    for name in first:
        choose(page, name, where[name])
    with page.expect_navigation():
        choose(page, last, where[last])
        if not has_javascript:
            press(page, "Show what can be made there")


def open_the_session(page: Page, name: str) -> None:
    page.goto(reverse("kits:session_list"))
    page.get_by_role("link", name=name).click()
    follow(page, "Open the session")
    press(page, "Open the session")
    sees_done(page, name)


def pack_at_the_line(page: Page, *presses: str) -> None:
    """From home to the line by the large button, and one press after the other there."""
    page.goto(reverse("home"))
    follow(page, "Pack kits")
    for press_of in presses:
        with page.expect_navigation():  # what is said of the former press may be the same
            page.get_by_role("button", name=press_of, exact=True).click()
        sees_done(page, press_of.removeprefix("+") + " ×")


def undo_what_was_just_done(page: Page) -> None:
    press(page.locator("#messages"), "Undo")
    expect(page.locator("#messages").get_by_role("button")).to_have_count(0)


def draft_a_shipment(page: Page, *, organisation: Organisation, place, item: Item, quantity: int) -> None:
    page.goto(reverse("distribution:shipment_list"))
    follow(page, "New shipment")
    choose(page, "organisation", organisation)
    choose(page, "place", place)
    field(page, "planned_on").fill((timezone.localdate() + timedelta(days=1)).isoformat())
    field(page, "lines-0-item").fill(str(item))
    field(page, "lines-0-quantity").fill(str(quantity))
    press(page, "Write the draft down")


def let_it_leave(page: Page) -> None:
    follow(page, "Pack it")
    press(page, "Pack the shipment")
    follow(page, "Hand it over")
    press(page, "Hand the shipment over")
    expect(page.get_by_role("link", name=in_french("Packing slip (PDF)"))).to_be_visible()


def slip_of(page: Page) -> bytes:
    """The packing slip behind the link of a shipment's page."""
    link = page.get_by_role("link", name=in_french("Packing slip (PDF)"))
    answer = page.request.get(link.get_attribute("href"))
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()


def say_what_arrived(page: Page, arrived: int) -> None:
    page.goto(reverse("home"))
    follow(page, "Say what arrived")
    page.locator("[name^=arrived_]").fill(str(arrived))
    press(page, "Confirm what arrived")


def hand_over(page: Page, code: str) -> None:
    """At the desk: a letter, a woman and her child, one kit by its code."""
    page.goto(reverse("home"))
    follow(page, "Record a handover")
    field(page, "letter").first.check()
    field(page, "women").fill("1")
    field(page, "children_3_11").fill("1")
    field(page, "codes").fill(code)
    press(page, "Record the handover")


def undo_the_handover(page: Page) -> None:
    """Within its hour, from the list of today."""
    page.goto(reverse("distribution:handover_list"))
    page.locator("#list").get_by_role("link").first.click()
    press(page.locator("main"), "Undo")
    sees_done(page, in_french("The handover is undone: its kits and articles are here again."))
