"""The slips that lie inside kits: contents and code, and no name of anybody."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import QuerySet

from distribution.inside import Group, taken_by, what_is_inside
from distribution.slip_columns import sheets
from kits.contents import load
from kits.models import Kit, Pack
from printing.layouts import is_laid_out, lay_out
from printing.stamping import DIGITS, Copy, stamp
from stock.codes import ALPHABET, spoken

TEMPLATE = "distribution/kit_slip.html"
LAYOUT: dict[str, Any] = {
    "styles": ("printing/paper.css", "printing/stamped.css", "distribution/kit_slip.css"),
    "faces": {"code": f"{ALPHABET} ", "page": DIGITS},
}


@dataclass(frozen=True, slots=True)
class KitSlips:
    """The slips of some kits. Kits that hold the same share one layout, which is kept; the rest is stamped."""

    codes: list[tuple[str, int]]  # with the lot of each
    inside: dict[int, tuple[Group, ...]]  # by lot

    @classmethod
    def of(cls, kits: QuerySet[Kit]) -> Self:
        """Those of `kits`, in their order; as many statements for one as for a thousand."""
        lots = kits.order_by().values("lot")
        packs = list(Pack.objects.filter(lot__in=lots).select_related("version__template").order_by("pk"))
        versions = {pack.version_id: pack.version for pack in packs}
        load(versions.values())
        taken = taken_by(packs)
        inside = {pack.lot_id: what_is_inside(versions[pack.version_id], [pack], taken) for pack in packs}
        return cls(list(kits.values_list("code", "lot")), inside)

    @property
    def contents(self) -> list[tuple[Group, ...]]:
        """What is to be laid out, each once, in the order of the packs."""
        return list(dict.fromkeys(self.inside.values()))

    @property
    def not_laid_out(self) -> int:
        """How many contents were never printed before: each takes a tenth of a second, the rest almost nothing."""
        return sum(not is_laid_out(TEMPLATE, {"sheets": sheets(groups)}, **LAYOUT) for groups in self.contents)

    def pdf(self, told: Callable[[int], None] | None = None) -> bytes:
        """One PDF of all; `told` hears how many contents are laid out, again and again."""
        layouts = {}
        for done, groups in enumerate(self.contents, start=1):
            layouts[groups] = lay_out(TEMPLATE, {"sheets": sheets(groups)}, **LAYOUT)
            if told:
                told(done)
        return stamp(
            [
                Copy(layouts[self.inside[lot]], texts={"code": spoken(code)}, codes={"qr": code})
                for code, lot in self.codes
            ]
        )
