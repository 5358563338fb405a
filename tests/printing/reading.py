"""Reading a PDF as a person would, and as somebody curious would."""

from io import BytesIO
from typing import Any

from pypdf import PdfReader


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def text(pdf: bytes) -> str:
    return "\n".join(pages(pdf))


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
