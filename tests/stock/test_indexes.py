"""Stock at a date and the life of a lot read their indexes, and not the whole ledger. Asked of the database itself."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from stock.history import history_of
from stock.models import Lot, Movement, Place
from stock.querysets import _sum_back, _sum_up
from tests.cast import a_dated_item, stocked, the_store
from tests.queries import explained, plan_of

pytestmark = pytest.mark.django_db
MANY = 4000


@pytest.fixture
def store() -> Place:
    """A store in a house with a long past: enough movements for a database to prefer an index."""
    stocked(a_dated_item(), 10, days=90)
    first = Movement.objects.get()
    others = [
        Place(house=first.target.house, site=first.target.site, kind="table", name=f"T{number}") for number in range(20)
    ]
    Place.objects.bulk_create(others)
    lots = [Lot(house=first.lot.house, item=first.lot.item, identity=f"L{number}") for number in range(200)]
    Lot.objects.bulk_create(lots)
    Movement.objects.bulk_create(
        Movement(
            operation=first.operation,
            lot=lots[number % 200],
            quantity=1,
            source=others[number % 20],
            target=others[(number + 1) % 20],
            at=first.at - timedelta(minutes=number),
        )
        for number in range(MANY)
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE stock_movement, stock_operation, stock_place, network_site, accounts_user")
            cursor.execute("SET LOCAL enable_seqscan = off")
    return the_store()


@pytest.mark.parametrize("read", [_sum_up, _sum_back])
def test_stock_at_a_date_reads_the_covering_indexes_alone(store, read):
    with CaptureQueriesContext(connection) as captured:
        read(store, timezone.now() - timedelta(days=1))
    plan = explained(captured[0]["sql"])
    assert "stock_movement_target_at" in plan
    assert "stock_movement_source_at" in plan
    if connection.vendor == "sqlite":
        assert plan.count("USING COVERING INDEX stock_movement") == 2
        assert "SCAN stock_movement" not in plan
    else:
        assert "Seq Scan on stock_movement" not in plan
        assert plan.count("Index Only Scan") + plan.count("Bitmap Index Scan") >= 2


def test_the_first_movement_of_a_place_is_found_at_once(store):
    plan = plan_of(Movement.objects.filter(target=store).order_by("at").values("at")[:1])
    assert "stock_movement_target_at" in plan


def test_the_life_of_a_lot_reads_the_index_of_its_lot(store):
    lot = Lot.objects.last()
    with CaptureQueriesContext(connection) as captured:
        history_of(lot)
    for query in captured:
        if 'FROM "stock_movement"' in query["sql"]:
            assert "stock_movement_lot_at" in explained(query["sql"])
