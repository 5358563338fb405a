"""The server that the other browser tests lean on."""

import pytest
from django.urls import reverse
from playwright.sync_api import Error, Page
from pytest_django.live_server_helper import LiveServer

from kitdrive.settings import STATIC_URL


def test_styles_come_under_hashed_names(live_server: LiveServer, page: Page) -> None:
    statuses: dict[str, int] = {}
    page.on("response", lambda response: statuses.update({response.url: response.status}))
    page.goto(live_server.url + reverse("account_login"), wait_until="networkidle")
    theme = [url for url in statuses if f"{STATIC_URL}kitdrive/theme." in url]
    assert len(theme) == 1
    assert not theme[0].endswith("/theme.css")
    assert set(statuses.values()) == {200}


def test_the_browser_reaches_nothing_outside(page: Page) -> None:
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("https://example.org/")
