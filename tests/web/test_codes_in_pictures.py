"""A photo of a code is read askew, out of focus and in poor light; what is no picture is refused, and none is kept."""

import tempfile
from pathlib import Path

import pytest
import zxingcpp
from django.conf import settings
from PIL import Image

from tests.photos import EAN, a_code, a_photo
from tests.sent_pictures import a_wall, sent, written
from web.codes_in_pictures import codes_in
from web.errors import Refused
from web.pictures import MOST_BYTES

GS1 = "(01)03017620422003(17)270300(10)A1"


def read(content: bytes) -> list[str]:
    return codes_in(sent(content))


@pytest.mark.parametrize("angle", [0, 20, 45, 70, 90, 135, 180, 300])
def test_a_code_is_read_however_the_camera_was_held(angle):
    assert read(a_photo(angle=angle, size=(2000, 1500))) == [f"]E0{EAN}"]


@pytest.mark.parametrize(
    "how",
    [{"blur": 6}, {"noise": 0.4}, {"contrast": 0.2}, {"angle": 20, "blur": 4, "noise": 0.15, "contrast": 0.5}],
    ids=str,
)
def test_a_code_is_read_out_of_focus_and_in_poor_light(how):
    assert read(a_photo(**how)) == [f"]E0{EAN}"]


@pytest.mark.parametrize("angle", [0, 45])
def test_a_small_code_is_found_at_full_size(angle):
    assert read(a_photo(part=0.1, angle=angle)) == [f"]E0{EAN}"]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (zxingcpp.BarcodeFormat.Code128, "]C1010301762042200317270300" + "10A1"),
        (zxingcpp.BarcodeFormat.DataMatrix, "]d2010301762042200317270300" + "10A1"),
    ],
    ids=str,
)
@pytest.mark.parametrize("angle", [0, 30])
def test_gs1_codes_say_their_lot_and_date(kind, said, angle):
    code = Image.fromarray(zxingcpp.create_barcode(GS1, kind, gs1=True).to_image(scale=4)).convert("L")
    assert read(a_photo(code, size=(1200, 900), part=0.5, angle=angle)) == [said]


def test_what_few_lines_agree_on_does_not_count():
    strip = a_code().crop((0, 0, a_code().width, 8))
    assert read(a_photo(strip, size=(2000, 1500))) == []


def test_several_codes_are_all_read():
    assert set(read(a_photo(a_code(), a_code("4006381333931"), size=(2000, 1500)))) == {f"]E0{EAN}", "]E04006381333931"}


def test_a_picture_without_a_code_and_one_that_is_seen_through_are_no_fault():
    assert read(written(Image.linear_gradient("L").resize((1200, 900)))) == []
    transparent = Image.new("LA", (400, 300), (0, 0))
    transparent.paste(a_code(scale=2).resize((300, 100)).convert("LA"), (50, 50))
    assert read(written(transparent, "PNG")) == [f"]E0{EAN}"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<html>Savon</html>", "not a picture in JPEG, PNG or WebP"),
        (b"", "not a picture in JPEG, PNG or WebP"),
        (a_wall(30_000, 30_000), "too many pixels"),
        (a_photo(size=(800, 600))[:-4000], "damaged or not whole"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 400, "damaged or not whole"),
    ],
    ids=["a page", "nothing", "a bomb", "half a photo", "a broken one"],
)
def test_what_is_no_picture_is_refused(content, sentence):
    with pytest.raises(Refused, match=sentence):
        read(content)


def test_what_is_too_large_is_refused_unread():
    file = sent(b"")
    file.size = MOST_BYTES + 1
    with pytest.raises(Refused, match="weighs more than 15 MB"):
        codes_in(file)


def test_nothing_of_the_photo_is_kept(monkeypatch):
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", None)
    before = set(Path(settings.MEDIA_ROOT).rglob("*"))
    assert read(a_photo(size=(1200, 900)))
    assert set(Path(settings.MEDIA_ROOT).rglob("*")) == before
