"""QR codes as the squares of a PDF: sharp at every size, and no picture."""

from functools import lru_cache
from itertools import groupby

import segno

QUIET = 4  # modules of white around a code: ISO/IEC 18004, 9.1
# An encoder may try all eight masks and keep the one that breaks up large plain areas best; a reader takes each of
# them. Trying costs two thirds of the time, and so short a code has no large plain areas.
MASK = 2
KEPT = 4096


@lru_cache(maxsize=KEPT)
def squares(text: str) -> tuple[int, bytes]:
    """The side of the QR code of `text` in modules, its quiet zone included, and its path, one unit a module.

    Kept by each process and nowhere else: what was printed is to be found on no disk.
    """
    matrix = segno.make_qr(text, error="q", mask=MASK).matrix
    side = len(matrix) + 2 * QUIET
    path = []
    for number, row in enumerate(matrix, start=1):
        left = QUIET
        for is_dark, modules in groupby(row):
            width = len(list(modules))
            if is_dark:
                path.append(f"{left} {side - QUIET - number} {width} 1 re")
            left += width
    return side, "\n".join(path).encode()


def picture(text: str) -> str:
    """The QR code of `text` for the `src` of an <img>: an SVG in the address itself, kept by no cache and no disk."""
    return segno.make_qr(text, error="m").svg_data_uri(border=QUIET, dark="#000", light="#fff", xmldecl=False)
