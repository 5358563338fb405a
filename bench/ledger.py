"""A ledger of any size: ten years of a house with ten sites, written in bulk and true (check_ledger finds nothing)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from bench.loading import go_on_after, load, settle
from network.models import House
from stock.enums import Category, OperationKind, PlaceKind
from stock.models import Balance, Item, Lot, Movement, Operation, Place
from tests.cast import a_coordinator, a_site, the_house, the_store

SITES, ITEMS, LOTS_OF_EACH = 10, 100, 10  # 1,000 lots, each at one site: 100 lots a place
FIRST = datetime(2016, 1, 1, tzinfo=UTC)
OPERATION_HAS = 10  # movements
ARRIVES, LEAVES = 40, 1  # units: one movement in ten brings, nine take away


class Ledger:
    """The house, its stores and lots, and how many movements it has so far."""

    def __init__(self) -> None:
        self.house: House = the_house()
        self.actor: User = a_coordinator()
        self.stores = [the_store(a_site(f"Site {number}")) for number in range(SITES)]
        virtual = {place.kind: place for place in Place.objects.virtual().filter(house=self.house)}
        self.donors, self.recipients = virtual[PlaceKind.DONORS], virtual[PlaceKind.ORGANISATIONS]
        self.lots = self._open_lots()
        self.movements = self.number = 0

    def _open_lots(self) -> list[Lot]:
        house = self.house
        items = Item.objects.bulk_create(
            Item(house=house, name=f"Article {number:03}", category=Category.HYGIENE) for number in range(ITEMS)
        )
        return Lot.objects.bulk_create(
            [
                Lot(house=house, item=item, identity=f"{n}", number=f"{n}")
                for item in items
                for n in range(LOTS_OF_EACH)
            ],
            batch_size=1000,
        )

    def grow(self, size: int) -> None:
        """Add movements until there are `size`."""
        operations = range(self.movements // OPERATION_HAS, size // OPERATION_HAS)
        first = (Operation.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
        moments = _moments(len(operations))
        kinds = OperationKind.RECEIVE, OperationKind.SHIP
        rows = (
            (pk, self.house.pk, kinds[pk % 2], f"grown-{pk}", "0" * 64, at, at, self.actor.pk, "")
            for pk, at in zip(range(first, first + len(operations)), moments, strict=True)
        )
        columns = ("id", "house_id", "kind", "key", "digest", "happened_at", "recorded_at", "actor_id", "reason")
        changes: dict[tuple[int, int], int] = {}
        with transaction.atomic():
            load(Operation._meta.db_table, columns, rows)
            columns = ("operation_id", "lot_id", "quantity", "source_id", "target_id", "at")
            load(Movement._meta.db_table, columns, self._movements(first, len(operations), changes))
            self._balance(changes)
        go_on_after(Operation._meta.db_table)
        self.movements = size
        settle()

    def _movements(self, first: int, count: int, changes: dict[tuple[int, int], int]) -> Iterator[tuple]:
        for pk, at in zip(range(first, first + count), _moments(count), strict=True):
            number = self.number % len(self.lots)  # every lot in turn, so that a place always holds as many
            self.number += 1
            lot, store = self.lots[number], self.stores[number % SITES]
            for turn in range(OPERATION_HAS):
                quantity = LEAVES if turn else ARRIVES
                ends = (store.pk, self.recipients.pk) if turn else (self.donors.pk, store.pk)
                changes[store.pk, lot.pk] = changes.get((store.pk, lot.pk), 0) + (-quantity if turn else quantity)
                yield (pk, lot.pk, quantity, *ends, at)

    def _balance(self, changes: dict[tuple[int, int], int]) -> None:
        kept = {(balance.place_id, balance.lot_id): balance for balance in Balance.objects.all()}
        for (place, lot), change in changes.items():
            balance = kept.setdefault((place, lot), Balance(place_id=place, lot_id=lot))
            balance.on_hand += change
        Balance.objects.bulk_create([b for b in kept.values() if b.pk is None], batch_size=1000)
        Balance.objects.bulk_update([b for b in kept.values() if b.pk], ["on_hand"], batch_size=300)


def _moments(count: int) -> Iterator[datetime]:
    step = (timezone.now() - timedelta(days=1) - FIRST) / max(count, 1)
    return (FIRST + step * number for number in range(count))
