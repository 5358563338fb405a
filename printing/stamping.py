"""Layouts into one PDF, each copy with its own texts, QR codes and page number."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from printing.layouts import Box, Face, Layout
from printing.qr import squares

PAGE = "page"  # the slot of the page number, "2 / 3" of one copy, stamped by itself where a copy has several pages
DIGITS = "0123456789 /"
Progress = Callable[[int, int], None]


class NoSuchSlot(Exception):
    """Something was to be stamped where the paper has no place for it."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of a layout: what is stamped as text and what as a QR code, by the name of the slot."""

    layout: Layout
    texts: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Base:
    """A page that copies share."""

    contents: pikepdf.Object
    resources: pikepdf.Object
    media_box: pikepdf.Object


def stamp(copies: Sequence[Copy], progress: Progress | None = None) -> bytes:
    """The PDF of `copies`, in order; `progress` is told how many pages are done, of how many.

    It says nothing of its origin: no title, no producer, no date, and the same identifier as any other. The copies of a
    layout share its pages and fonts; theirs alone is what is stamped on top. Raises MissingGlyph and NoSuchSlot.
    """
    total, done = sum(len(copy.layout.pages) for copy in copies), 0
    with Pdf.new() as pdf:
        before, tree = pdf.make_stream(b"q\n"), pdf.Root.Pages
        bases: dict[int, tuple[Base, ...]] = {}
        kids = []
        for copy in copies:
            _check(copy)
            shared = bases.setdefault(id(copy.layout), ()) or _take_over(pdf, copy.layout)
            bases[id(copy.layout)] = shared
            for number, (base, slots) in enumerate(zip(shared, copy.layout.pages, strict=True), start=1):
                done += 1
                overlay = pdf.make_stream(_overlay(copy, slots, _page_number(number, len(shared))))
                kids.append(_page(pdf, tree, base, [before, base.contents, overlay]))
                if progress and (done % 25 == 0 or done == total):
                    progress(done, total)
        tree.Kids, tree.Count = Array(kids), total
        return _written(pdf, copies)


def _check(copy: Copy) -> None:
    there = {name for slots in copy.layout.pages for name in slots}
    for name in (*copy.texts, *copy.codes):
        if name not in there:
            raise NoSuchSlot(f"The paper has no slot {name!r}.")


def _take_over(pdf: Pdf, layout: Layout) -> tuple[Base, ...]:
    """The pages of `layout`, without its specimen, its names of slots and all that it says of itself."""
    with pikepdf.open(BytesIO(layout.pdf)) as source:
        pages = [page.obj for page in source.pages][: len(layout.pages)]
        return tuple(
            Base(pdf.copy_foreign(page.Contents), pdf.copy_foreign(page.Resources), Array(page.MediaBox))
            for page in pages
        )


def _page(pdf: Pdf, tree: pikepdf.Object, base: Base, contents: list[pikepdf.Object]) -> pikepdf.Object:
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Page, Parent=tree, MediaBox=base.media_box, Resources=base.resources, Contents=Array(contents)
        )
    )


def _page_number(number: int, count: int) -> str:
    """Nothing on a copy of one page: how many copies were printed is nobody's business who is given one."""
    return f"{number} / {count}" if count > 1 else ""


def _overlay(copy: Copy, slots: Mapping[str, Box], page_number: str) -> bytes:
    """What is drawn over a shared page. That one turns the coordinates over, so it stands between q and Q."""
    drawn = [b"Q 0 g"]
    for name, box in slots.items():
        text = page_number if name == PAGE else copy.texts.get(name)
        if text:
            drawn.append(_text(box, copy.layout.faces[name.partition("-")[0]], text))
        elif name in copy.codes:
            drawn.append(_code(box, copy.codes[name]))
    return b"\n".join(drawn)


def _text(box: Box, face: Face, text: str) -> bytes:
    """`text` in the middle of its box, on the line on which the layout would have set it."""
    glyphs = [face.glyph(character) for character in text]
    width = sum(width for _number, width in glyphs) * face.size / 1000
    left, base = box.left + (box.width - width) / 2, box.bottom + box.height - face.drop
    numbers = "".join(f"{number:04x}" for number, _width in glyphs)
    return f"BT /{face.font} {face.size:.4g} Tf {left:.2f} {base:.2f} Td <{numbers}> Tj ET".encode()


def _code(box: Box, text: str) -> bytes:
    side, path = squares(text)
    scale = min(box.width, box.height) / side
    return b"q %.5f 0 0 %.5f %.2f %.2f cm\n%b\nf Q" % (scale, scale, box.left, box.bottom, path)


def _written(pdf: Pdf, copies: Sequence[Copy]) -> bytes:
    if copies and copies[0].layout.language:
        pdf.Root.Lang = pikepdf.String(copies[0].layout.language)
    written = BytesIO()
    pdf.save(written, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return written.getvalue()
