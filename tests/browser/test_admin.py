"""The administration in a real browser, under its strict policy: a silent console, choices found by typing."""

import pytest
from allauth.mfa.totp.internal import auth
from django.conf import settings
from django.test import Client
from playwright.sync_api import ConsoleMessage, Page, expect

from stock.models import Item
from tests.browser.faults import BY_DAY, BY_NIGHT, what_axe_says
from tests.cast import an_admin, an_item, an_organisation, stocked, the_house

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=["fr", "en"])
def administration(request, page: Page, live_server):
    """A signed-in administrator's page, in one language and then the other; an error in the console fails the test."""
    errors: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            errors.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: errors.append(str(error)))
    user = an_admin()
    auth.TOTP.activate(user, auth.generate_totp_secret())
    client = Client()
    client.force_login(user)
    cookies = {"sessionid": client.cookies["sessionid"].value, settings.LANGUAGE_COOKIE_NAME: request.param}
    page.context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
    )
    page.goto(f"{live_server.url}/admin/")
    yield page
    assert errors == []


def test_pages_run_without_an_error(administration: Page, live_server):
    stocked("Savon", 5)
    for path in ("", "stock/item/", "stock/item/add/", "stock/operation/", "network/house/", "donations/drive/add/"):
        answer = administration.goto(f"{live_server.url}/admin/{path}")
        assert answer.status == 200
        administration.wait_for_load_state("networkidle")
    administration.goto(f"{live_server.url}/admin/stock/item/{Item.objects.get().pk}/history/")
    with administration.expect_navigation(wait_until="networkidle"):
        administration.locator("#change-history a").first.click()


PAGES = ("", "stock/item/", "stock/item/add/", "network/membership/add/", "accounts/user/", "accounts/user/add/")


def test_pages_fit_a_telephone_and_can_be_read_by_day_and_by_night(administration: Page, live_server):
    stocked("Savon", 5)
    wrong = []
    for path in PAGES:
        administration.set_viewport_size({"width": 390, "height": 844})
        administration.goto(f"{live_server.url}/admin/{path}", wait_until="networkidle")
        width = administration.evaluate("document.documentElement.scrollWidth")
        wrong += [f"{path} is {width} px wide"] if width > 390 else []
        for scheme, asked in (("light", BY_DAY), ("dark", BY_NIGHT)):
            administration.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            wrong += [f"{scheme} {path}: {each}" for each in what_axe_says(administration, asked)]
    assert wrong == []


LISTS = ("stock/item/", "stock/movement/", "network/organisation/", "network/membership/", "accounts/user/")


def test_a_list_beside_its_filters_does_not_slide_sideways(administration: Page, live_server):
    stocked("Savon", 5)
    an_organisation("Association du Faubourg-Saint-Antoine-et-Bercy, antenne de Saint-Germain-l’Auxerrois")
    administration.set_viewport_size({"width": 1280, "height": 800})
    wide = []
    for path in LISTS:
        administration.goto(f"{live_server.url}/admin/{path}", wait_until="networkidle")
        more = "const list = document.querySelector('.results'); list.scrollWidth - list.clientWidth"
        wide += [path] if administration.evaluate(more) > 0 else []
    assert wide == []


def test_an_empty_list_says_so(administration: Page, live_server):
    administration.goto(f"{live_server.url}/admin/stock/lot/")
    assert administration.locator(".kd-nothing").is_visible()


def test_an_organisation_is_found_by_typing(administration: Page, live_server):
    an_organisation("Les Iris")
    administration.goto(f"{live_server.url}/admin/network/membership/add/")
    administration.locator(".field-organisation .select2-selection").click()
    administration.locator(".select2-search__field").fill("iri")
    administration.get_by_role("option", name="Les Iris").click()
    expect(administration.locator(".field-organisation .select2-selection")).to_contain_text("Les Iris")


def test_a_row_is_added_by_its_button(administration: Page, live_server):
    item = an_item(house=the_house())
    administration.goto(f"{live_server.url}/admin/stock/item/{item.pk}/change/")
    administration.locator(".add-row a").click()
    administration.locator("[name=gtins-0-code]").fill("3017620422003")
    with administration.expect_navigation():
        administration.locator("[name=_save]").first.click()
    assert item.gtins.exists()
