"""Without a network, with a false one, with a server that errs: nothing noted is lost, and nothing counts twice."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from donations.models import DropOff
from donations.tablets import shell
from donations.tablets.files import open_file, take_in_file
from network.acting import choose
from network.devices import revoke
from network.models import Membership
from tests import cast
from tests.browser.tablets import PAGE, Door, add, expect_sent, expect_waiting, is_kept

ENTRIES = "**/collect/entries/"
PORTAL = "<!doctype html><title>Wi-Fi</title>Sign in to the network of the shop"
SEND_NOW = "collect.sender.turn()"


@pytest.fixture
def plain(doors: Callable[..., Door]) -> Door:
    """A tablet whose requests the test answers, so without the worker."""
    return doors(cast.a_tablet(), service_workers="block")


def test_after_a_first_visit_it_opens_and_works_without_a_network(door: Door):
    page = door.open()
    is_kept(page)
    door.context.set_offline(True)
    page.close()
    page = door.open()
    add(page)
    add(page, "carton")
    expect_waiting(page, 2)
    assert not DropOff.objects.exists()
    door.context.set_offline(False)
    expect_waiting(page, 0)
    assert sorted(DropOff.objects.values_list("kind", flat=True)) == ["bag", "carton"]


def test_the_other_language_and_the_address_without_one_open_too(door: Door):
    is_kept(door.open())
    door.context.set_offline(True)
    assert door.open("/collect/en/").locator("html").get_attribute("lang") == "en"
    assert door.open("/collect/").url.endswith(PAGE)


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 200, "content_type": "text/html", "body": PORTAL},
        {"status": 200, "content_type": "application/json", "body": '{"results": []}'},
        {"status": 200, "headers": {"X-Kitdrive": "1"}, "body": '{"kitdrive": 1, "resul'},
        {"status": 302, "headers": {"Location": "/collect/fr/"}},
        {"status": 500, "body": "Server Error (500)"},
        {"status": 502, "content_type": "text/html", "body": PORTAL},
    ],
    ids=["portal", "no mark", "truncated", "redirect", "500", "502"],
)
def test_what_the_server_did_not_say_is_no_receipt(plain: Door, answer: dict):
    page = plain.open()
    expect(page.locator("[data-add=bag]")).to_be_visible()
    page.route(ENTRIES, lambda route: route.fulfill(**answer))
    add(page)
    page.evaluate(SEND_NOW)
    expect_waiting(page, 1)
    page.unroute(ENTRIES)
    page.evaluate(SEND_NOW)
    expect_waiting(page, 0)
    assert DropOff.objects.count() == 1


def test_an_answer_that_was_lost_after_the_commit_leaves_one_row(plain: Door):
    page = plain.open()

    lost: list[str] = []

    def lose_once(route: Route) -> None:
        if lost or not route.request.post_data_json["entries"]:
            return route.continue_()
        lost.append(route.fetch().text())
        return route.abort()

    page.route(ENTRIES, lose_once)
    with page.expect_event("requestfailed"):
        page.locator("[data-add=bag]").click()
    assert DropOff.objects.count() == 1
    page.evaluate(SEND_NOW)
    expect_waiting(page, 0)
    assert (len(lost), DropOff.objects.count()) == (1, 1)


def test_two_tabs_send_what_one_saved_once(door: Door):
    first, second = door.open(), door.open()
    is_kept(first)
    door.context.set_offline(True)
    for page in (first, second, first):
        add(page)
    expect_waiting(second, 3)
    door.context.set_offline(False)
    for page in (first, second):
        expect_waiting(page, 0)
    assert DropOff.objects.count() == 3


def test_one_draft_in_two_tabs_is_one_entry(door: Door):
    first, second = door.open(), door.open()
    is_kept(first)
    entry = {"id": cast.a_key(), "kind": "drop_off", "at": "2026-11-22T10:00:00Z", "what": "bag", "quantity": 1}
    door.context.set_offline(True)
    for page in (first, second):
        page.evaluate(f"collect.store.save({json.dumps(entry)}, {door.tablet.device_id})")
    assert first.evaluate("collect.store.everything().then((all) => all.length)") == 1


def test_what_no_disk_takes_is_not_shown_as_saved(door: Door):
    page = door.open()
    expect(page.locator("[data-add=bag]")).to_be_visible()
    page.evaluate("IDBObjectStore.prototype.add = () => { throw new DOMException('', 'QuotaExceededError'); }; null")
    page.locator("[data-add=bag]").click()
    expect(page.locator("[data-said][data-is-bad]")).to_be_visible()
    assert page.locator("[data-recent] li").count() == 0
    assert not DropOff.objects.exists()


def test_a_tablet_that_is_nearly_full_says_so_before_it_is(door: Door):
    door.context.add_init_script("StorageManager.prototype.estimate = async () => ({quota: 3e7, usage: 2e7});")
    expect(door.open().locator("[data-banner=storage]")).to_be_visible()


def test_a_new_code_begins_with_nothing_of_the_former_point(door: Door):
    page = door.open()
    add(page)
    expect_sent(page, 1)
    elsewhere, secret = cast.a_tablet(cast.a_point("Pharmacie de la Gare"))
    cookie = next(each for each in door.context.cookies() if each["path"] == "/collect/")
    door.context.add_cookies([{**cookie, "value": secret}])
    page.reload()
    expect(page.locator("h1")).to_have_text(str(elsewhere.device.site))
    expect(page.locator("[data-recent] li")).to_have_count(0)


def test_a_new_version_takes_over_with_a_full_queue(door: Door, monkeypatch: pytest.MonkeyPatch):
    page = door.open()
    is_kept(page)
    page.route(ENTRIES, lambda route: route.abort())
    for _bag in range(3):
        add(page)
    before = page.locator("body").get_attribute("data-version")
    monkeypatch.setattr(shell, "PAPER", "#ffffff")
    page.evaluate("navigator.serviceWorker.getRegistration().then((kept) => kept.update()).then(() => null)")
    expect(page.locator("body")).not_to_have_attribute("data-version", before)
    page.unroute(ENTRIES)
    expect_waiting(page, 0)
    assert DropOff.objects.count() == 3


def test_a_revoked_tablet_keeps_what_it_had_and_says_so(door: Door):
    page = door.open()
    is_kept(page)
    door.context.set_offline(True)
    add(page)
    revoke(device=door.tablet.device, actor=cast.a_coordinator())
    door.context.set_offline(False)
    expect(page.locator("body")).to_have_attribute("data-state", "revoked")
    expect(page.locator("[data-view=closed]")).to_be_visible()
    expect(page.locator("[data-closed-kept]")).to_have_attribute("data-count", "1")
    assert not DropOff.objects.exists()


def test_a_tablet_that_lost_its_secret_keeps_what_it_had(door: Door):
    page = door.open()
    is_kept(page)
    door.context.set_offline(True)
    add(page)
    door.context.clear_cookies()
    door.context.set_offline(False)
    expect(page.locator("body")).to_have_attribute("data-state", "unknown")
    expect(page.locator("[data-closed-kept]")).to_have_attribute("data-count", "1")
    page.locator("[data-view=closed] [data-act=ask]").click()
    page.locator("#code").fill("3467 8934")
    page.locator("[data-open] button").click()
    expect(page.locator("#code-error")).to_contain_text("1")
    page.locator("[data-act=keep]").click()
    page.locator("[data-view=closed] [data-act=export]").click()
    expect(page.locator("[data-view=closed] [data-fill=exported]")).to_contain_text("1 saisie")
    page.locator("[data-view=closed] [data-act=ask]").click()
    page.locator("[data-open] button").click()
    expect(page.locator("#code-error")).not_to_contain_text("1 saisie")


def test_the_file_of_a_revoked_tablet_brings_in_what_it_had(door: Door):
    page, coordinator = door.open(), cast.a_coordinator()
    is_kept(page)
    door.context.set_offline(True)
    add(page)
    add(page, "pallet")
    revoke(device=door.tablet.device, actor=coordinator)
    door.context.set_offline(False)
    with page.expect_download() as download:
        page.locator("[data-view=closed] [data-act=export]").click()
    content = Path(download.value.path()).read_bytes()
    assert b"pallet" not in content
    for _again in range(2):
        take_in_file(open_file(content, choose(coordinator, Membership.objects.of_user(coordinator), None)))
    assert sorted(DropOff.objects.values_list("kind", flat=True)) == ["bag", "pallet"]
