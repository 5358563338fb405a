"""The page of a tablet as it is seen: it fits its screen, axe finds nothing in any state, and it is light."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import cast
from tests.browser.faults import BY_DAY, BY_NIGHT, what_axe_says, what_sticks_out
from tests.browser.looking import CUT, EVERYTHING, SMALL
from tests.browser.tablets import PAGE, PHONE, TALL, WIDE, Door, add, is_kept

ROOM = "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
PLACES = """[...document.querySelectorAll(".c-work .c-add button, .c-with button, .c-rest button")]
  .map((one) => one.getBoundingClientRect()).map(({ x, y, width, height }) => [x, y, width, height])"""
PARTS = ("work", "keypad", "partner", "refuse", "goods", "leave", "outbox", "more", "code", "check")
OVER = ("ended", "revoked", "refused", "unknown")
MOST_BYTES = 150_000
WAITING = """(tablet) => new Promise((done) => {
  indexedDB.open("kitdrive-collect").onsuccess = ({ target }) => {
    const tx = target.result.transaction("entries", "readwrite");
    for (let each = 0; each < 10000; each += 1) {
      const what = { kind: "drop_off", what: "bag", quantity: 1 };
      const entry = { id: crypto.randomUUID(), at: new Date().toISOString(), ...what };
      tx.objectStore("entries").add({ tablet, state: "waiting", reason: "", entry });
    }
    tx.oncomplete = () => done();
  };
})"""


@pytest.fixture
def furnished(doors: Callable[..., Door]) -> Callable[..., Page]:
    """The page of a tablet with partners, goods, and ten entries of which some wait, in a browser of these options."""
    cast.an_organisation("Pharmacies du Canal", "partner")
    cast.an_item("Serviettes hygiéniques de nuit")
    point = cast.a_point("Grande pharmacie du Port de la Villette")
    tablet = cast.a_tablet(point, place=cast.the_store(point))

    def open_one(path: str = PAGE, **options) -> Page:
        page = doors(tablet, **options).open(path)
        expect(page.locator("[data-add=bag]")).to_be_visible()
        is_kept(page)
        page.context.set_offline(True)
        for what in ("bag", "carton", "pallet") * 3:
            add(page, what)
        return page

    return open_one


@pytest.mark.parametrize("path", [PAGE, "/collect/en/"], ids=["fr", "en"])
@pytest.mark.parametrize("screen", [WIDE, TALL], ids=["lying", "standing"])
def test_the_form_needs_no_scrolling(furnished: Callable[..., Page], screen: dict, path: str):
    page = furnished(path, viewport=screen, has_touch=True)
    assert page.evaluate(ROOM) == [screen["width"], screen["height"]]
    assert page.evaluate(CUT) == []
    assert page.evaluate(SMALL, [EVERYTHING, 48]) == []


def test_on_a_telephone_the_form_is_in_sight_and_the_last_ten_are_below(furnished: Callable[..., Page]):
    page = furnished(viewport=PHONE, has_touch=True)
    assert page.evaluate(ROOM)[0] == PHONE["width"]
    assert page.evaluate("document.querySelector('.c-rest').getBoundingClientRect().bottom") <= PHONE["height"]
    assert page.evaluate(SMALL, [EVERYTHING, 48]) == []


@pytest.mark.parametrize("screen", [WIDE, TALL, PHONE], ids=["lying", "standing", "telephone"])
def test_nothing_that_one_presses_moves_while_the_list_grows(doors: Callable[..., Door], screen: dict):
    page = doors(cast.a_tablet(), viewport=screen, has_touch=True).open()
    expect(page.locator("[data-add=bag]")).to_be_visible()
    before = page.evaluate(PLACES)
    for what in ("bag", "carton", "pallet"):
        add(page, what)
    expect(page.locator("[data-recent] li")).to_have_count(3)
    assert page.evaluate(PLACES) == before


@pytest.mark.parametrize("screen", [WIDE, TALL, PHONE], ids=["lying", "standing", "telephone"])
def test_the_code_of_what_leaves_is_seen_whole_in_one_line(furnished: Callable[..., Page], screen: dict):
    page = furnished(viewport=screen)
    page.evaluate("document.querySelector('[data-act=leave]').click()")
    page.locator("[data-leaves=pallet]").click()
    code = page.locator("[data-fill=leaving-code]")
    expect(code).not_to_be_empty()
    page.evaluate("document.querySelector('[data-fill=leaving-code]').textContent = 'WWWW WWWW'")
    assert page.evaluate(CUT) == []
    assert page.evaluate(ROOM)[0] == screen["width"]
    assert code.evaluate("each => each.clientHeight < 2 * parseFloat(getComputedStyle(each).fontSize)")


def test_a_new_code_is_asked_for_from_what_one_needs_rarely(furnished: Callable[..., Page]):
    page = furnished(viewport=TALL)
    page.locator("[data-act=more]").click()
    page.locator("[data-view=more] [data-act=ask]").click()
    expect(page.locator("#code")).to_be_visible()
    page.locator("[data-act=keep]").click()
    expect(page.locator("[data-add=bag]")).to_be_visible()


def test_axe_finds_nothing_before_its_scripts_have_run(live_server, page: Page):
    page.route("**/*.js", lambda route: route.abort())
    page.goto(live_server.url + PAGE)
    assert what_axe_says(page, BY_DAY) == []


@pytest.mark.parametrize(("scheme", "rules"), [("light", BY_DAY), ("dark", BY_NIGHT)])
def test_axe_finds_nothing_in_any_state(furnished: Callable[..., Page], scheme: str, rules: dict):
    page = furnished(viewport=WIDE, color_scheme=scheme)
    found = {}
    for part in PARTS:
        page.evaluate(f"collect.views.show('{part}')")
        found[part] = what_axe_says(page, rules) + page.evaluate(CUT)
    for state in OVER:
        page.evaluate(f"collect.store.remember({{state: '{state}'}}).then(collect.changed)")
        expect(page.locator("[data-view=closed]")).to_be_visible()
        found[state] = what_axe_says(page, rules) + page.evaluate(CUT)
    assert {part: said for part, said in found.items() if said} == {}


def test_nothing_sticks_out_where_it_is_narrow_or_letters_are_large(furnished: Callable[..., Page]):
    page = furnished(viewport=WIDE)
    found = {}
    for part in PARTS:
        page.evaluate(f"collect.views.show('{part}')")
        found[part] = what_sticks_out(page)
    assert {part: said for part, said in found.items() if said} == {}


def test_ten_thousand_entries_that_wait_slow_nothing_down(furnished: Callable[..., Page]):
    page = furnished(viewport=WIDE)
    page.evaluate(f"collect.store.recall('point').then((point) => ({WAITING})(point.tablet))")
    page.reload()
    add(page)
    expect(page.locator("[data-strip]")).to_have_attribute("data-waiting", "10010")
    page.locator("[data-strip]").click()
    expect(page.locator("[data-kept=waiting] li")).to_have_count(50)
    expect(page.locator("[data-kept=waiting] [data-more]")).to_contain_text("9")


def test_the_first_visit_weighs_little(doors: Callable[..., Door]):
    door, weights = doors(cast.a_tablet()), []
    door.context.on("response", lambda answer: weights.append(answer.request.sizes()["responseBodySize"]))
    page = door.open()
    expect(page.locator("[data-add=bag]")).to_be_visible()
    assert 10_000 < sum(weights) < MOST_BYTES
