"""The slips that lie inside kits: contents and code, and no name of anybody."""

from collections.abc import Sequence

from distribution.inside import taken_by, what_is_inside
from kits.models import Kit, Pack
from printing.pdf import render_pdf

MOST_SLIPS = 50  # on one PDF: some seconds of work


def kit_slip(pack: Pack, kits: Sequence[Kit]) -> bytes:
    """The slips that lie inside `kits` of `pack`, one a page: contents and code, and no name of anybody."""
    groups = what_is_inside(pack.version, [pack], taken_by([pack]))
    return render_pdf("distribution/kit_slip.html", {"slips": [{"kit": kit, "groups": groups} for kit in kits]})
