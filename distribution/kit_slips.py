"""The slips that lie inside kits: contents and code, and no name of anybody."""

from collections.abc import Callable

from django.db.models import QuerySet

from distribution.inside import Group, taken_by, what_is_inside
from kits.contents import load
from kits.models import Kit, Pack
from printing.layouts import Layout, lay_out
from printing.stamping import DIGITS, Copy, stamp
from stock.codes import ALPHABET, spoken

STYLES = ("printing/paper.css", "printing/stamped.css", "distribution/kit_slip.css")
FACES = {"code": f"{ALPHABET} ", "page": DIGITS}


def kit_slips(kits: QuerySet[Kit], progress: Callable[[int, int], None] | None = None) -> bytes:
    """The slips of `kits`, in their order, as one PDF; kits that hold the same share one layout."""
    packs = list(
        Pack.objects.filter(lot__in=kits.order_by().values("lot")).select_related("version__template").order_by("pk")
    )
    load([pack.version for pack in packs])
    taken = taken_by(packs)
    inside = {pack.lot_id: what_is_inside(pack.version, [pack], taken) for pack in packs}
    layouts: dict[tuple[Group, ...], Layout] = {groups: _layout(groups) for groups in set(inside.values())}
    copies = [
        Copy(layouts[inside[lot]], texts={"code": spoken(code)}, codes={"qr": code})
        for code, lot in kits.values_list("code", "lot")
    ]
    return stamp(copies, progress)


def _layout(groups: tuple[Group, ...]) -> Layout:
    return lay_out("distribution/kit_slip.html", {"groups": groups}, styles=STYLES, faces=FACES)
