"""The colours of the theme, held to WCAG 2.2 AA: 4.5 to 1 for text, 3 to 1 for shapes and edges."""

import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"
THEME = (STATIC / "kitdrive" / "theme.css").read_text()
SURFACES = ("paper", "surface", "sunk")
TINTS = ("plum-tint", "saffron-tint", "sage-tint", "brick-tint")
TEXTS = [
    *[(text, ground) for text in ("ink", "muted", "plum", "plum-strong", "brick") for ground in SURFACES],
    *[("ink", tint) for tint in TINTS],
    ("plum-strong", "plum-tint"),
    ("muted", "plum-tint"),  # lesser words in a row under the pointer, a tab that is pressed
    ("ink", "line"),
    ("paper", "ink"),  # the quick exit
    ("on-plum", "plum"),
    ("on-plum", "plum-strong"),
    ("on-brick", "brick"),
    ("on-brick", "brick-strong"),
]
SHAPES = [
    *[("edge", ground) for ground in SURFACES],
    *[("focus", ground) for ground in (*SURFACES, *TINTS)],
    ("sage", "sage-tint"),
    ("brick", "brick-tint"),
    ("plum", "plum-tint"),
    *[(ring, ground) for ring in ("plum", "sage") for ground in ("line", "sunk", "surface")],
    ("brick", "surface"),
]
MARK = [("#faf6f0", silk) for silk in ("#5b2b4e", "#8a4778")]  # the two diagonals, and the tick of a box


def tokens(scheme):
    light, dark = THEME.split("@media (prefers-color-scheme: dark)", 1)
    pairs = re.findall(r"--kd-([\w-]+): (#[0-9a-f]{6});", light if scheme == "light" else dark.split("@media")[0])
    return dict(pairs)


def contrast(one, other):
    def luminance(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_words_can_be_read(scheme, text, ground):
    colours = tokens(scheme)
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes_can_be_seen(scheme, shape, ground):
    colours = tokens(scheme)
    assert contrast(colours[shape], colours[ground]) >= 3


@pytest.mark.parametrize(("line", "silk"), MARK)
def test_the_mark_is_told_from_its_ground(line, silk):
    assert contrast(line, silk) >= 3


def test_the_night_has_every_colour_of_the_day():
    assert tokens("light").keys() == tokens("dark").keys()


def test_pages_take_their_colours_from_the_theme():
    ours = {*tokens("light").values(), *tokens("dark").values(), *(colour for pair in MARK for colour in pair)}
    allowed = ours | {"#fff", "#000", "#333", "#666", "#999"}  # paper is printed in greys
    for sheet in (STATIC / "web").glob("*.css"):
        assert set(re.findall(r"#[0-9a-f]{3,8}\b", sheet.read_text())) <= allowed, sheet.name


def test_saffron_is_never_text():
    for sheet in STATIC.rglob("*.css"):
        for rule in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet.read_text()):
            if re.search(r"(?<![\w-])color:\s*var\(--kd-saffron\)", rule[1]):
                assert re.search(r"\.kd-icon|-shape\b", rule[0]), f"{sheet.name}: {rule[0].strip()}"


def test_nothing_comes_from_elsewhere():
    for sheet in STATIC.rglob("*.css"):
        assert not re.search(r"@import|url\(\s*[\"']?(?:https?:)?//", sheet.read_text()), sheet.name
