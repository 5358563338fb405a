"""A hundred times the demonstration: every row of it again and again, each time 36 days earlier, ten years back.

Each copy is whole: its own drive, people, organisations, lots, kits and operations, so that the ledger holds
(check_ledger finds nothing). Sites, places and loose articles stay the same ones, as they do in a house: a lot of ten
years ago lay in the store of today. Of these there are copies too, so that every list is as much longer. Copies of more
than the last year are over: their stock is gone and what a house takes out of use is out of use.
"""

import random
import uuid
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.utils import timezone
from stdnum import ean
from stdnum.iso7064 import mod_37_36

from bench import ending
from bench.loading import go_on_after, load
from donations.models import AllottedCode, Attestation, Container
from kits.models import Kit, TemplateVersion
from network.models import House, OpeningHours, Site
from stock.codes import ALPHABET, LENGTH
from stock.enums import VIRTUAL_KINDS, Category
from stock.models import Gtin, Item, Operation, Place

APPS = ("accounts", "network", "stock", "kits", "donations", "distribution")
TIMES = 100
APART = timedelta(days=36)
LIVE = 10  # copies, the first of the rows themselves, that are of the last year
STRIDE = 1_000_000  # between the number of a row and that of its next copy
_KEYS = uuid.UUID("6f9c2f4e-0000-4000-8000-000000000100")
Rows = dict[type[models.Model], list[tuple]]


class Decade:
    """The rows as they are now, and as their end would leave them; `grow` writes copies of both beside them."""

    def __init__(self) -> None:
        self.known = _Known()
        self.live = _rows()
        self.over = ending.what_would_be_left(_rows)

    def grow(self, times: int = TIMES) -> None:
        """Make of what there was `times` as much."""
        with transaction.atomic():
            for number in range(1, times):
                _write(_Copy(self.known, number), self.live if number < LIVE else self.over)
        for model in self.live:
            if isinstance(model._meta.pk, models.AutoField):
                go_on_after(model._meta.db_table, model._meta.pk.column)


def tables() -> list[type[models.Model]]:
    """Everything that a house writes, tables of its many-to-many relations among them."""
    every = apps.get_models(include_auto_created=True)
    shared = {"network_region", "network_department", "network_house", "network_historicalhouse"}
    ours = [m for m in every if m._meta.app_label in APPS and m._meta.db_table not in shared and not m._meta.proxy]
    return sorted(ours, key=lambda model: model is TemplateVersion)  # last: what is published takes no line any more


def _rows() -> Rows:
    found = {model: list(model._base_manager.order_by("pk").values_list(*_columns(model))) for model in tables()}
    kinds = _columns(Place).index("kind")
    found[Place] = [row for row in found[Place] if row[kinds] not in VIRTUAL_KINDS]
    return {model: rows for model, rows in found.items() if rows}


def _columns(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.local_concrete_fields]


def _write(copy: "_Copy", rows: Rows) -> None:
    for model, originals in rows.items():
        fields = model._meta.local_concrete_fields
        changes = [copy.change_of(model, field) for field in fields]
        written = (
            tuple(
                change(value) if change and value is not None else value
                for change, value in zip(changes, row, strict=True)
            )
            for row in originals
        )
        load(model._meta.db_table, [field.column for field in fields], _as_stored(fields, written))


def _as_stored(fields: Any, rows: Iterator[tuple]) -> Iterator[tuple]:
    """The rows as the database keeps them: numbers and words as they are, all else as their fields say."""
    prepare = [None if _is_plain(field) else field.get_db_prep_save for field in fields]
    for row in rows:
        yield tuple(
            value if make is None else make(value, connection) for make, value in zip(prepare, row, strict=True)
        )


def _is_plain(field: models.Field) -> bool:
    kept = field.target_field if isinstance(field, models.ForeignKey) else field
    return isinstance(kept, models.IntegerField | models.CharField | models.TextField | models.BooleanField)


