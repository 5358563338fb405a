"""The pictures of the documentation, of the demonstration as it opens. They are checked here, and written on request:

KITDRIVE_PICTURES=1 pytest tests/browser/test_pictures.py
"""

import os
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as the_settings
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from kitdrive.demo import plan
from tests.browser import steps

WRITTEN = os.environ.get("KITDRIVE_PICTURES") == "1"
SIZE = {"width": 1280, "height": 800}
PNG = b"\x89PNG"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where pictures go."""
    return Path(the_settings.BASE_DIR, "docs", "images") if WRITTEN else tmp_path


@pytest.fixture
def coordinator(open_browser, settings) -> Page:
    """The demonstration as its coordinator opens it."""
    settings.DEMO = True
    User.objects.all().delete()
    call_command("demo", stdout=StringIO())
    page = open_browser(viewport=SIZE, color_scheme="light")
    steps.sign_in(page, User.objects.get(email=f"coordination@{plan.MAIL_DOMAIN}"), plan.PASSWORD)
    page.goto(reverse("home"), wait_until="networkidle")
    return page


def test_the_home_of_the_coordination(coordinator: Page, folder: Path):
    expect(coordinator.locator(".kd-ring")).to_be_visible()
    expect(coordinator.locator("#messages > *")).to_have_count(0)
    picture = folder / "home.png"
    picture.parent.mkdir(parents=True, exist_ok=True)
    coordinator.screenshot(path=picture)
    assert picture.read_bytes().startswith(PNG)
