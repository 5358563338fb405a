"""The two screens of kits that live: the draft of a template, and the end of the table."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from kits.models import AssemblySession
from kits.operations import pack
from kits.sessions import MixLine, open_session, plan_session
from kits.templates import DraftLine, create_template, save_draft
from tests.browser import steps
from tests.cast import a_coordinator, a_drive, a_key, a_version, a_volunteer, an_item, stocked, the_house, the_store

TABLETS = [(800, 1280), (1280, 800)]


@pytest.fixture
def draft_page(open_browser, settings) -> Page:
    """A draft of a soap of 100 g, a towel of 450 g, open in a coordinator's browser; there are soaps for seven kits."""
    settings.DEMO = True  # no second factor
    coordinator = a_coordinator()
    template = create_template(house=the_house(), name="Kit femme", actor=coordinator)
    items = [an_item("Savon", grams=100), an_item("Serviette", grams=450)]
    lines = [DraftLine((stocked(item, 7),), 1) for item in items]
    save_draft(version=template.versions.get(), lines=lines, actor=coordinator)
    page = open_browser()
    steps.sign_in(page, coordinator)
    page.goto(reverse("kits:template_edit", args=[template.pk]))
    return page


def test_a_draft_weighs_itself_again_while_it_is_written(draft_page: Page):
    quantity = steps.field(draft_page, "lines-0-quantity")
    quantity.fill("2")
    quantity.press("Tab")
    expect(draft_page.locator(".kd-stat-figure")).to_contain_text("650")
    expect(draft_page.get_by_text("3 assemblables maintenant")).to_be_visible()


def test_a_press_right_after_typing_loses_neither(draft_page: Page):
    steps.field(draft_page, "lines-0-quantity").fill("3")
    draft_page.locator("[name=down][value='0']").click()
    expect(steps.field(draft_page, "lines-0-item")).to_have_value("Serviette")
    expect(steps.field(draft_page, "lines-1-quantity")).to_have_value("3")
    draft_page.locator("[name=take_out][value='0']").click()
    expect(steps.field(draft_page, "lines-0-item")).to_have_value("Savon")
    expect(draft_page.locator(".kd-stat-figure")).to_contain_text("300")


@pytest.fixture
def session(live_server) -> AssemblySession:
    """An open session of three kits with long names, in which ten packs were made."""
    coordinator, now = a_coordinator(), timezone.now()
    names = ("Kit femme", "Kit femme avec bébé de six mois", "Kit femme avec enfant de trois à onze ans")
    versions = [a_version({stocked(f"Article {number}", 40): 1}, name) for number, name in enumerate(names)]
    session = plan_session(
        drive=a_drive(),
        place=the_store(),
        name="Usine à kits",
        starts_at=now,
        ends_at=now + timedelta(hours=4),
        mix=[MixLine(version, 40) for version in versions],
        actor=coordinator,
    )
    session = open_session(session=session, actor=coordinator)
    for number in range(10):
        made = versions[number % 3]
        pack(version=made, count=1, place=the_store(), session=session, actor=coordinator, key=a_key())
    return session


@pytest.mark.parametrize("size", TABLETS, ids=str)
def test_the_end_of_the_table_is_one_screen(open_browser, settings, session: AssemblySession, size):
    settings.DEMO = True
    page = open_browser(viewport={"width": size[0], "height": size[1]}, has_touch=True)
    steps.sign_in(page, a_volunteer())
    page.goto(reverse("kits:session_pack", args=[session.pk]))
    page.get_by_role("button", name="+10", exact=True).click()
    steps.sees_done(page, "10 ×")
    page.wait_for_load_state()  # its styles too
    assert page.evaluate("document.documentElement.scrollHeight") <= size[1]
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
