"""Reading a PDF as a person would, and as somebody curious would."""

from io import BytesIO
from typing import Any

import pikepdf
import zxingcpp
from PIL import Image, ImageDraw
from pypdf import PdfReader

DOTS = 150 / 72  # a point, where a telephone reads


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def text(pdf: bytes) -> str:
    return "\n".join(pages(pdf))


def size(pdf: bytes) -> tuple[int, int]:
    """The width and the height of the first page, in points."""
    sheet = PdfReader(BytesIO(pdf)).pages[0].mediabox
    return round(sheet.width), round(sheet.height)


def metadata(pdf: bytes) -> dict[str, Any]:
    """Everything a file says of its origin, in either of the two places where a PDF can."""
    reader = PdfReader(BytesIO(pdf))
    found = dict(reader.metadata or {})
    if reader.xmp_metadata is not None:
        found["xmp"] = reader.xmp_metadata
    return found


def fonts(pdf: bytes) -> list[tuple[str, bool]]:
    """The name of each font, and whether it is inside the file."""
    found = []
    for page in PdfReader(BytesIO(pdf)).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"].get_object()
            found.append((str(descriptor["/FontName"]), any(key.startswith("/FontFile") for key in descriptor)))
    return found


def codes(pdf: bytes) -> list[list[str]]:
    """What a telephone reads in the QR codes of each page: their squares are drawn at 150 dots an inch and decoded."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        pictures = [_picture(page) for page in opened.pages]
    return [[found.text for found in zxingcpp.read_barcodes(picture)] for picture in pictures]


def _picture(page: pikepdf.Page) -> Image.Image:
    """The rectangles of a page, each in its grey, on white."""
    width, height = (round(float(side) * DOTS) for side in page.MediaBox[2:])
    picture = Image.new("L", (width, height), 255)
    pen, path, fill = ImageDraw.Draw(picture), [], 0
    matrices = [pikepdf.Matrix(DOTS, 0, 0, -DOTS, 0, height)]
    for instruction in pikepdf.parse_content_stream(page):
        numbers = instruction.operands
        match str(instruction.operator):
            case "q":
                matrices.append(matrices[-1])
            case "Q":
                matrices.pop()
            case "cm":
                matrices[-1] = pikepdf.Matrix(*(float(number) for number in numbers)) @ matrices[-1]
            case "rg" | "g":
                fill = round(255 * sum(float(number) for number in numbers) / len(numbers))
            case "re":
                path.append(_corners(matrices[-1], *(float(number) for number in numbers)))
            case "f" | "n":
                for left, top, right, below in path if str(instruction.operator) == "f" else ():
                    pen.rectangle((left, top, right - 1, below - 1), fill=fill)
                path = []
    return picture


def _corners(matrix: pikepdf.Matrix, left: float, bottom: float, width: float, height: float) -> list[float]:
    (x, y), (other_x, other_y) = (matrix.transform(at) for at in ((left, bottom), (left + width, bottom + height)))
    return [*map(min, (x, y), (other_x, other_y)), *map(max, (x, y), (other_x, other_y))]
