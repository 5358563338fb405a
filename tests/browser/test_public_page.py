"""The public page of a drive in a browser: it leaves nothing there, is left at once, and fits one sheet."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from donations.publishing import publish_drive
from kits.targets import TargetLine, set_targets
from network.enums import SiteKind
from tests.cast import a_coordinator, a_drive, a_site, a_version, an_item

NEUTRAL = "https://www.wikipedia.org/"
PATH = "/fr/collectes/automne/"


@pytest.fixture
def page(open_browser: Callable[..., Page]) -> Page:
    """The page of a drive that needs forty articles at four points."""
    drive = a_drive()
    version = a_version({an_item(f"Article de la liste {number:02}"): 1 for number in range(40)})
    set_targets(drive=drive, targets=[TargetLine(version.template, 100)], actor=a_coordinator())
    drive.sites.set(a_site(f"Pharmacie {name}", SiteKind.COLLECTION_POINT) for name in ("Nord", "Sud", "Est", "Ouest"))
    publish_drive(drive=drive, slug="automne", actor=a_coordinator())
    page = open_browser()
    page.goto(PATH)
    return page


def test_it_leaves_nothing_in_the_browser_and_speaks_the_other_language_by_a_link(page: Page):
    page.locator("a[hreflang=en]").click()
    page.wait_for_url("**/en/drives/automne/")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_it_asks_this_server_for_everything_and_for_little(open_browser: Callable[..., Page], page: Page):
    fresh, weights = open_browser(), []
    fresh.on("response", lambda answer: weights.append((answer.url, answer.request.sizes()["responseBodySize"])))
    fresh.goto(PATH, wait_until="networkidle")
    assert {url.split("/")[2] for url, _size in weights} == {page.url.split("/")[2]}
    assert 0 < sum(size for _url, size in weights) < 40_000


def test_shift_three_times_leaves_it(page: Page):
    page.route(f"{NEUTRAL}**", lambda route: route.fulfill(body="<title>Neutral</title>", content_type="text/html"))
    for _press in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(NEUTRAL)


def test_forty_articles_and_four_points_fit_one_sheet(page: Page):
    sheet = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1


def test_without_javascript_all_of_it_stands_there(open_browser: Callable[..., Page], page: Page):
    plain = open_browser(java_script_enabled=False)
    plain.goto(PATH)
    assert plain.get_by_text("Article de la liste 39").is_visible()
    assert plain.get_by_role("link", name="Quitter ce site").get_attribute("href") == NEUTRAL
