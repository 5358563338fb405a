"""The works of the ledger: how many statements they send, and how long they take with ten years behind them."""

from datetime import timedelta
from itertools import count
from typing import Any

from django.db import connection
from django.utils import timezone

from bench import twin
from bench.ledger import Ledger
from bench.measure import Book, milliseconds
from distribution.drafts import Line, draft_shipment
from distribution.enums import ShipmentMode
from distribution.handover_rules import Household
from distribution.handovers import hand_over
from distribution.models import Shipment
from distribution.shipments import hand_over_shipment, pack_shipment
from donations.arrivals import ArrivalLine
from donations.operations import receive
from kits.models import TemplateVersion
from kits.operations import pack
from stock.models import Balance, Item
from stock.shelves import Shelf, on_shelf_at, with_lots
from tests.cast import a_drive, a_key, a_version, an_item, an_organisation
from tests.queries import statements

LINES, LOTS, KITS = 20, 3, 100
PACK_MS = {"sqlite": 25, "postgresql": 50}
_numbers = count(1)


class Hall:
    """An assembly hall with a recipe of twenty lines, each article in three lots."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.place, self.actor, self.drive = ledger.stores[0], ledger.actor, a_drive()
        self.association = an_organisation()
        self.items: list[Item] = [an_item(f"Ligne {number:02}") for number in range(LINES)]
        self.version: TemplateVersion = a_version(dict.fromkeys(self.items, 1), "Kit de vingt lignes")

    def stock_up(self, kits: int = KITS) -> None:
        """Enough for `kits`, in three lots an article (40, 40 and 20 of a hundred)."""
        shares = [kits * 2 // 5, kits * 2 // 5, kits - 2 * (kits * 2 // 5)] if kits > LOTS else [kits]
        for share in shares:
            self.receive(self.items, share)

    def receive(self, items: list[Item], quantity: int = 1) -> None:
        lines = [ArrivalLine(item, quantity, number=f"L{next(_numbers)}") for item in items]
        receive(
            drive=self.drive,
            place=self.place,
            lines=lines,
            received_on=timezone.localdate(),
            actor=self.actor,
            key=a_key(),
        )

    def pack(self, kits: int = KITS) -> Any:
        return pack(version=self.version, count=kits, place=self.place, actor=self.actor, key=a_key())

    def hand_over(self) -> Any:
        return hand_over(
            place=self.place,
            structure=self.association,
            has_letter=True,
            letter_exception="",
            household=Household(women=1),
            codes=[],
            kits=[Line(self.version.item, 1)],
            articles=[],
            grams=None,
            actor=self.actor,
            key=a_key(),
        )

    def draft(self, kits: int) -> Shipment:
        return draft_shipment(
            organisation=self.association,
            place=self.place,
            mode=ShipmentMode.DELIVERY,
            planned_on=timezone.localdate(),
            lines=[Line(self.version.item, kits)],
            actor=self.actor,
            key=a_key(),
        )


def measure(book: Book, most: int) -> Hall:
    """Grow the ledger to 10,000, a tenth of `most` and `most` movements, measure at each size, and answer the hall."""
    ledger = Ledger()
    hall = Hall(ledger)
    _statements(book, hall)
    ledger.grow(10_000)
    small = twin.copy("-small")
    ledger.grow(most // 10)
    tenth = twin.copy("-tenth")
    ledger.grow(most)
    full = str(connection.settings_dict["NAME"])
    early, late = twin.in_turn([tenth, full], hall.pack, hall.stock_up)
    book.write(f"pack 100 kits of 20 lines, {most // 10:,} movements", early, "ms", PACK_MS[connection.vendor])
    book.write(f"pack 100 kits of 20 lines, {most:,} movements", late, "ms")
    book.write(f"the same with {most:,} movements, against {most // 10:,}", late / early, "times", 1.2)
    early, late = twin.in_turn([small, full], lambda: _read(ledger))
    book.write(f"stock of one place, {most:,} movements", late, "ms", 10)
    book.write(f"stock of one place, {most:,} movements against 10,000", late / early, "times", 1.5)
    book.write("stock of one place", statements(lambda: _read(ledger)), "statements", 3)
    _stock_at(book, ledger, most)
    return hall


def _statements(book: Book, hall: Hall) -> None:
    many = [an_item(f"Arrivage {number:02}") for number in range(50)]
    for number in (5, 50):
        found = statements(lambda lines=many[:number]: hall.receive(lines))
        book.write(f"receive {number} lines", found, "statements", 12)
    hall.stock_up(1)
    hall.pack(1)  # the version reads its recipe once
    for kits in (1, KITS):
        hall.stock_up(kits)
        book.write(f"pack {kits} of 20 lines", statements(lambda kits=kits: hall.pack(kits)), "statements", 16)
    book.write("hand over one kit", statements(hall.hand_over), "statements", 12)
    shipment = hall.draft(kits=60)
    packing = statements(lambda: pack_shipment(shipment=shipment, actor=hall.actor, key=a_key()))
    book.write("ship 60 kits: pack the shipment", packing, "statements", 16)
    leaving = statements(lambda: hand_over_shipment(shipment=shipment, actor=hall.actor, key=a_key()))
    book.write("ship 60 kits: hand it over", leaving, "statements", 16)


def _read(ledger: Ledger) -> list[Shelf]:
    """Everything that one place holds: each article with its lots, as the page shows it."""
    return with_lots(Balance.objects.at(ledger.stores[1]).by_shelf())


def _stock_at(book: Book, ledger: Ledger, most: int) -> None:
    now = timezone.now()
    for label, moment in (
        ("a month ago", now - timedelta(days=30)),
        ("five years ago", now - timedelta(days=5 * 365)),
        ("nine years ago", now - timedelta(days=9 * 365)),
    ):
        taken = milliseconds(lambda _given, moment=moment: on_shelf_at(ledger.stores[1], moment))
        book.write(f"stock of one place {label}, {most:,} movements", taken, "ms", 50)
