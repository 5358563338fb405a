"""The kits that are here, alike ones together: one row for a version at a place with one date, its packs under it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, QuerySet, Sum, Window
from django.db.models.functions import RowNumber

from stock.models import Balance
from stock.querysets import name_of_item

ALIKE = ("lot__pack__version", "place", "lot__best_before", "lot__block")
MOST_PACKS = 20  # unfolded under a row


@dataclass(frozen=True)
class Alike:
    """Kits of one version at a place that go until one date: how many, how many packs made them, and the latest."""

    on_hand: int
    reserved: int
    packs: int
    balances: list[Balance]

    @property
    def first(self) -> Balance:
        return self.balances[0]

    @property
    def hidden(self) -> int:
        return self.packs - len(self.balances)


def alike(balances: QuerySet[Balance]) -> QuerySet[Any, dict[str, Any]]:
    """The kits among `balances`, the first to expire first; one row for those that are alike."""
    kits = balances.something_here().filter(lot__pack__isnull=False)  # type: ignore[attr-defined]
    order = ("lot__best_before", name_of_item("lot__item__"), "place__site__name", "place__name", *ALIKE)
    return kits.order_by(*order).values(*ALIKE).annotate(total=Sum("on_hand"), kept=Sum("reserved"), packs=Count("pk"))


def with_packs(rows: Iterable[Mapping[str, Any]]) -> list[Alike]:
    """`rows` (of `alike`) with their latest packs; one statement."""
    rows = list(rows)
    turn = Window(RowNumber(), partition_by=[F(name) for name in ALIKE], order_by=F("lot__pack").desc())
    balances = (
        Balance.objects.something_here()
        .filter(lot__pack__version__in={row["lot__pack__version"] for row in rows})
        .filter(place__in={row["place"] for row in rows})
        .annotate(turn=turn)
        .filter(turn__lte=MOST_PACKS)
        .select_related("place__site", "lot__item", "lot__pack__operation")
    )
    found: dict[tuple[Any, ...], list[Balance]] = defaultdict(list)
    for balance in balances.order_by("-lot__pack"):
        lot = balance.lot
        found[lot.pack.version_id, balance.place_id, lot.best_before, lot.block].append(balance)
    keys = [tuple(row[name] for name in ALIKE) for row in rows]
    return [
        Alike(row["total"], row["kept"], row["packs"], found[key])
        for row, key in zip(rows, keys, strict=True)
        if key in found
    ]
