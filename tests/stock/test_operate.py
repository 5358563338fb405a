"""One operation for a key: repeats, conflicts, passing faults of the database, transactions around it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone, translation

from stock import idempotency
from stock.enums import OperationKind
from stock.idempotency import digest_of
from stock.ledger import KeyConflict, operate
from stock.models import Conflict, Lot, Operation, Place
from tests.cast import a_coordinator, a_key, an_item, stocked, the_house, the_store

pytestmark = pytest.mark.django_db


def done(key: str, content: dict, work=lambda operation: None, **kwargs) -> Operation:
    kwargs = {"house": the_house(), "actor": a_coordinator(), **kwargs}
    return operate(OperationKind.ADJUST, key, work, content=content, **kwargs)


def test_a_repeated_key_does_not_work_again():
    key, times = a_key(), []
    for _time in range(3):
        done(key, {"counted": 3}, times.append)
    assert len(times) == 1


def test_the_digest_reads_rows_dates_and_numbers_whatever_the_language_and_the_order():
    item = an_item("Savon", name_en="Soap")
    with translation.override("fr"):
        one = digest_of(OperationKind.ADJUST, the_house(), {"item": item, "day": date(2026, 1, 2), "cost": Decimal(3)})
    with translation.override("en"):
        two = digest_of(OperationKind.ADJUST, the_house(), {"cost": Decimal(3), "day": date(2026, 1, 2), "item": item})
    assert one == two


@pytest.mark.parametrize("other", [{"n": "1"}, {"n": 2}, {"n": [1]}, {"n": None}, {}, {"n": 1, "m": 1}])
def test_the_digest_tells_other_content(other):
    house = the_house()
    assert digest_of(OperationKind.ADJUST, house, {"n": 1}) != digest_of(OperationKind.ADJUST, house, other)


def test_the_digest_tells_another_kind_and_another_house():
    house = the_house()
    digest = digest_of(OperationKind.ADJUST, house, {})
    assert digest != digest_of(OperationKind.TRANSFER, house, {})
    assert digest != digest_of(OperationKind.ADJUST, the_house("Maison des Lilas"), {})


def test_a_key_of_another_house_is_a_conflict_of_the_house_that_sent_it():
    key, other = a_key(), the_house("Maison des Lilas")
    done(key, {"counted": 3})
    with pytest.raises(KeyConflict):
        done(key, {"counted": 3}, house=other)
    assert Conflict.objects.get().house == other


def test_a_handover_in_conflict_keeps_no_content():
    key = a_key()
    done(key, {"women": 1})
    with pytest.raises(KeyConflict):
        done(key, {"women": 2}, keeps_content=False)
    assert Conflict.objects.get().content is None


def test_an_operation_without_a_key_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="needs a key"):
        done("", {})


def test_what_the_work_breaks_is_not_taken_for_a_repeated_key():
    stocked("Savon", 1)

    def work(operation: Operation) -> None:
        lot = Lot.objects.get()
        Lot.objects.create(house=lot.house, item=lot.item, identity=lot.identity)

    with pytest.raises(IntegrityError):
        done(a_key(), {}, work)
    assert Operation.objects.count() == 1


def test_work_that_fails_leaves_nothing_and_the_key_free():
    key = a_key()

    def work(operation: Operation) -> None:
        Place.objects.create(house=the_house(), site=the_store().site, kind="table", name="Table 1")
        raise LookupError

    with pytest.raises(LookupError):
        done(key, {}, work)
    assert not Place.objects.filter(name="Table 1").exists()
    assert done(key, {}).pk


@pytest.mark.django_db(transaction=True)
def test_a_passing_fault_of_the_database_is_tried_again(monkeypatch):
    monkeypatch.setattr(idempotency.time, "sleep", lambda seconds: None)
    tries = []

    def work(operation: Operation) -> None:
        tries.append(operation)
        if len(tries) < 3:
            raise OperationalError("database is locked")

    assert done(a_key(), {}, work).pk
    assert (len(tries), Operation.objects.count()) == (3, 1)


@pytest.mark.django_db(transaction=True)
def test_a_fault_that_stays_is_raised_after_some_attempts(monkeypatch):
    monkeypatch.setattr(idempotency.time, "sleep", lambda seconds: None)
    tries = []

    def work(operation: Operation) -> None:
        tries.append(operation)
        raise OperationalError("database is locked")

    with pytest.raises(OperationalError):
        done(a_key(), {}, work)
    assert len(tries) == idempotency.ATTEMPTS


def test_inside_another_transaction_a_fault_is_raised_at_once():
    tries = []

    def work(operation: Operation) -> None:
        tries.append(operation)
        raise OperationalError("database is locked")

    with pytest.raises(OperationalError), transaction.atomic():
        done(a_key(), {}, work)
    assert len(tries) == 1


def test_inside_another_transaction_a_repeated_key_leaves_that_one_usable():
    key = a_key()
    with transaction.atomic():
        assert done(key, {"n": 1}) == done(key, {"n": 1})
        assert Operation.objects.count() == 1


def test_a_handover_is_stamped_with_the_day_alone():
    operation = done(a_key(), {}, day=date(2026, 11, 3))
    midnight = timezone.make_aware(datetime(2026, 11, 3))
    assert (operation.happened_at, operation.recorded_at) == (midnight, midnight)


def test_what_is_written_down_later_says_both_times():
    then = datetime(2026, 11, 1, 11, tzinfo=UTC)
    operation = done(a_key(), {}, happened_at=then)
    assert operation.happened_at == then < operation.recorded_at
