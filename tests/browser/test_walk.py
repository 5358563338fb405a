"""The whole way of a kit in a real browser, each step by whom it belongs to, with JavaScript and without."""

import re
from dataclasses import dataclass

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from distribution.enums import ShipmentState
from distribution.models import Handover, Shipment
from kits.models import Kit, TemplateVersion
from kits.templates import DraftLine, create_template, new_draft, save_draft
from network.enums import OrganisationKind
from tests.accounts.signing_in import code_of
from tests.browser import steps
from tests.cast import (
    a_coordinator,
    a_distributor,
    a_drive,
    a_partner,
    a_volunteer,
    an_item,
    an_organisation,
    on_hand,
    the_house,
    the_store,
)
from tests.distribution.stage import complaints

SESSION = "Usine à kits"


@dataclass(frozen=True)
class Tablets:
    """One browser each, signed in."""

    volunteer: Page
    coordinator: Page
    partner: Page
    distributor: Page


@pytest.fixture(params=[True, False], ids=["javascript", "no javascript"])
def has_javascript(request: pytest.FixtureRequest) -> bool:
    return request.param


@pytest.fixture
def tablets(open_browser, settings, has_javascript: bool) -> Tablets:
    settings.DEMO = True  # no second factor
    people = [a_volunteer(), a_coordinator(), a_partner(), a_distributor()]
    pages = [open_browser(java_script_enabled=has_javascript) for _person in people]
    for page, person in zip(pages, people, strict=True):
        steps.sign_in(page, person)
    return Tablets(*pages)


@pytest.fixture
def draft(live_server) -> TemplateVersion:
    """A kit of two soaps and a towel, not yet published."""
    coordinator = a_coordinator()
    template = create_template(house=the_house(), name="Kit femme", actor=coordinator)
    draft = new_draft(template=template, actor=coordinator)
    lines = [DraftLine((an_item("Savon"),), 2), DraftLine((an_item("Serviette"),), 1)]
    save_draft(version=draft, lines=lines, actor=coordinator)
    a_drive()
    return draft


def test_from_a_donation_to_a_handover(tablets: Tablets, draft: TemplateVersion, has_javascript: bool):
    given(tablets.volunteer)
    packed(tablets, draft, has_javascript)
    shipped(tablets, draft)
    handed_over(tablets.distributor)
    assert on_hand(an_item("Savon")) == 28
    assert on_hand(TemplateVersion.objects.get().item) == 2
    assert complaints() == []


def given(volunteer: Page) -> None:
    """Soap from the public, and what a partner delivers: towels, and compote with its printed date."""
    an_item("Compote", date_rule="best_before")
    partner = an_organisation("Pharmacies du Canal", OrganisationKind.PARTNER)
    printed = f"12/{timezone.localdate().year + 1}"
    steps.record_a_donation(volunteer, {"item": "Savon", "quantity": "40"})
    steps.record_a_donation(
        volunteer,
        {"item": "Serviette", "quantity": "30"},
        {"item": "Compote", "quantity": "12", "best_before": printed},
        partner=partner,
    )


def packed(tablets: Tablets, draft: TemplateVersion, has_javascript: bool) -> None:
    """Published, planned and opened by the coordination; packed by a volunteer, who takes five back."""
    steps.publish(tablets.coordinator, draft)
    where = {"drive": a_drive(), "place": the_store(), "version": draft, "kits": 10}
    steps.plan_a_session(tablets.coordinator, SESSION, **where, has_javascript=has_javascript)
    steps.open_the_session(tablets.coordinator, SESSION)
    steps.pack_at_the_line(tablets.volunteer, "+1", "+5", "+5")
    steps.undo_what_was_just_done(tablets.volunteer)
    expect(tablets.volunteer.locator(".kd-line-count strong")).to_have_text("6")


def shipped(tablets: Tablets, draft: TemplateVersion) -> None:
    """Three kits leave for an association, which finds two of them in the box."""
    kit = TemplateVersion.objects.get(pk=draft.pk).item
    where = {"organisation": an_organisation(), "place": the_store()}
    steps.draft_a_shipment(tablets.coordinator, item=kit, quantity=3, **where)
    steps.let_it_leave(tablets.coordinator)
    assert steps.slip_of(tablets.coordinator).startswith(b"%PDF")
    steps.say_what_arrived(tablets.partner, 2)
    expect(tablets.partner).to_have_url(re.compile(r"/shipments/\d+/$"))
    shipment = Shipment.objects.get()
    assert shipment.state == ShipmentState.ACKNOWLEDGED
    assert [line.arrived for line in shipment.lines.all()] == [2]


def handed_over(distributor: Page) -> None:
    """A code works once, what was typed beside it stays, and an undone handover gives the kit back."""
    code = str(Kit.objects.here().first())
    steps.hand_over(distributor, code)
    steps.sees_done(distributor)
    assert Handover.objects.count() == 1
    steps.hand_over(distributor, code)
    steps.sees_refusal(distributor, "Already handed over: see the coordination.")
    expect(steps.field(distributor, "codes")).to_have_value(code)
    expect(steps.field(distributor, "women")).to_have_value("1")
    steps.undo_the_handover(distributor)
    steps.hand_over(distributor, code.lower())
    steps.sees_done(distributor)


def test_a_coordinator_sets_her_second_factor_up_and_signs_in_with_it(open_browser):
    page, coordinator = open_browser(), a_coordinator()
    steps.sign_in(page, coordinator)
    expect(page).to_have_url(re.compile(reverse("mfa_activate_totp")))
    secret = page.locator(".kd-code").inner_text()
    page.locator("[name=code]").fill(code_of(secret))
    page.locator("main form button[type=submit]").first.click()
    page.context.clear_cookies()
    steps.sign_in(page, coordinator)
    page.locator("[name=code]").fill(code_of(secret))
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(coordinator.name)
