"""A paper of the tests that is stamped, made of what a test says is on it."""

from collections.abc import Callable

import pytest
from django.template import engines

from printing import layouts
from printing.layouts import Layout, lay_out
from printing.stamping import DIGITS

SLOTS = """
<style>
  .foot { position: fixed; bottom: 0; left: 0; right: 0; height: 30mm } .foot div { position: absolute; height: 8mm }
  #slot-code { left: 0; width: 40mm } #slot-page { right: 0; width: 30mm }
  #slot-qr { left: 60mm; width: 20mm; height: 20mm } .slot-code { font: 12pt "DejaVu Sans Mono" }
</style>
<div class="foot"><div id="slot-code" class="slot-code"></div><div id="slot-qr"></div>
<div id="slot-page" class="slot-page"></div></div>
"""
Paper = Callable[..., Layout]


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch) -> Paper:
    """The layout of `content`, with a slot for a code, a QR code and the page number on every page."""

    def made(content: str, characters: str = "ABCDEF ") -> Layout:
        source = '{% extends "printing/stamped.html" %}{% block stamped %}' + SLOTS + content + "{% endblock %}"
        template = engines["django"].from_string(source)
        monkeypatch.setattr(layouts, "render_to_string", lambda name, context: template.render(context))
        faces = {"code": characters, "page": DIGITS}
        return lay_out("a paper", {}, styles=("printing/paper.css", "printing/stamped.css"), faces=faces)

    return made
