"""The user guide in both languages: the same pages, each in the index, in the words of the screen.

In the guide bold words in quotation marks, **« Se connecter »** or **“Sign in”**, are those of the interface.
"""

import re
from functools import cache
from pathlib import Path

import allauth
import django
import polib
import pytest
from django.conf import settings

GUIDE = Path(settings.BASE_DIR, "docs", "guide")
LANGUAGES = ("fr", "en")
PAGES = sorted(GUIDE.glob("??/*.md"))
CATALOGUES = (
    Path(settings.BASE_DIR, "locale/fr/LC_MESSAGES/django.po"),
    Path(*django.__path__, "contrib/admin/locale/fr/LC_MESSAGES/django.po"),
    Path(*allauth.__path__, "locale/fr/LC_MESSAGES/django.po"),
)
QUOTED = {"fr": re.compile(r"\*\*«\s([^»]*)\s»\*\*"), "en": re.compile(r"\*\*“([^”]*)”\*\*")}
LEFT_OPEN = re.compile(r"%\(\w+\)[sd]")
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
PICTURE = re.compile(r"!\[([^]]*)\]\(([^)]*)\)")


def names(language: str) -> set[str]:
    return {page.name for page in PAGES if page.parent.name == language}


def pictures(page: Path) -> list[str]:
    return [Path(address).name for _words, address in PICTURE.findall(page.read_text())]


def plain(words: str) -> str:
    """The words as one compares them: spaces alike, blanks as “…”, without the full stop or colon at the end."""
    return " ".join(LEFT_OPEN.sub("…", words).split()).rstrip(" .:…")


@cache
def on_screen(language: str) -> set[str]:
    """Every text of the interface in that language, as it stands and with a capital."""
    said: set[str] = set()
    for catalogue in CATALOGUES:
        for entry in polib.pofile(str(catalogue)):
            singular_and_plural = [entry.msgid, entry.msgid_plural]
            if language == "fr":
                singular_and_plural = [entry.msgstr, *entry.msgstr_plural.values()]
            said |= {plain(words) for words in singular_and_plural}
    return said | {words[:1].upper() + words[1:] for words in said}


@pytest.mark.parametrize("chapter", PAGES, ids=lambda chapter: f"{chapter.parent.name}/{chapter.stem}")
def test_the_guide_says_the_words_of_the_screen(chapter: Path):
    language = chapter.parent.name
    quoted = [plain(words) for words in QUOTED[language].findall(chapter.read_text())]
    assert [words for words in quoted if words not in on_screen(language)] == []


@pytest.mark.parametrize("chapter", PAGES, ids=lambda chapter: f"{chapter.parent.name}/{chapter.stem}")
def test_what_is_bold_is_quoted_whole_or_not_at_all(chapter: Path):
    """Else nobody would compare the quotation with the screen."""
    bold = BOLD.findall(chapter.read_text())
    assert [words for words in bold if re.search("[«»“”]", words) and not re.fullmatch("[«“][^«»“”]*[»”]", words)] == []


@pytest.mark.parametrize("chapter", PAGES, ids=lambda chapter: f"{chapter.parent.name}/{chapter.stem}")
def test_every_page_says_what_one_needs_does_and_sees(chapter: Path):
    text = chapter.read_text()
    wanted = {
        "fr": ["## Avant de commencer", "## Étapes", "## C’est fait quand", "## Si…"],
        "en": ["## Before you start", "## Steps", "## It is done when", "## If…"],
    }
    assert re.findall(r"^## .*$", text, re.MULTILINE) == wanted[chapter.parent.name]
    assert re.search(r"^1\. ", text, re.MULTILINE)
    assert all(words for words, _address in PICTURE.findall(text)), "A picture says in words what it shows"


def test_both_languages_have_the_same_pages_and_pictures():
    assert PAGES
    assert names("fr") == names("en")
    for name in names("fr"):
        assert pictures(GUIDE / "fr" / name) == pictures(GUIDE / "en" / name), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_in_the_index(language: str):
    index = (GUIDE / "README.md").read_text()
    for name in names(language):
        title = (GUIDE / language / name).read_text().splitlines()[0].removeprefix("# ")
        assert f"- [{title}]({language}/{name})" in index


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_is_of_the_language_of_its_page(language: str):
    for page in (page for page in PAGES if page.parent.name == language):
        for _words, address in PICTURE.findall(page.read_text()):
            assert re.fullmatch(rf"\.\./\.\./images/{language}/[a-z-]+\.png", address), f"{page}: {address}"
