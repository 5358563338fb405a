"""Codes in a photo that somebody takes where the browser reads none by itself. The photo is looked at, never kept."""

from collections.abc import Iterator

import zxingcpp
from django.core.files.base import File
from PIL import Image, ImageFilter

from web.pictures import looked_at

SMALLER, SMALL, LARGE = 1000, 1600, 4096  # pixels of the longer side: most codes are found without the last
ANGLES = (0, 30, -30)  # with the quarter turns that zxing-cpp tries itself, bars lie within 15 degrees of a line read
SHARPER = ImageFilter.UnsharpMask(radius=2, percent=200, threshold=0)  # for what is out of focus: bars stand apart
STRIP = 20  # times as long as it is high
BARS = (
    zxingcpp.BarcodeFormat.EANUPC,
    zxingcpp.BarcodeFormat.Code128,
    zxingcpp.BarcodeFormat.ITF,
    zxingcpp.BarcodeFormat.DataBar,
)
ALL = zxingcpp.BarcodeFormats([*BARS, zxingcpp.BarcodeFormat.DataMatrix, zxingcpp.BarcodeFormat.QRCode])
BARS_ALONE = zxingcpp.BarcodeFormats(list(BARS))


def codes_in(file: File) -> list[str]:
    """What the codes in a photo say, each with its symbology identifier (ISO/IEC 15424); none where none is found.

    Raises Refused (field "picture") for what is no picture or too large a one.
    """
    with looked_at(file) as image:
        for view, angle in _views(image):
            read = _turned_read(view) if angle else _upright_read(view)
            sure = [code.symbology_identifier + code.text for code in read if not _is_a_mere_strip(code.position)]
            if sure:
                return list(dict.fromkeys(sure))
    return []


def _upright_read(view: Image.Image) -> list[zxingcpp.Barcode]:
    return zxingcpp.read_barcodes(view, formats=ALL, text_mode=zxingcpp.TextMode.Plain)


def _turned_read(view: Image.Image) -> list[zxingcpp.Barcode]:
    """Bars alone, dark on light: to look for squares takes longest, and upright they are found at any angle."""
    return zxingcpp.read_barcodes(view, formats=BARS_ALONE, try_invert=False, text_mode=zxingcpp.TextMode.Plain)


def _is_a_mere_strip(position: zxingcpp.Position) -> bool:
    """Whether so few lines agree on a code that it may be another: one check digit in ten fits by chance."""
    corners = [complex(at.x, at.y) for at in (position.top_left, position.top_right, position.bottom_left)]
    along, across = abs(corners[1] - corners[0]), abs(corners[2] - corners[0])
    return min(along, across) < max(along, across) / STRIP


def _views(image: Image.Image) -> Iterator[tuple[Image.Image, int]]:
    """The picture in grey at each angle, which is named: small; smaller and sharpened; then large."""
    whole = _grey(image)
    yield from _turned(whole, SMALL)
    yield from ((view.filter(SHARPER), angle) for view, angle in _turned(whole, SMALLER))
    if max(whole.size) > SMALL:
        yield from _turned(whole, LARGE)


def _turned(whole: Image.Image, most: int) -> Iterator[tuple[Image.Image, int]]:
    sized = whole.copy()
    sized.thumbnail((most, most))
    for angle in ANGLES:
        yield sized.rotate(angle, Image.Resampling.BILINEAR, expand=True, fillcolor=255) if angle else sized, angle


def _grey(image: Image.Image) -> Image.Image:
    if image.has_transparency_data:
        image = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("L")
    return image.convert("L")
