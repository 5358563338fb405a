"""A bag at the door, in a browser: what one presses, what is written down, and what is seen of it."""

import json
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from donations.containers.operations import codes_of
from donations.models import Container, Donation, DropOff, Refusal
from donations.tablets.operations import confirm_tablet, invite_tablet
from donations.tablets.receiving import take_in
from network.enums import OrganisationKind
from tests import cast
from tests.browser.tablets import Door, add, expect_sent, expect_waiting, is_kept, next_form_is_open

COUNT_PRESSES = "window.presses = 0; addEventListener('pointerdown', () => { window.presses += 1; }, true)"


def press(page: Page, *names: str) -> None:
    """Press buttons by the name of what they do."""
    for name in names:
        page.locator(f"button[data-{name}]:visible").first.click()


def test_one_more_bag_is_one_press(door: Door):
    page = door.open()
    page.evaluate(COUNT_PRESSES)
    page.locator("[data-add=bag]").click()
    expect(page.locator("[data-said]")).to_contain_text("1 sac")
    expect_sent(page, 1)
    assert page.evaluate("window.presses") == 1
    entry = DropOff.objects.get()
    assert (entry.kind, entry.quantity, entry.operation.device) == ("bag", 1, door.tablet.device)


def test_a_press_that_trembles_is_one_bag_and_two_presses_are_two(door: Door):
    page = door.open()
    page.locator("[data-add=bag]").dblclick()
    next_form_is_open(page)
    add(page)
    expect_sent(page, 2)
    assert DropOff.objects.count() == 2


def test_twelve_weighed_cartons_of_a_partner(door: Door):
    partner = cast.an_organisation("Pharmacies du Canal", OrganisationKind.PARTNER)
    page = door.open()
    press(page, "act=grams", "key='4'", "key='2'", "key='5'", "key='0'", "act=use")
    press(page, "act=quantity", "key='1'", "key='2'", "act=use", "act=partner", f"partner='{partner.pk}'")
    add(page, "carton")
    expect_sent(page, 1)
    entry = DropOff.objects.get()
    assert (entry.kind, entry.quantity, entry.grams, entry.partner) == ("carton", 12, 4250, partner)
    add(page)
    expect_sent(page, 2)
    assert (DropOff.objects.latest("pk").quantity, DropOff.objects.latest("pk").partner) == (1, None)


def test_what_is_not_taken_is_two_presses(door: Door):
    page = door.open()
    page.evaluate(COUNT_PRESSES)
    press(page, "act=refuse", "reason=medicine")
    expect(page.locator("[data-view=work]")).to_be_visible()
    expect_sent(page, 1)
    assert (Refusal.objects.get().reason, page.evaluate("window.presses")) == ("medicine", 2)


def test_loose_goods_are_counted_one_by_one(doors: Callable[..., Door]):
    soap = cast.an_item("Savon")
    page = doors(cast.a_tablet(place=cast.the_store(cast.a_point()))).open()
    more = page.locator(f"[data-item='{soap.pk}'][data-by='1']")
    press(page, "act=goods")
    for _soap in range(3):
        more.click()
    press(page, "by='-1'", "act=give")
    expect_sent(page, 1)
    assert Donation.objects.exists()
    assert cast.on_hand(soap) == 2


def test_a_pallet_gets_one_of_the_tablets_codes_without_a_network(door: Door):
    page, codes = door.open(), codes_of(door.tablet.device)
    is_kept(page)
    expect(page.locator("body")).to_have_attribute("data-state", "active")
    door.context.set_offline(True)
    press(page, "act=leave", "leaves=pallet")
    shown = page.locator("[data-fill=leaving-code]")
    expect(shown).to_be_visible()
    code = shown.inner_text().replace(" ", "")
    press(page, "act=home", "act=leave", "leaves=carton")
    expect(shown).not_to_contain_text(code[:4])
    assert code in codes
    door.context.set_offline(False)
    expect_sent(page, 2)
    assert Container.objects.count() == 2
    assert Container.objects.get(code=code).kind == "pallet"


