"""A paper that is printed many times is laid out once; what varies is stamped into its slots (printing/stamping.py).

A template that extends printing/stamped.html marks its slots by id: "slot-code", "slot-code-7", "slot-qr". The word
after "slot-" names the face of the slot's text, which is that of the class "slot-code"; a slot of no face is for a QR
code. How a face is set is read off a specimen page that is thrown away. Every glyph that may be stamped is on it, so
that all of them are inside the fonts of the document.
"""

import os
import pickle
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils.translation import get_language
from weasyprint import CSS, HTML, Document
from weasyprint import __version__ as weasyprint_version

from printing.pdf import FetchNothing, style_sheet

FORMAT = "1"  # of what is kept: a new one leaves the old ones unread
KEPT_BY_A_PROCESS = 64
POINTS = 0.75  # in a pixel of CSS
SLOT, SPECIMEN = "slot-", "specimen-"
# What reading a file raises that another process left half written, or that an older version wrote.
UNREADABLE = (
    OSError, EOFError, ValueError, TypeError, IndexError, KeyError, AttributeError, ImportError,
    pickle.UnpicklingError, zlib.error,
)  # fmt: skip


class MissingGlyph(Exception):
    """No font of the paper has a character that is to be stamped: it would be a hole, so nothing is printed."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where something is stamped, in points from the lower left corner of the page."""

    left: float
    bottom: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Face:
    """How text is set: the font's name in the document, its size, and how far the base line is below the slot's top.

    Sizes in points; `glyphs` has of each character its number in the font and its width in thousandths of the size.
    """

    font: str
    size: float
    drop: float
    glyphs: Mapping[str, tuple[int, int]]

    def glyph(self, character: str) -> tuple[int, int]:
        try:
            return self.glyphs[character]
        except KeyError:
            raise MissingGlyph(f"{self.font} cannot print {character!r}.") from None


@dataclass(frozen=True, slots=True)
class Layout:
    """A paper without what varies: the PDF, the slots of each page by name, the faces by name."""

    pdf: bytes
    pages: tuple[Mapping[str, Box], ...]
    faces: Mapping[str, Face]
    language: str


def lay_out(template: str, context: Mapping[str, Any], *, styles: tuple[str, ...], faces: Mapping[str, str]) -> Layout:
    """The layout of `template` in the reader's language, from the cache where it was made before.

    `styles` are style sheets of static/; `faces` says of each face all the characters that may be stamped in it. The
    key is what goes in: the page as the template wrote it, the styles, the fonts of this machine, WeasyPrint's version.
    """
    return _laid_out(_source(template, context, styles, faces))


def is_laid_out(
    template: str, context: Mapping[str, Any], *, styles: tuple[str, ...], faces: Mapping[str, str]
) -> bool:
    """Whether `lay_out` would answer at once, without WeasyPrint."""
    try:
        return _source(template, context, styles, faces).key in caches["papers"]
    except UNREADABLE:
        return False


@dataclass(frozen=True, slots=True)
class Source:
    """What a layout is made of."""

    page: str
    styles: str
    faces: tuple[str, ...]
    language: str

    @property
    def key(self) -> str:
        versions = (FORMAT, weasyprint_version, fonts_of_the_machine())
        parts = (*versions, self.language, *self.faces, self.styles, self.page)
        return sha256("\0".join(parts).encode()).hexdigest()


def _source(template: str, context: Mapping[str, Any], styles: tuple[str, ...], faces: Mapping[str, str]) -> Source:
    language = get_language() or ""
    page = render_to_string(template, {**context, "language": language, "title": "", "faces": faces})
    return Source(page, "\n".join(style_sheet(name) for name in styles), tuple(faces), language)


@lru_cache(maxsize=KEPT_BY_A_PROCESS)
def _laid_out(source: Source) -> Layout:
    key = source.key
    known = _kept(key)
    if known is None:
        known = _compose(source)
        _keep(key, known)
    return known


def _kept(key: str) -> Layout | None:
    try:
        found = caches["papers"].get(key)
    except UNREADABLE:
        return None
    return found if isinstance(found, Layout) else None


def _keep(key: str, layout: Layout) -> None:
    try:
        caches["papers"].set(key, layout)
    except OSError:  # a full disk stops no print
        return


@cache
def fonts_of_the_machine() -> str:
    """Says another word once a font was added, changed or removed; asked once by each process."""
    home = Path.home()
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".fonts", home / ".local/share/fonts")
    files = sorted(Path(where, name) for folder in folders for where, _, names in os.walk(folder) for name in names)
    digest = sha256()
    for file in files:
        found = file.stat()
        digest.update(f"{file}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _compose(source: Source) -> Layout:
    document = HTML(string=source.page, url_fetcher=FetchNothing()).render(
        stylesheets=[CSS(string=source.styles, url_fetcher=FetchNothing())]
    )
    content = document.write_pdf()
    pages = tuple(
        {
            name.removeprefix(SLOT): _box(corners, page.height)
            for name, corners in page.anchors.items()
            if name.startswith(SLOT)
        }
        for page in document.pages[:-1]
    )
    return Layout(content, pages, _faces(document, content, source.faces), source.language)


def _box(corners: tuple[float, float, float, float], height: float) -> Box:
    left, top, right, bottom = corners
    return Box(left * POINTS, (height - bottom) * POINTS, (right - left) * POINTS, (bottom - top) * POINTS)


def _faces(document: Document, content: bytes, names: tuple[str, ...]) -> dict[str, Face]:
    """Read each face off the specimen, the last page."""
    with pikepdf.open(BytesIO(content)) as pdf:
        lines = list(_lines(pdf.pages[-1]))
    faces = {}
    for name in names:
        _left, top, _right, bottom = document.pages[-1].anchors[f"{SPECIMEN}{name}"]
        base, font, size = next(line for line in lines if top <= line[0] <= bottom)
        faces[name] = Face(font, size * POINTS, (base - top) * POINTS, _glyphs(document, font))
    return faces


def _lines(page: pikepdf.Page) -> Iterator[tuple[float, str, float]]:
    """The base line of each text of a page, in pixels from its top, with its font and size."""
    base, font, size = 0.0, "", 0.0
    for instruction in pikepdf.parse_content_stream(page):
        match str(instruction.operator):
            case "Tm":
                base = float(instruction.operands[5])
            case "Tf":
                font, size = str(instruction.operands[0]).removeprefix("/"), float(instruction.operands[1])
            case "TJ":
                yield base, font, size


def _glyphs(document: Document, name: str) -> dict[str, tuple[int, int]]:
    """The characters of one font of the document, without those that it lacks: WeasyPrint numbers them apart."""
    return {
        text: (number, font.widths[number])
        for font in document.fonts.values()
        if font.hash == name
        for number, text in font.to_unicode.items()
        if number not in font.missing.values()
    }
