"""The sorting table in a browser: + writes lines, a scanned code adds one, and the grams add up while one types."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from donations.models import Container, Refusal, SortingLine
from network.models import Site
from stock.models import Gtin
from tests import cast
from tests.browser import steps
from tests.browser.keyboard import Keyboard
from tests.donations.sorted import collected, filled

ROOM_LEFT = """(select) => {
  const { font, paddingLeft, paddingRight } = getComputedStyle(select);
  const pen = Object.assign(document.createElement("canvas").getContext("2d"), { font });
  const words = pen.measureText(select.selectedOptions[0].text).width;
  return select.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight) - words;
}"""


@pytest.fixture
def carton() -> Container:
    """Two kilograms of which nothing is sorted yet; soap, a coat, and a jar that has a date."""
    Gtin.objects.create(house=cast.the_house(), item=cast.an_item("Savon"), code="03017620422003")
    cast.an_item("Manteau", category="clothing")
    cast.a_dated_item("Compote")
    return collected(grams=2000)


@pytest.fixture
def table(browser_of: Callable[..., Page], carton: Container) -> Page:
    page = browser_of(cast.a_volunteer())
    page.goto(f"/sorting/{carton.pk}/")
    return page


def one_more(page: Page, article: str) -> Locator:
    return page.locator(f'[data-article="{article}"] [data-step="1"]')


def line_of(page: Page, number: int) -> Locator:
    return page.locator("[data-line]:visible").nth(number)


def left(page: Page) -> Locator:
    return page.locator('[data-show="left"]')


def test_each_press_is_one_article_more_and_one_less(table: Page):
    for _press in range(3):
        one_more(table, "Savon").click()
    table.locator('[data-article="Savon"] [data-step="-1"]').click()
    expect(line_of(table, 0).locator("[name$=-quantity]")).to_have_value("2")
    expect(table.locator('[data-article="Savon"] [data-count]')).to_have_text("2")
    for _press in range(2):
        table.locator('[data-article="Savon"] [data-step="-1"]').click()
    expect(table.locator("[data-line]:visible")).to_have_count(0)


def test_where_it_lies_is_read_whole_beside_the_articles(browser_of: Callable[..., Page], carton: Container):
    Site.objects.filter(pk=carton.collected_to_id).update(name="Atelier des Tilleuls")
    page = browser_of(cast.a_volunteer())
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"/sorting/{carton.pk}/")
    place = page.locator("select[name=place]")
    expect(place.locator(":checked")).to_have_text("Atelier des Tilleuls, Réserve")
    assert place.evaluate(ROOM_LEFT) >= 0


def test_more_articles_than_there_were_rows_are_saved_in_their_order(table: Page):
    names = [f"Savon {number}" for number in range(6)]
    for name in names:
        cast.an_item(name)
    table.reload()
    for name in names:
        one_more(table, name).click()
    steps.press(table, "Save this part")
    steps.sees_done(table)
    assert [str(line.item) for line in SortingLine.objects.order_by("pk")] == names


def test_a_scanner_adds_one_to_its_line_and_one_goes_on_by_hand(table: Page):
    one_more(table, "Manteau").click()
    code = steps.field(table, "code")
    code.focus()
    for _scan in range(3):
        code.press_sequentially("3017620422003\n")
    expect(line_of(table, 1).locator("[name$=-quantity]")).to_have_value("3")
    expect(line_of(table, 1)).to_have_class(re.compile("kd-sort-latest"))
    expect(table.locator('[data-article="Savon"] [data-count]')).to_have_text("3")
    one_more(table, "Savon").click()
    one_more(table, "Compote").click()
    expect(table.locator("[data-line]:visible")).to_have_count(3)
    table.locator("[data-scan-row]").click()
    expect(line_of(table, 1).locator("[name$=-quantity]")).to_be_focused()
    assert not SortingLine.objects.exists()
    table.locator('[data-article="Compote"] [data-step="-1"]').click()
    steps.press(table, "Save this part")
    steps.sees_done(table)
    assert dict(SortingLine.objects.values_list("item__name", "quantity")) == {"Manteau": 1, "Savon": 4}


def test_what_is_pressed_while_a_code_is_on_its_way_is_not_lost(table: Page):
    table.route("**/sorting/*/", lambda route: (table.wait_for_timeout(400), route.continue_()))
    steps.field(table, "code").press_sequentially("3017620422003\n")
    one_more(table, "Manteau").click()
    for article in ("Savon", "Manteau"):
        expect(table.locator(f'[data-article="{article}"] [data-count]')).to_have_text("1")


def test_a_scanner_in_the_search_field_scans_and_a_name_is_found(table: Page):
    search = table.locator("#find-article")
    search.press_sequentially("3017620422003\n")
    expect(line_of(table, 0).locator("[name$=-quantity]")).to_have_value("1")
    expect(search).to_have_value("")
    search.fill("mânteau")
    expect(table.locator("[data-article]:visible")).to_have_count(1)
    search.fill("chapeau")
    expect(table.locator("[data-none]")).to_be_visible()


def test_a_date_is_asked_of_what_has_one_and_two_dates_are_two_lines(table: Page):
    one_more(table, "Savon").click()
    expect(line_of(table, 0).locator("[name$=-best_before]")).to_be_hidden()
    one_more(table, "Compote").click()
    days = [timezone.localdate() + timedelta(days=ahead) for ahead in (300, 400)]
    line_of(table, 1).locator("[name$=-best_before]").fill(f"{days[0]:%d/%m/%Y}")
    line_of(table, 1).locator("[data-other]").click()
    line_of(table, 2).locator("[name$=-best_before]").fill(f"{days[1]:%d/%m/%Y}")
    steps.press(table, "Save this part")
    steps.sees_done(table)
    assert list(SortingLine.objects.order_by("pk").values_list("lot__best_before", flat=True)) == [None, *days]


def test_the_grams_add_up_while_one_types_and_the_difference_is_named(table: Page, carton: Container):
    one_more(table, "Savon").click()
    line_of(table, 0).locator("[name$=-grams]").fill("1500")
    expect(left(table)).to_have_text("500 g")
    expect(table.locator("[data-loss]")).to_be_visible()
    table.locator(".kd-sort-reason [data-step='1']").first.click()
    expect(left(table)).to_have_text("—")  # something is not weighed
    table.locator("[name=refused-dirty_grams]").fill("500")
    expect(left(table)).to_have_text("0 g")
    expect(table.locator("[data-loss]")).to_be_hidden()
    steps.press(table, "Save, and it is empty")
    steps.sees_done(table)
    carton.refresh_from_db()
    assert (carton.state, carton.lost_grams, Refusal.objects.get().grams) == ("sorted", 0, 500)


def test_a_refused_line_is_shown_with_what_was_typed(table: Page):
    one_more(table, "Compote").click()
    steps.press(table, "Save this part")
    expect(line_of(table, 0).locator(".kd-error")).to_be_visible()
    expect(table.locator('[data-article="Compote"] [data-count]')).to_have_text("1")
    assert not SortingLine.objects.exists()


def test_it_works_without_javascript(browser_of: Callable[..., Page], carton: Container):
    page = browser_of(cast.a_volunteer(), java_script_enabled=False)
    page.goto(f"/sorting/{carton.pk}/")
    expect(page.locator("[data-panel]")).to_be_hidden()
    page.locator("[name=lines-0-item]").fill("Savon")
    page.locator("[name=lines-0-quantity]").fill("4")
    page.locator("[name=refused-worn]").fill("2")
    steps.field(page, "code").press_sequentially("3017620422003\n")
    expect(page.locator("[name=lines-0-quantity]")).to_have_value("5")
    page.locator("[name=lines-0-quantity]").fill("4")
    steps.press(page, "Save this part")
    steps.sees_done(page)
    assert (SortingLine.objects.get().quantity, Refusal.objects.get().quantity) == (4, 2)


def test_a_carton_is_sorted_by_keyboard_alone(keyboard_of: Callable[..., Keyboard], carton: Container):
    keys = keyboard_of(cast.a_volunteer())
    keys.page.goto("/sorting/")
    keys.begins_in_a_field()
    keys.type(carton.code)
    with keys.leaving():
        keys.press("Enter")
    keys.tab_to("Find an article by its name")
    keys.type("savon")
    keys.press("Enter", "Enter")
    keys.tab_to("Save this part")
    with keys.leaving():
        keys.press("Enter")
    steps.sees_done(keys.page)
    assert SortingLine.objects.get().quantity == 1


def test_scanned_codes_tick_what_leaves(browser_of: Callable[..., Page]):
    first, second, hall = filled(), filled(), cast.a_site()
    page = browser_of(cast.a_volunteer())
    page.goto("/containers/collect/")
    page.locator("[name=codes]").press_sequentially(f"{first.code}\n")
    expect(page.locator(f"[data-code='{first.code}']")).to_be_checked()
    expect(page.locator(f"[data-code='{second.code}']")).not_to_be_checked()
    steps.choose(page, "to", hall)
    steps.press(page, "Note that they leave")
    steps.sees_done(page)
    assert list(Container.objects.to_collect()) == [second]
