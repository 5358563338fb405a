"""Whether a PDF can be read by a screen reader: what a checker of PDF/UA-1 asks of its tags."""

from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Pdf


def headings(pdf: bytes) -> list[str]:
    """The kinds of its structure's elements, in order of reading: "/H1", "/Table" and so on."""
    with Pdf.open(BytesIO(pdf)) as made:
        return [str(element.S) for element in _elements(made.Root.StructTreeRoot.K)]


def complaints(pdf: bytes, *, title: str, language: str) -> list[str]:
    """What is wrong with it: nothing, where each text of each page is in the tree once, under its own page."""
    made = Pdf.open(BytesIO(pdf))
    found = list(_of_document(made, title, language))
    nums = list(made.Root.StructTreeRoot.ParentTree.Nums)
    rows = {int(nums[index]): nums[index + 1] for index in range(0, len(nums), 2)}
    for number, page in enumerate(made.pages):
        elements = rows[int(page.StructParents)]
        if _marked(page) != set(range(len(elements))):
            found.append(f"page {number}: texts without an element, or elements without a text")
        for mark, element in enumerate(elements):
            if element.Pg.objgen != page.obj.objgen or mark not in _kids(element):
                found.append(f"page {number}: text {mark} is another page's")
            elif not _reaches(element, made.Root.StructTreeRoot):
                found.append(f"page {number}: text {mark} hangs in the air")
    return found


def _of_document(made: Pdf, title: str, language: str):
    with made.open_metadata() as about:
        if about.get("dc:title") != title or about.get("pdfuaid:part") != "1":
            yield f"it says {about.get('dc:title')!r}, PDF/UA {about.get('pdfuaid:part')!r}"
    if str(made.Root.Lang) != language:
        yield f"its language is {made.Root.Lang}"
    if not made.Root.MarkInfo.Marked or not made.Root.ViewerPreferences.DisplayDocTitle:
        yield "it is not marked, or does not show its title"
    names = [str(element.ID) for element in _elements(made.Root.StructTreeRoot.K) if "/ID" in element]
    if len(names) != len(set(names)):
        yield "two elements have one name"


def _marked(page: pikepdf.Page) -> set[int]:
    marks = [step.operands[1] for step in pikepdf.parse_content_stream(page) if str(step.operator) == "BDC"]
    return {int(mark.MCID) for mark in marks if isinstance(mark, Dictionary) and "/MCID" in mark}


def _kids(element) -> set[int]:
    kids = element.get("/K", [])
    return {kid for kid in (kids if isinstance(kids, Array) else [kids]) if isinstance(kid, int)}


def _reaches(element, root) -> bool:
    for _step in range(100):
        if element.objgen == root.objgen:
            return True
        element = element.P
    return False


def _elements(kids):
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary):
            yield kid
            yield from _elements(kid.get("/K", Array()))
