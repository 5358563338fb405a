"""Papers for the people of the house: tagged whole in however many chunks they were laid out, their fonts inside."""

import gc

import pytest
from django.utils import translation

from printing import internal
from printing.internal import chunks, render_internal
from tests.printing.reading import fonts, metadata, pages, text
from tests.printing.tags import complaints, headings

TEMPLATE = "distribution/shipment_pick_list.html"


def a_paper(count: int, told=None, **context) -> bytes:
    contexts = [{"shipment": f"n° {number}", **context} for number in range(count)]
    return render_internal(TEMPLATE, contexts, title="Liste n° 12", told=told)


@pytest.mark.parametrize("count", [1, 3])
def test_its_tags_are_whole(count):
    made = a_paper(count)
    assert complaints(made, title="Liste n° 12", language="en") == []
    assert headings(made).count("/H1") == count
    assert len(pages(made)) == count


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_says_its_title_and_the_reader_s_language(language):
    with translation.override(language):
        made = a_paper(1)
    assert complaints(made, title="Liste n° 12", language=language) == []
    assert metadata(made)["/Title"] == "Liste n° 12"


def test_its_text_can_be_copied_and_its_fonts_are_inside():
    made = a_paper(2, house="Maison d’été, cœur")
    assert "Maison d’été, cœur" in text(made)
    assert "n° 1" in pages(made)[1]
    assert all(is_inside and "DejaVu" in name for name, is_inside in fonts(made))


def test_it_says_how_far_it_is_after_each_chunk():
    said = []
    a_paper(3, said.append)
    assert said == [1, 2, 3]


def test_garbage_is_collected_again_whatever_happens(monkeypatch):
    monkeypatch.setattr(internal, "_lay_out", lambda *_arguments: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        a_paper(1)
    assert gc.isenabled()


def test_rows_are_laid_out_twenty_at_a_time():
    assert [len(chunk) for chunk in chunks(list(range(45)))] == [20, 20, 5]
    assert list(chunks([])) == [[]]
