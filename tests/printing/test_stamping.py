import re

import pytest

from printing.layouts import MissingGlyph
from printing.stamping import Copy, NoSuchSlot, stamp
from tests.printing.reading import codes, fonts, metadata, pages
from tests.printing.stamped import paper

__all__ = ["paper"]
CODES = ["CAFE BABE", "DEAD BEEF", "FADE CAFE"]


def copies(layout, printed=CODES):
    return [Copy(layout, texts={"code": code}, codes={"qr": code.replace(" ", "")}) for code in printed]


def test_each_copy_has_its_code_and_nothing_tells_how_many_there_are(paper):
    read = pages(stamp(copies(paper("<p>Savon, œufs</p>"))))
    assert all("Savon, œufs" in page for page in read)
    assert [code in page for code, page in zip(CODES, read, strict=True)] == [True] * 3
    assert not any(re.search(r"\d / \d", page) for page in read)


def test_the_qr_codes_say_what_they_were_given(paper):
    found = codes(stamp(copies(paper("<p>Savon</p>"))))
    assert found == [["CAFEBABE"], ["DEADBEEF"], ["FADECAFE"]]


def test_a_copy_of_two_pages_has_its_code_and_a_page_number_on_both(paper):
    made = stamp(copies(paper("<p>un</p><p style='break-before: page'>deux</p>")))
    read = pages(made)
    assert ["CAFE BABE" in page for page in read] == [True, True, False, False, False, False]
    assert [re.search(r"\d / \d", page)[0] for page in read] == ["1 / 2", "2 / 2"] * 3
    assert codes(made)[0] == codes(made)[1] == ["CAFEBABE"]


def test_papers_of_several_kinds_are_one_file(paper):
    soap, gel = paper("<p>Savon</p>"), paper("<p>Gel</p>")
    read = pages(stamp([*copies(soap, CODES[:1]), *copies(gel, CODES[1:2]), *copies(soap, CODES[2:])]))
    assert [re.search("Savon|Gel", page)[0] for page in read] == ["Savon", "Gel", "Savon"]


def test_the_fonts_are_inside(paper):
    found = fonts(stamp(copies(paper("<p>Savon</p>"))))
    assert found
    assert all(is_inside and "DejaVu" in name for name, is_inside in found)


def test_it_says_nothing_of_its_origin_and_keeps_no_name_of_a_slot(paper):
    made = stamp(copies(paper("<p>Savon</p>")))
    assert metadata(made) == {}
    assert not re.search(rb"WeasyPrint|pikepdf|qpdf|CreationDate|Producer|Names|slot-|specimen", made)
    assert made == stamp(copies(paper("<p>Savon</p>")))


def test_two_files_have_the_same_identifier(paper):
    layout = paper("<p>Savon</p>")
    found = {re.search(rb"/ID\s*\[[^]]*\]", stamp(copies(layout, [code]))) for code in CODES}
    assert len({match[0] if match else None for match in found}) == 1


def test_a_character_that_no_font_has_stops_the_print(paper):
    layout = paper("<p>Savon</p>", characters="ABC\ufffe")
    for text in ("D", "\ufffe"):
        with pytest.raises(MissingGlyph):
            stamp([Copy(layout, texts={"code": text})])


def test_a_slot_that_is_not_there_stops_the_print(paper):
    with pytest.raises(NoSuchSlot):
        stamp([Copy(paper("<p>Savon</p>"), texts={"cod": "A"})])


def test_progress_is_told(paper):
    told = []
    stamp(copies(paper("<p>Savon</p>"), CODES * 20), lambda done, total: told.append((done, total)))
    assert told == [(25, 60), (50, 60), (60, 60)]
