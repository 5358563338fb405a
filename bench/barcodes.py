"""Photos of bar codes, read as the server reads them for a tablet whose browser cannot."""

import statistics
import time
from io import BytesIO

import zxingcpp
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageFilter

from bench.measure import Book
from stock.barcodes import read_code
from stock.scanning import code_in_photo

PHOTO = (4000, 3000)  # twelve million pixels
EAN = "3017620422003"
TURNED = (0, 10, 20, 30, 45, 60, 75, 90)  # degrees
TIMES = 3


def measure(book: Book) -> None:
    """The median and the worst of photos turned by every angle of TURNED, sharp and out of focus; each must be read."""
    for name, blur in (("sharp", 0), ("out of focus", 6)):
        taken = [_seconds(_photo(angle, blur)) for angle in TURNED]
        said = f"an EAN-13 a third of a 12-megapixel photo, {name}, {len(TURNED)} angles"
        book.write(f"{said}: median", statistics.median(taken), "s", 0.5)
        book.write(f"{said}: the slowest", max(taken), "s", 0.5)


def _seconds(photo: bytes) -> float:
    taken = []
    for _time in range(TIMES):
        file = SimpleUploadedFile("photo.jpg", photo)
        start = time.perf_counter()
        read = read_code(code_in_photo(file))
        taken.append(time.perf_counter() - start)
        if read.gtin != EAN.zfill(14):
            raise RuntimeError(f"The photo was read as {read.gtin}.")
    return statistics.median(taken)


def _photo(angle: float, blur: float) -> bytes:
    """A label on a table, with the noise of a small sensor, as a JPEG."""
    drawn = Image.fromarray(zxingcpp.create_barcode(EAN, zxingcpp.BarcodeFormat.EAN13).to_image(scale=4)).convert("L")
    width = PHOTO[0] // 3
    label = drawn.resize((width, width * drawn.height // drawn.width))
    mask = Image.new("L", label.size, 255).rotate(angle, expand=True)
    turned = label.rotate(angle, Image.Resampling.BICUBIC, expand=True)
    photo = Image.linear_gradient("L").resize(PHOTO).point(lambda value: 120 + value // 4)
    photo.paste(turned, ((PHOTO[0] - turned.width) // 2, (PHOTO[1] - turned.height) // 2), mask)
    photo = photo.filter(ImageFilter.GaussianBlur(blur)) if blur else photo
    written = BytesIO()
    Image.blend(photo, Image.effect_noise(PHOTO, 60), 0.1).convert("RGB").save(written, "JPEG", quality=85)
    return written.getvalue()
