"""Pictures that people send: drawn anew from their pixels alone. Their own files are never kept.

What comes out is a WebP picture at two sizes, upright, opaque, in sRGB, without a place, a date, a device or a name.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageFile, ImageOps

from web.errors import Refused

MOST_BYTES = 15_000_000
MOST_PIXELS = {"JPEG": 50_000_000, "MPO": 50_000_000, "PNG": 16_000_000, "WEBP": 16_000_000}
MOST_PASSES = 100  # of a progressive JPEG: cameras and programs write about ten, an attack thousands
LARGE, SMALL = 1280, 160  # pixels of the longer side: to look at, and beside a name in a list
FORMATS = ("JPEG", "PNG", "WEBP")
HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
STARTS = (b"\xff\xd8\xff", b"\x89PNG")
START_OF_PASS = b"\xff\xda"

# A picture takes up to some 250 MB while it is drawn: one at a time in each process.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept: the bytes of two WebP files."""

    large: bytes
    small: bytes


def redraw(file: File) -> Picture:
    """Draw anew the picture in an uploaded file, or raise Refused (field "picture") with what to do about it."""
    with looked_at(file) as image:
        large = _only_pixels(image)
    small = large.copy()
    small.thumbnail((SMALL, SMALL))
    return Picture(_as_webp(large), _as_webp(small))


@contextmanager
def looked_at(file: File) -> Iterator[Image.Image]:
    """The picture in an uploaded file while one looks at it; Refused (field "picture") with what to do about it.

    Only its header was read: whatever goes wrong while its pixels are decoded is said of the picture, not of the code.
    """
    if (file.size or 0) > MOST_BYTES:
        raise _refused(
            _("This file weighs more than %(most)d MB. Make the picture smaller, and send it again.")
            % {"most": MOST_BYTES // 1_000_000}
        )
    content = file.read()
    with _one_at_a_time, _whole(), _opened(content) as image:
        try:
            yield image
        except Exception:  # noqa: BLE001  whatever a decoder says of a file that somebody sent
            raise _damaged() from None


@contextmanager
def _whole() -> Iterator[None]:
    """Take no half pictures for whole ones: what prints papers lets Pillow do so, in the whole process."""
    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _refused(sentence: object) -> Refused:
    return Refused(sentence, field="picture")  # type: ignore[arg-type]


def _damaged() -> Refused:
    return _refused(_("This picture is damaged or not whole. Save it anew or take it again, then send it once more."))


def _opened(content: bytes) -> Image.Image:
    """The picture in `content`, of which only the header was read: a small file may announce a wall of pixels."""
    if content[4:8] == b"ftyp" and content[8:12] in HEIC:
        raise _refused(
            _(
                "This is a HEIC picture, which many devices cannot show. On an iPhone, choose “Most Compatible” under"
                " Settings, Camera, Formats, and take it again; or save it as JPEG."
            )
        )
    try:
        image = Image.open(BytesIO(content), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except Exception:  # noqa: BLE001  the same
        if content.startswith(STARTS) or content[8:12] == b"WEBP":
            raise _damaged() from None
        raise _refused(_("This is not a picture in JPEG, PNG or WebP. Save it as JPEG, and send it again.")) from None
    if image.width * image.height > MOST_PIXELS[str(image.format)]:
        raise _too_many_pixels()
    if image.format in ("JPEG", "MPO") and content.count(START_OF_PASS) > MOST_PASSES:
        raise _damaged()
    return image


def _too_many_pixels() -> Refused:
    return _refused(
        _(
            "This picture has too many pixels: a JPEG may have %(jpeg)d million, a PNG or WebP %(other)d million."
            " Make it smaller, and send it again."
        )
        % {"jpeg": MOST_PIXELS["JPEG"] // 1_000_000, "other": MOST_PIXELS["PNG"] // 1_000_000}
    )


def _only_pixels(image: Image.Image) -> Image.Image:
    """The first frame of `image`, at most LARGE wide and high, upright, opaque, in sRGB, and nothing besides."""
    profile = image.info.get("icc_profile")
    image = _in_plain_colours(image)
    image.thumbnail((LARGE, LARGE))  # a JPEG is decoded at a fraction of its size from the start
    ImageOps.exif_transpose(image, in_place=True)
    if image.mode in ("RGBA", "LA"):
        opaque = Image.new("RGBA", image.size, "white")
        opaque.alpha_composite(image.convert("RGBA"))
        image = opaque.convert("RGB")
    image = _in_srgb(image, profile)
    drawn = Image.new("RGB", image.size)
    drawn.paste(image)
    return drawn


def _in_plain_colours(image: Image.Image) -> Image.Image:
    """The picture in a mode that can be made smaller: 8 bits a colour, no palette."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value / 257).convert("L")
    if image.mode in ("RGB", "L", "CMYK", "RGBA", "LA") and "transparency" not in image.info:
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        with suppress(ImageCms.PyCMSError, OSError):  # a profile that is wrong is left out of account
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            return converted or image
    return image.convert("RGB")


def _as_webp(image: Image.Image) -> bytes:
    written = BytesIO()
    image.save(written, "WEBP", quality=80, method=4, exif=b"", icc_profile=b"", xmp=b"")
    return written.getvalue()
