import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

TEMPLATES = Path(settings.BASE_DIR) / "templates"


def test_a_ring_shows_what_is_made_of_the_target():
    with translation.override("en"):
        ring = render_to_string("web/_ring.html", {"made": 412, "target": 800, "label": "kits made"})
    assert 'stroke-dasharray="52 100"' in ring
    assert 'aria-label="412 of 800 kits made"' in ring


@pytest.mark.parametrize(("language", "said"), [("en", "</strong>, 50%"), ("fr", "</strong>, 50\xa0%")])
def test_a_ring_says_its_percentage_as_the_reader_writes_it(language, said):
    with translation.override(language):
        assert said in render_to_string("web/_ring.html", {"made": 4, "target": 8, "label": "kits"})


def test_a_ring_without_a_target_is_not_a_fault():
    assert "kd-ring" in render_to_string("web/_ring.html", {"made": 0, "target": 0, "label": "kits"})


def test_a_full_ring_says_so_by_its_colour_and_number():
    assert "kd-ring-full" in render_to_string("web/_ring.html", {"made": 801, "target": 800, "label": "kits"})


@pytest.mark.parametrize("kind", ["done", "attention", "refused", "doing", "quiet", ""])
def test_a_state_is_a_shape_and_a_word(kind):
    state = render_to_string("web/_state.html", {"kind": kind, "label": "Expédié"})
    assert "<svg" in state
    assert "Expédié" in state


def test_an_empty_list_offers_the_first_step():
    empty = render_to_string("web/_empty.html", {"sentence": "Kits.", "action_url": "/new/", "action_label": "Pack"})
    assert 'href="/new/"' in empty


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_template_has_nothing_inline(path):
    source = path.read_text()
    assert not re.search(r"\sstyle=|\son[a-z]+=|\shx-on|javascript:|<style", source)
    for attributes, content in re.findall(r"<script\b([^>]*)>(.*?)</script>", source, re.DOTALL):
        assert "src=" in attributes or "application/json" in attributes, content


def test_the_quick_exit_is_a_link_without_javascript():
    page = render_to_string("web/_quick_exit.html")
    assert 'href="https://www.wikipedia.org/"' in page
    assert "data-quick-exit" in page


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_colon_is_part_of_a_sentence_that_is_translated(path):
    untranslated = re.sub(r"(?s){% blocktranslate.*?{% endblocktranslate %}", "", path.read_text())
    assert not re.search(r"(}}|[\w'\"] %}|</\w+>):(\s|<|$)", untranslated)  # French has a space before it