@pytest.mark.parametrize("is_offline", [False, True], ids=["sent before", "not yet sent"])
def test_what_was_noted_is_taken_back(door: Door, is_offline: bool):
    page = door.open()
    is_kept(page)
    door.context.set_offline(is_offline)
    add(page)
    page.locator("[data-undo]").first.click()
    expect(page.locator("[data-recent] [data-is=undone]")).to_be_visible()
    door.context.set_offline(False)
    expect_waiting(page, 0)
    assert DropOff.objects.count() == 1
    assert not DropOff.objects.standing().exists()


def test_practice_records_nothing(door: Door):
    page = door.open()
    press(page, "act=more", "act=practise")
    expect(page.locator("[data-banner=practice]")).to_be_visible()
    add(page)
    press(page, "act=refuse", "reason=dirty", "act=leave", "leaves=carton", "act=home")
    expect(page.locator("[data-recent] li")).to_have_count(3)
    press(page, "act=more", "act=stop")
    expect(page.locator("[data-recent] li")).to_have_count(0)
    assert page.evaluate("collect.store.everything().then((all) => all.length)") == 0
    assert not DropOff.objects.exists()


def test_a_tablet_is_let_in_by_the_code_in_its_address(doors: Callable[..., Door]):
    coordinator = cast.a_coordinator()
    tablet, code = invite_tablet(drive=cast.a_drive(), site=cast.a_point(), name="Tablette", actor=coordinator)
    page = doors(None).open(f"/collect/#{code}")
    expect(page.locator("body")).to_have_attribute("data-state", "opened")
    tablet.device.refresh_from_db()
    expect(page.locator("[data-fill=check-number]")).to_have_text(tablet.device.check_number)
    assert code not in page.url
    confirm_tablet(tablet=tablet, actor=coordinator)
    expect(page.locator("[data-add=bag]")).to_be_visible()


def test_a_code_that_is_not_good_is_told_with_its_reason(doors: Callable[..., Door]):
    cast.a_coordinator()
    page = doors(None).open()
    page.locator("#code").fill("3467 8934")
    page.locator("[data-open] button").click()
    expect(page.locator("#code-error")).to_contain_text("faux ou manque")
    expect(page.locator("#code")).to_be_focused()


def test_what_the_server_refuses_stays_with_its_reason_until_somebody_lets_it_go(door: Door):
    page = door.open()
    expect(page.locator("[data-add=bag]")).to_be_visible()
    bad = "{id: crypto.randomUUID(), kind: 'drop_off', at: new Date().toISOString(), what: 'bag', quantity: 0}"
    page.evaluate(f"collect.store.save({bad}, {door.tablet.device_id}).then(() => null)")
    add(page)
    expect(page.locator("[data-strip]")).to_have_attribute("data-refused", "1")
    assert DropOff.objects.count() == 1
    press(page, "strip")
    expect(page.locator("[data-kept=refused] em")).to_contain_text("coordinat")
    page.locator("[data-kept=refused] [data-let-go]").click()
    expect(page.locator("[data-strip]")).to_have_attribute("data-refused", "0")


def test_what_is_set_aside_is_said(door: Door):
    key, now = cast.a_key(), timezone.now()
    entry = {"id": key, "kind": "drop_off", "at": now.isoformat(), "what": "bag", "quantity": 1}
    take_in([entry], tablet=door.tablet, sent_at=now)
    page = door.open()
    expect(page.locator("[data-add=bag]")).to_be_visible()
    other = json.dumps({**entry, "what": "pallet", "quantity": 7})
    page.evaluate(f"collect.store.save({other}, {door.tablet.device_id}).then(collect.sender.turn)")
    expect(page.locator("[data-strip]")).to_have_attribute("data-aside", "1")
    press(page, "strip")
    expect(page.locator("[data-kept=aside]")).to_contain_text("7 palettes")
    press(page, "act=seen")
    expect(page.locator("[data-strip]")).to_have_attribute("data-aside", "0")
