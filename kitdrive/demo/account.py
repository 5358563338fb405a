"""What came in, was packed, went out and is left, from the ledger alone; it balances or says where it does not."""

from dataclasses import dataclass

from django.db.models import Q, Sum

from network.models import House
from stock.enums import INTERNAL_KINDS, Category, PlaceKind
from stock.models import Balance, Movement

SOURCES = (PlaceKind.DONORS, PlaceKind.SORTED, PlaceKind.SUPPLIERS)


@dataclass(frozen=True)
class Account:
    """Units of loose articles, or of kits. `corrected` is what counts found, less what they missed."""

    came_in: int
    packed: int
    corrected: int
    shipped: int
    given: int
    wasted: int
    left: int

    @property
    def balances(self) -> bool:
        """Articles: in + corrected = packed + out + left. Kits: packed + corrected = out + left."""
        return self.came_in + self.corrected == self.packed + self.shipped + self.given + self.wasted + self.left


def articles(house: House) -> Account:
    """The account of loose articles; packing takes them."""
    return _account(house, ~Q(lot__item__category=Category.KIT))


def kits(house: House) -> Account:
    """The account of kits; packing brings them, so `packed` is below zero: minus the kits that were made."""
    return _account(house, Q(lot__item__category=Category.KIT))


def _account(house: House, which: Q) -> Account:
    flows: dict[str, int] = {}
    for side, direction in (("source", 1), ("target", -1)):
        rows = Movement.objects.filter(which, lot__house=house).order_by().values_list(f"{side}__kind")
        for kind, quantity in rows.annotate(sum=Sum("quantity")):
            flows[kind] = flows.get(kind, 0) + direction * quantity
    left = Balance.objects.filter(which, place__house=house, place__kind__in=INTERNAL_KINDS)
    return Account(
        came_in=sum(flows.get(kind, 0) for kind in SOURCES),
        packed=-flows.get(PlaceKind.PACKED, 0),
        corrected=flows.get(PlaceKind.CORRECTION, 0),
        shipped=-flows.get(PlaceKind.ORGANISATIONS, 0),
        given=-flows.get(PlaceKind.RECIPIENTS, 0),
        wasted=-flows.get(PlaceKind.WASTE, 0),
        left=left.aggregate(sum=Sum("on_hand"))["sum"] or 0,
    )
