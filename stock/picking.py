"""Which lots to take: first expired first out, substitutes in order of preference. Pure computation, no database."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from stock.models import Balance, Item
from web.errors import Refused
from web.numbers import grouped


@dataclass(frozen=True, slots=True)
class Want:
    """`quantity` units of the first of `items` that suffices, then of the next; `step` units always stay together.

    What is optional is taken as far as whole steps go, and not missed.
    """

    items: tuple[Item, ...]
    quantity: int
    step: int = 1
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Shortage:
    item: Item
    wanted: int
    free: int


@dataclass
class Picks:
    """What was picked: units by balance. `earliest` is the first printed date among the lots."""

    taken: dict[int, int] = field(default_factory=dict)
    balances: dict[int, Balance] = field(default_factory=dict)

    def take(self, balance: Balance, quantity: int) -> None:
        self.balances[balance.pk] = balance
        self.taken[balance.pk] = self.taken.get(balance.pk, 0) + quantity

    def __iter__(self):
        return ((self.balances[pk], quantity) for pk, quantity in self.taken.items())

    @property
    def earliest(self) -> "Balance | None":
        """The balance whose lot's printed date comes first, or None where nothing is dated."""
        dated = [balance for balance in self.balances.values() if balance.lot.best_before]
        return min(dated, key=lambda balance: balance.lot.best_before or date.max, default=None)


class NotEnoughStock(Refused):
    """`shortages` names each article that is short: how many were wanted and how many are free here."""

    def __init__(self, shortages: Sequence[Shortage], *, field: str | None = None, line: int | None = None) -> None:
        self.shortages = tuple(shortages)
        sentences = [
            ngettext(
                "%(item)s: %(wanted)s wanted, %(free)s is free here.",
                "%(item)s: %(wanted)s wanted, %(free)s are free here.",
                shortage.free,
            )
            % {"item": shortage.item, "wanted": grouped(shortage.wanted), "free": grouped(shortage.free)}
            for shortage in self.shortages
        ]
        super().__init__(_("Not enough stock. %(details)s") % {"details": " ".join(sentences)}, field=field, line=line)


def first_expired_first(balances: Iterable[Balance]) -> list[Balance]:
    """Sorted by printed date, undated lots last, then by age of the lot."""
    return sorted(balances, key=lambda b: (b.lot.best_before or date.max, b.lot_id))


def pick(wants: Sequence[Want], balances: Iterable[Balance], *, not_before: date | None = None) -> Picks:
    """Choose from `balances` (free ones, their lots and articles loaded) what `wants` ask for.

    Lots dated before `not_before` are left. Raises NotEnoughStock with every article that is short.
    """
    usable = [
        balance
        for balance in first_expired_first(balances)
        if not_before is None or balance.lot.best_before is None or balance.lot.best_before >= not_before
    ]
    picks, shortages = serve(wants, usable)
    if shortages:
        raise NotEnoughStock(shortages)
    return picks


def serve(wants: Iterable[Want], balances: Iterable[Balance]) -> tuple[Picks, list[Shortage]]:
    """What `wants` get of `balances`, whose order says which lots are taken first, and each want that is short."""
    here: dict[int, list[Balance]] = defaultdict(list)
    for balance in balances:
        here[balance.lot.item_id].append(balance)
    left = {balance.pk: balance.free for group in here.values() for balance in group}
    picks, shortages = Picks(), []
    for want in sorted(wants, key=turn):
        missing = _serve(want, here, left, picks)
        if missing and not want.is_optional:
            shortages.append(Shortage(want.items[0], want.quantity, want.quantity - missing))
    return picks, shortages


def turn(want: Want) -> tuple[bool, int]:
    """What has no substitute is served first, else a line that could do without takes what another cannot."""
    return want.is_optional, len(want.items)


def _serve(want: Want, here: dict[int, list[Balance]], left: dict[int, int], picks: Picks) -> int:
    """Take for one want and answer how many are missing. A step is never shared between two articles."""
    missing = want.quantity
    for item in want.items:
        free = sum(left[balance.pk] for balance in here[item.pk])
        taking = min(missing, free - free % want.step)
        missing -= taking
        for balance in here[item.pk]:
            quantity = min(taking, left[balance.pk])
            if quantity:
                picks.take(balance, quantity)
                left[balance.pk] -= quantity
                taking -= quantity
    return missing
