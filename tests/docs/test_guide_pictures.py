"""Each picture of the guide is one that `make pictures` takes, and each that it takes is shown somewhere."""

import re
from pathlib import Path

from django.conf import settings

from tests.browser.guide import FOLDER, LANGUAGES, SHOTS

ROOT = Path(settings.BASE_DIR)
SHOWN = [ROOT / "README.md", *ROOT.glob("docs/**/*.md")]
PICTURE = re.compile(r"!\[[^]]*\]\(([^)]*)\)")


def test_each_picture_is_taken_and_each_that_is_taken_is_shown():
    shown = {(page.parent / address).resolve() for page in SHOWN for address in PICTURE.findall(page.read_text())}
    taken = {FOLDER / language / f"{shot.name}.png" for language in LANGUAGES for shot in SHOTS}
    assert shown == taken


def test_no_picture_has_the_name_of_another():
    names = [shot.name for shot in SHOTS]
    assert len(names) == len(set(names))
