"""The user guide shows the pages as they are: what its pictures say is compared with today's pages, in both languages.

`make pictures` takes them anew.
"""

import json
import os
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from PIL import Image
from playwright.sync_api import Page

from tests.browser.guide import FOLDER, LANGUAGES, SHOTS, SIZE, WORDS, Shot, digest
from tests.browser.guide_stage import DAY, a_person, tell_the_demonstration

WRITTEN = os.environ.get("KITDRIVE_PICTURES") == "1"
COLOURS = 128  # of a picture: enough for a page, and a third of the bytes


@pytest.mark.usefixtures("django_db_reset_sequences")  # some pages number their rows
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pictures_show_the_pages_of_today(open_browser, live_server, settings, language: str):
    settings.DEMO = True
    with time_machine.travel(DAY):
        secret = tell_the_demonstration()
        page = open_browser(viewport=SIZE, color_scheme="light", reduced_motion="reduce")
        chosen = {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}
        let_in = {"name": settings.TABLET_COOKIE_NAME, "value": secret, "domain": "localhost", "path": "/collect/"}
        page.context.add_cookies([chosen, let_in])
        page.clock.set_fixed_time(DAY)  # of the browser too: what a tablet notes bears its hour
        words = {shot.name: said_by(page, live_server.url, shot, language) for shot in SHOTS}
    known = json.loads(WORDS.read_text()) if WORDS.exists() else {}
    if WRITTEN:
        WORDS.write_text(json.dumps({**known, language: words}, indent=1, sort_keys=True) + "\n")
    else:
        assert words == known[language], "The guide has aged: make pictures"
        assert all(Path(FOLDER, language, f"{name}.png").exists() for name in words)


def said_by(page: Page, address: str, shot: Shot, language: str) -> str:
    """Open the page as `shot.who`, take its picture if asked to, and answer the digest of what it says."""
    sign_in(page, address, shot.who)
    page.set_viewport_size(shot.size or SIZE)
    answer = page.goto(shot.address(language), wait_until="networkidle")
    assert answer, shot.name
    assert answer.ok, shot.name
    if shot.steps:
        shot.steps(page)
    if WRITTEN:
        take(page, FOLDER / language / f"{shot.name}.png")
    return digest(page.locator("body").inner_text())


def sign_in(page: Page, address: str, who: str) -> None:
    """As somebody of the demonstration, or as nobody."""
    name = settings.SESSION_COOKIE_NAME
    page.context.clear_cookies(name=name)
    if who:
        client = Client()
        client.force_login(a_person(who))
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])


def take(page: Page, picture: Path) -> None:
    picture.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=picture)
    with Image.open(picture) as image:
        image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(picture, optimize=True)
