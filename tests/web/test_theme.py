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
]


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


def test_saffron_is_never_text():
    for sheet in STATIC.rglob("*.css"):
        for rule in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet.read_text()):
            if re.search(r"(?<![\w-])color:\s*var\(--kd-saffron\)", rule[1]):
                assert ".kd-icon" in rule[0], f"{sheet.name}: {rule[0].strip()}"


def test_nothing_comes_from_elsewhere():
    for sheet in STATIC.rglob("*.css"):
        assert not re.search(r"@import|url\(\s*[\"']?(?:https?:)?//", sheet.read_text()), sheet.name
