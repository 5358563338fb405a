from io import BytesIO

import pytest
from pypdf import PdfReader

from printing.layouts import lay_out
from printing.sheets import PER_SHEET, STYLES, Label, LabelFormat, print_labels
from tests.printing.reading import codes, pages

CHARACTERS = "0123456789"


def labels(count):
    return [Label((f"{number:04}", "1234"), f"{number:04}1234") for number in range(1, count + 1)]


def printed(count, label_format=LabelFormat.SHEET, **kwargs):
    return print_labels(labels(count), label_format=label_format, characters=CHARACTERS, **kwargs)


@pytest.mark.parametrize(
    ("count", "first", "sheets"), [(1, 1, [1]), (24, 1, [24]), (25, 1, [24, 1]), (1, 24, [1]), (30, 20, [5, 24, 1])]
)
def test_a_sheet_that_was_begun_is_used_up_first(count, first, sheets):
    found = codes(printed(count, first=first))
    assert [len(sheet) for sheet in found] == sheets
    assert {code for sheet in found for code in sheet} == {label.code for label in labels(count)}


def test_a_label_says_its_code_in_two_lines_and_nothing_else():
    assert pages(printed(1))[0].split() == ["0001", "1234"]
    assert pages(printed(1, LabelFormat.ROLL))[0].split() == ["0001", "1234"]


def test_a_roll_has_one_label_after_the_other():
    made = printed(3, LabelFormat.ROLL, first=20)
    assert codes(made) == [["00011234"], ["00021234"], ["00031234"]]
    box = PdfReader(BytesIO(made)).pages[0].mediabox
    assert round(float(box.width) / 72 * 25.4) == 62


def test_the_labels_of_a_sheet_stand_in_three_columns_and_eight_rows():
    context = {"label_format": LabelFormat.SHEET, "places": range(1, PER_SHEET + 1), "face": "wide"}
    (slots,) = lay_out("printing/labels.html", context, styles=STYLES, faces={"wide": CHARACTERS}).pages
    boxes = [slots[f"qr-{place}"] for place in range(1, PER_SHEET + 1)]
    assert len({round(box.left) for box in boxes}) == 3
    assert len({round(box.bottom) for box in boxes}) == 8
    assert boxes[0].bottom > boxes[-1].bottom > 0
