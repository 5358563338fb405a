"""A picture that somebody sends is drawn anew from its pixels, or refused with a sentence that says what to do."""

import random
from contextlib import suppress

import pytest
from PIL import Image, ImageCms, ImageFile

from tests.sent_pictures import a_wall, drawn, halves, is_blue, is_red, sent, written
from web.errors import Refused
from web.pictures import LARGE, MOST_BYTES, SMALL, redraw

PLACE = {1: "N", 2: (48.0, 51.0, 24.0), 3: "E", 4: (2.0, 21.0, 7.0)}  # EXIF's GPS block: latitude and longitude


def corners(image: Image.Image) -> tuple[bool, bool]:
    """Whether it is red on the left and blue on the right."""
    image = image.convert("RGB")
    middle = image.height // 2
    return is_red(image.getpixel((5, middle))), is_blue(image.getpixel((image.width - 5, middle)))


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("RGB", "JPEG"),
        ("CMYK", "JPEG"),
        ("RGB", "PNG"),
        ("P", "PNG"),
        ("RGBA", "PNG"),
        ("RGB", "WEBP"),
        ("RGBA", "WEBP"),
    ],
)
def test_what_cameras_and_programs_write_is_drawn_in_its_colours(mode, kind):
    kept = drawn(written(halves(mode), kind))
    assert (kept.format, kept.mode, kept.size, corners(kept)) == ("WEBP", "RGB", (400, 200), (True, True))


def test_it_is_kept_at_two_sizes_and_never_made_larger():
    picture = redraw(sent(written(halves(size=(4000, 1000)))))
    sizes = [drawn(content).size for content in (picture.large, picture.small)]
    assert sizes == [(LARGE, LARGE // 4), (SMALL, SMALL // 4)]


def test_place_time_device_comments_and_text_are_gone():
    exif = Image.Exif()
    exif[0x010F], exif[0x0132], exif[0x8825] = "Fairphone", "2026:11:20 10:00:00", PLACE
    content = written(halves(), exif=exif, comment=b"<script>alert(1)</script>", dpi=(300, 300), xmp=b"<x:xmpmeta/>")
    assert b"<script>" in content
    assert Image.open(sent(content)).getexif().get_ifd(0x8825) == PLACE
    picture = redraw(sent(content))
    for kept in (picture.large, picture.small):
        assert not {b"EXIF", b"XMP ", b"ICCP"} & {kept[at : at + 4] for at in range(len(kept))}
        assert b"script" not in kept
        assert b"Fairphone" not in kept
        assert not drawn(kept).getexif()


def test_what_is_hidden_behind_the_picture_is_gone():
    assert b"<html>" not in redraw(sent(written(halves()) + b"<html><script>alert(1)</script>")).large


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_that_was_taken_sideways_stands_upright(orientation):
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # the transposition that undoes each orientation
    image, exif = halves(), Image.Exif()
    exif[0x0112] = orientation
    turned = image.transpose(Image.Transpose(back[orientation])) if orientation > 1 else image
    kept = drawn(written(turned, exif=exif))
    assert (kept.size, corners(kept)) == ((400, 200), (True, True))


def test_what_is_transparent_lies_on_white():
    assert drawn(written(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG")).getpixel((9, 9)) == (255, 255, 255)
    palette = Image.new("P", (20, 20), 0)
    assert drawn(written(palette, "PNG", transparency=0)).getpixel((9, 9)) == (255, 255, 255)


def test_sixteen_bits_become_eight_without_turning_white():
    kept = drawn(written(Image.new("I;16", (20, 20), 128 * 257), "PNG"))
    assert abs(kept.getpixel((9, 9))[0] - 128) < 3


def test_only_the_first_picture_of_several_is_kept():
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    kept = drawn(written(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True))
    assert is_red(kept.getpixel((9, 9)))
    assert not getattr(kept, "is_animated", False)


def test_other_colour_spaces_are_brought_to_srgb():
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"....").replace(b"bXYZ", b"rXYZ").replace(b"....", b"bXYZ")
    kept = drawn(written(halves(), icc_profile=swapped)).convert("RGB")
    assert is_blue(kept.getpixel((5, 9)))
    assert is_red(kept.getpixel((395, 9)))
    for profile in (srgb, b"not a profile"):
        assert corners(drawn(written(halves(), icc_profile=profile))) == (True, True)


def refusal(content: bytes, name: str = "IMG_2931.jpg") -> str:
    with pytest.raises(Refused) as refused:
        redraw(sent(content, name))
    assert refused.value.field == "picture"
    return str(refused.value)


@pytest.mark.parametrize("side", [5_100, 10_000, 50_000])
def test_a_small_file_that_announces_a_wall_of_pixels_is_refused(side):
    assert "too many pixels" in refusal(a_wall(side, side))


def test_a_file_that_weighs_too_much_is_refused_unread():
    assert "more than 15 MB" in refusal(b"\xff" * (MOST_BYTES + 1))


@pytest.mark.parametrize(
    "content",
    [
        b"hello",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.7",
        written(halves("P"), "GIF"),
        written(halves(), "BMP"),
        written(halves(), "TIFF"),
    ],
)
def test_what_is_no_jpeg_png_or_webp_is_refused_whatever_its_name(content):
    assert "not a picture in JPEG, PNG or WebP" in refusal(content)


def test_the_format_of_telephones_is_refused_with_what_to_do():
    assert "Most Compatible" in refusal(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "IMG_0001.HEIC")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_half_a_picture_is_refused(kind, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint does when it is loaded
    content = written(Image.effect_noise((300, 300), 60).convert("RGB"), kind)
    assert "damaged or not whole" in refusal(content[: len(content) // 2])


def test_a_jpeg_of_thousands_of_passes_is_refused():
    content = written(halves(), progressive=True)
    last = content.rindex(b"\xff\xda")
    assert "damaged" in refusal(content[:-2] + content[last:-2] * 1_000 + b"\xff\xd9")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_whatever_is_broken_in_it_is_a_sentence_and_no_error(kind):
    content, chance = written(halves(size=(60, 40)), kind), random.Random(kind)
    for _time in range(150):
        broken = bytearray(content)
        for _byte in range(chance.randint(1, 8)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        with suppress(Refused):
            assert max(drawn(bytes(broken)).size) <= LARGE
