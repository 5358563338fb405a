"""What comes to its date, as rows of a list: one a lot at a place; the packs of kits that are alike stand in one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    DateTimeField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
    Window,
)
from django.db.models.functions import RowNumber

from stock.dates import Dated, dated
from stock.enums import Category
from stock.models import Balance, Movement
from stock.querysets import name_of_item

ALIKE = ("lot__best_before", "apart", "lot__item", "place", "lot__precision", "lot__block")
MOST_LOTS = 20  # unfolded under a row

# When the first movement of a lot of kits was, which is when they were packed; of other lots it is not asked.
_FIRST = Subquery(Movement.objects.filter(lot=OuterRef("lot")).order_by("at").values("at")[:1])
_BEGAN = Case(When(apart=0, then=_FIRST), output_field=DateTimeField())


@dataclass(frozen=True, slots=True)
class Coming:
    """A lot at a place, or kits that are alike: how many, in how many lots, the latest of these and when each began."""

    on_hand: int
    free: int
    lots: int
    balances: list[tuple[Balance, datetime | None]]
    date: Dated

    @property
    def hidden(self) -> int:
        return self.lots - len(self.balances)


def coming(balances: QuerySet[Balance]) -> QuerySet[Any, dict[str, Any]]:
    """What of `balances` is here and bears a date, the first to expire first."""
    dated_ones = _apart(balances.something_here().filter(lot__best_before__isnull=False))  # type: ignore[attr-defined]
    names = ("lot__best_before", name_of_item("lot__item__"), "apart", "place__site__name")
    rows = dated_ones.order_by(*names, *ALIKE).values(*ALIKE)
    return rows.annotate(total=Sum("on_hand"), kept=Sum("reserved"), lots=Count("pk"))


def with_latest(rows: Iterable[Mapping[str, Any]], today: date) -> list[Coming]:
    """`rows` (of `coming`) with their latest lots; one statement."""
    rows = list(rows)
    found: dict[tuple[Any, ...], list[Balance]] = defaultdict(list)
    for balance in _lots_of(rows):
        lot = balance.lot
        place, item = balance.place_id, lot.item_id
        found[lot.best_before, balance.apart, item, place, lot.precision, lot.block].append(balance)  # type: ignore[attr-defined]
    keys = [tuple(row[name] for name in ALIKE) for row in rows]
    return [
        Coming(
            row["total"],
            row["total"] - row["kept"],
            row["lots"],
            [(balance, balance.began) for balance in found[key]],  # type: ignore[attr-defined]
            dated(found[key][0], found[key][0].place.house, today),
        )
        for row, key in zip(rows, keys, strict=True)
        if key in found
    ]


def _apart(balances: QuerySet[Balance]) -> QuerySet[Balance]:
    """Adds `apart`: each lot is one of its own, but for those of kits, which are 0."""
    of_kits = When(lot__item__category=Category.KIT, then=Value(0))
    return balances.annotate(apart=Case(of_kits, default=F("lot_id"), output_field=BigIntegerField()))


def _lots_of(rows: list[Mapping[str, Any]]) -> QuerySet[Balance]:
    """The lots of `rows`, of each row the latest ones, these first."""
    kits = Q(lot__item__in={row["lot__item"] for row in rows if not row["apart"]})
    turn = Window(RowNumber(), partition_by=[F(name) for name in ALIKE], order_by=F("lot_id").desc())
    return (
        _apart(Balance.objects.something_here())
        .filter(Q(lot__in={row["apart"] for row in rows}) | kits)
        .filter(place__in={row["place"] for row in rows})
        .filter(lot__best_before__in={row["lot__best_before"] for row in rows})
        .annotate(turn=turn, began=_BEGAN)
        .filter(turn__lte=MOST_LOTS)
        .select_related("lot__item", "place__site", "place__house")
        .order_by("-lot_id")
    )
