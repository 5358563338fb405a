"""A paper is laid out once, whichever process asks, and a cache that is broken stops no print."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.utils import translation

from printing import layouts, pdf
from printing.layouts import Layout, Source
from tests.printing.stamped import paper

__all__ = ["paper"]


@pytest.fixture
def composed(monkeypatch) -> list[str]:
    """The pages that WeasyPrint lays out from now on, with nothing known before."""
    forget_all()
    made, compose = [], layouts._compose

    def counted(source: Source) -> Layout:
        made.append(source.page)
        return compose(source)

    monkeypatch.setattr(layouts, "_compose", counted)
    return made


def forget_all() -> None:
    caches["papers"].clear()
    as_another_process()


def as_another_process() -> None:
    layouts._laid_out.cache_clear()


def kept_files() -> list[Path]:
    return list(Path(settings.CACHES["papers"]["LOCATION"]).glob("*.djcache"))


def test_the_same_paper_is_laid_out_once(paper, composed):
    first = paper("<p>Savon</p>")
    assert paper("<p>Savon</p>") == first
    as_another_process()
    assert paper("<p>Savon</p>") == first
    assert len(composed) == 1


def test_whatever_goes_in_makes_another_paper(paper, composed, monkeypatch):
    paper("<p>Savon</p>")
    paper("<p>Gel</p>")
    paper("<p>Savon</p>", characters="ABC")
    with translation.override("fr"):
        paper("<p>Savon</p>")
    monkeypatch.setattr(pdf, "style_sheet", lambda name: "p { color: red }")
    monkeypatch.setattr(layouts, "style_sheet", lambda name: "p { color: red }")
    paper("<p>Savon</p>")
    assert len(composed) == 5


@pytest.mark.parametrize("changed", ["weasyprint_version", "fonts_of_the_machine"])
def test_another_weasyprint_and_other_fonts_too(paper, composed, monkeypatch, changed):
    paper("<p>Savon</p>")
    as_another_process()
    monkeypatch.setattr(layouts, changed, "another" if changed == "weasyprint_version" else lambda: "others")
    paper("<p>Savon</p>")
    assert len(composed) == 2


@pytest.mark.parametrize("torn", [lambda whole: whole[: len(whole) // 2], lambda whole: b"", lambda whole: b"\0" * 99])
def test_a_file_that_was_written_by_halves_is_written_again(paper, composed, torn):
    whole = paper("<p>Savon</p>")
    (file,) = kept_files()
    file.write_bytes(torn(file.read_bytes()))
    as_another_process()
    assert paper("<p>Savon</p>") == whole
    as_another_process()
    assert paper("<p>Savon</p>") == whole
    assert len(composed) == 2


def test_a_cache_that_holds_something_else_is_not_believed(paper, composed):
    paper("<p>Savon</p>")
    (file,) = kept_files()
    caches["papers"].set("x", "something else")
    other = next(found for found in kept_files() if found != file)
    file.write_bytes(other.read_bytes())
    as_another_process()
    assert paper("<p>Savon</p>").pages
    assert len(composed) == 2


def test_a_disk_that_takes_nothing_stops_no_print(paper, composed, monkeypatch):
    def full(*args, **kwargs) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(caches["papers"]), "set", full)
    assert paper("<p>Savon</p>").pages


def test_several_at_the_same_moment_get_the_same_paper(paper, composed):
    """Threads of one server; processes meet in the file cache alone, which moves whole files into place."""
    with ThreadPoolExecutor(4) as people:
        found = list(people.map(lambda _number: paper("<p>Savon</p>"), range(8)))
    assert all(layout.pages == found[0].pages and layout.faces == found[0].faces for layout in found)


def test_every_page_has_its_slots_and_the_specimen_none(paper):
    layout = paper("<p>un</p><p style='break-before: page'>deux</p>")
    assert [set(slots) for slots in layout.pages] == [{"code", "qr", "page"}] * 2


def test_a_font_that_is_added_is_noticed(monkeypatch, tmp_path):
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    before = layouts.fonts_of_the_machine.__wrapped__()
    Path(tmp_path, ".fonts").mkdir()
    Path(tmp_path, ".fonts", "other.ttf").write_bytes(b"font")
    assert layouts.fonts_of_the_machine.__wrapped__() != before
