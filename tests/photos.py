"""Photos of codes as somebody takes them: twelve million pixels, askew, out of focus, in poor light."""

from io import BytesIO

import zxingcpp
from PIL import Image, ImageFilter

PHOTO = (4000, 3000)
EAN = "3017620422003"


def a_code(text: str = EAN, kind: zxingcpp.BarcodeFormat = zxingcpp.BarcodeFormat.EAN13, scale: int = 4) -> Image.Image:
    """A printed code on its white label."""
    drawn = Image.fromarray(zxingcpp.create_barcode(text, kind).to_image(scale=scale))
    return drawn.convert("L")


def a_photo(
    *codes: Image.Image,
    size: tuple[int, int] = PHOTO,
    part: float = 1 / 3,
    angle: float = 0,
    blur: float = 0,
    noise: float = 0,
    contrast: float = 1,
) -> bytes:
    """A JPEG of these labels side by side, each `part` of the frame wide, turned by `angle` degrees.

    `blur` is a radius in pixels, `noise` the share of it in the picture, `contrast` 1 for ink on paper, 0 for grey.
    """
    photo = Image.linear_gradient("L").resize(size).point(lambda value: 120 + value // 4)
    width = int(size[0] * part)
    for number, code in enumerate(codes or (a_code(),)):
        label = code.resize((width, width * code.height // code.width), Image.Resampling.BICUBIC)
        label = label.point(lambda value: int(128 + (value - 128) * contrast))
        mask = Image.new("L", label.size, 255).rotate(angle, expand=True)
        turned = label.rotate(angle, Image.Resampling.BICUBIC, expand=True)
        left = (size[0] * (2 * number + 1) // (2 * max(len(codes), 1))) - turned.width // 2
        photo.paste(turned, (left, (size[1] - turned.height) // 2), mask)
    photo = photo.filter(ImageFilter.GaussianBlur(blur)) if blur else photo
    if noise:
        photo = Image.blend(photo, Image.effect_noise(size, 100), noise)
    written = BytesIO()
    photo.convert("RGB").save(written, "JPEG", quality=85)
    return written.getvalue()