class _Known:
    """What tells which rows every copy shares, and how much later the first copy is than the rows themselves."""

    def __init__(self) -> None:
        self.kits = set(Item.objects.filter(category=Category.KIT).values_list("pk", flat=True))
        last = Operation.objects.order_by("-happened_at").values_list("happened_at", flat=True)[0]
        self.since = timezone.localdate() - timezone.localdate(last)
        given = (model.objects.values_list("code", flat=True) for model in (AllottedCode, Container, Kit))
        self.attestations = Attestation.objects.count()
        self.codes = _codes({code for codes in given for code in codes})


class _Copy:
    """How each field of the rows changes in copy `number`."""

    def __init__(self, known: _Known, number: int) -> None:
        self.known, self.number = known, number
        self.shift = known.since - APART * (number - 1)
        self.moment = cache(self._moment)

    def change_of(self, model: type[models.Model], field: models.Field) -> Callable[[Any], Any] | None:
        """What becomes of the values of `field`, or None where they stay."""
        named = self._by_name(model, field)
        if named is not None:
            return named
        if isinstance(field, models.ForeignKey):
            return self._relation(model, field)
        if isinstance(field, models.AutoField) or (field.name == "id" and _is_history(model)):
            return self.next
        if isinstance(field, models.UUIDField):
            return self.key
        if isinstance(field, models.DateTimeField):
            return self.moment
        return self.day if isinstance(field, models.DateField) else None

    def _by_name(self, model: type[models.Model], field: models.Field) -> Callable[[Any], Any] | None:
        if field.unique and field.name == "code":
            return lambda _code: next(self.known.codes)
        if field.unique and field.name in ("key", "email") and not isinstance(field, models.UUIDField):
            return lambda value: str(self.key(value)) if field.name == "key" else f"{self.number}-{value}"
        if field.name in ("code_digest", "secret_digest"):  # of a tablet
            return lambda value: value and sha256(f"{value} {self.number}".encode()).hexdigest()
        if field.name == "is_active" and model._meta.label != "accounts.User":
            return lambda value: value and self.number < LIVE
        if model is Attestation and field.name == "number":  # they follow each other, and none is left out
            return lambda value: value + self.number * self.known.attestations
        if model is Gtin and field.name == "code":
            return self._gtin
        if field.name == "number" and isinstance(field, models.PositiveIntegerField):  # of a shipment
            return lambda value: value + self.number * 100
        if field.name == "slug":
            return lambda value: value and f"{value[: (field.max_length or 50) - 4]}-{self.number}"
        if field.name in ("name", "identity", "name_en", "email") and not _is_history(model):
            return lambda value: value and f"{value[: (field.max_length or 120) - 4]} {self.number}"
        return None

    def _relation(self, model: type[models.Model], field: models.ForeignKey) -> Callable[[Any], Any] | None:
        target: Any = field.related_model
        if (
            target in (House, Place)
            or target._meta.app_label not in APPS
            or isinstance(target._meta.pk, models.CharField)
        ):
            return None
        if target is Site:
            return self.next if model in (Place, OpeningHours) else None
        if target is Item and model is not Gtin:
            return lambda pk: self.next(pk) if pk in self.known.kits else pk
        return self.key if isinstance(target._meta.pk, models.UUIDField) else self.next

    def _gtin(self, code: str) -> str:
        """Another code of the range of shops, with its check digit."""
        body = str(int(code[:-1]) + self.number * 1000)
        return f"{body}{ean.calc_check_digit(body)}".zfill(len(code))

    def next(self, pk: int) -> int:
        return pk + self.number * STRIDE

    def key(self, value: Any) -> uuid.UUID:
        return uuid.uuid5(_KEYS, f"{value} {self.number}")

    def day(self, value: date) -> date:
        return value + self.shift

    def _moment(self, value: datetime) -> datetime:
        """As many days later, at the same hour of the association's clock."""
        local = timezone.localtime(value)
        return timezone.make_aware(local.replace(tzinfo=None) + self.shift)


def _is_history(model: type[models.Model]) -> bool:
    return model.__name__.startswith("Historical")


def _codes(taken: set[str]) -> Iterator[str]:
    """Codes for kits and containers beside those that are `taken`, the same ones each time."""
    rng = random.Random(100)
    while True:
        body = "".join(rng.choices(ALPHABET, k=LENGTH - 1))
        code = body + mod_37_36.calc_check_digit(body, ALPHABET)
        if code not in taken:
            taken.add(code)
            yield code
