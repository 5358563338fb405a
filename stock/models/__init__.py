"""The ledger: what there is, where it is, and everything that ever moved it."""

from stock.catalogue import Gtin, Item
from stock.models.goods import Lot, Place
from stock.models.journal import Conflict, Operation
from stock.models.movements import Balance, Movement, Reservation

__all__ = ["Balance", "Conflict", "Gtin", "Item", "Lot", "Movement", "Operation", "Place", "Reservation"]
