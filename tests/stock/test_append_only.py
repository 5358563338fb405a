"""What the database itself refuses, whoever writes to it."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from stock.enums import PlaceKind
from stock.models import Balance, Lot, Movement, Operation, Place, Reservation
from tests.cast import a_site, stocked, the_house, the_store

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ten_soaps():
    stocked("Savon", 10)


@pytest.mark.parametrize(("model", "change"), [(Operation, {"kind": "adjust"}), (Movement, {"quantity": 9})])
def test_the_database_refuses_to_change_what_was_posted(model, change):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        model.objects.update(**change)


def test_a_movement_is_not_deleted_through_the_models():
    with pytest.raises(TypeError, match="append-only"):
        Movement.objects.all().delete()


@pytest.mark.parametrize("table", ["stock_movement", "stock_operation"])
def test_postgresql_refuses_to_delete_what_was_posted(table):
    if connection.vendor != "postgresql":  # on SQLite a trigger on DELETE would break the flush of the tests
        return
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize(
    "change",
    [{"on_hand": -1}, {"reserved": 11}, {"reserved": -1}],
    ids=["below zero", "more than there is", "less than none"],
)
def test_a_balance_holds_between_zero_and_what_is_on_hand(change):
    with pytest.raises(DatabaseError), transaction.atomic():
        Balance.objects.update(**change)


def test_a_movement_has_a_quantity_and_goes_somewhere():
    posted = Movement.objects.get()
    ends = {"operation": posted.operation, "lot": posted.lot, "at": posted.at}
    with pytest.raises(IntegrityError), transaction.atomic():
        Movement.objects.create(quantity=0, source=posted.source, target=posted.target, **ends)
    with pytest.raises(IntegrityError), transaction.atomic():
        Movement.objects.create(quantity=1, source=posted.target, target=posted.target, **ends)


def test_a_reservation_keeps_something_once():
    balance, holder = Balance.objects.get(), Operation.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Reservation.objects.create(balance=balance, holder=holder, quantity=0)
    Reservation.objects.create(balance=balance, holder=holder, quantity=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reservation.objects.create(balance=balance, holder=holder, quantity=1)


def test_a_key_an_identity_and_a_balance_are_unique():
    operation, lot = Operation.objects.get(), Lot.objects.get()
    for copy in (operation, lot, Balance.objects.get()):
        copy.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            copy.save(force_insert=True)


def test_places_are_internal_with_a_site_or_virtual_without_one():
    for wrong in ({"kind": PlaceKind.TABLE}, {"kind": PlaceKind.WASTE, "site": a_site()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Place.objects.create(house=the_house(), name="Nulle part", **wrong)


def test_a_house_has_each_virtual_place_once_and_a_site_each_name():
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(house=the_house(), kind=PlaceKind.WASTE)
    store = the_store()
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(house=the_house(), site=store.site, kind=PlaceKind.TABLE, name=store.name)


@pytest.mark.parametrize("model", [Lot, Place])
def test_what_the_ledger_names_cannot_be_deleted(model):
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all().delete()
