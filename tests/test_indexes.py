"""What grows for ever is read in the order of an index, on every list of it. Asked of the database itself."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from distribution.models import Handover, Shipment
from donations.drop_offs.days import Narrowed, days_of
from donations.enums import DropOffKind, Entered, RefusalReason
from donations.models import Donation, DonationLine, DropOff, Pledge, Refusal
from donations.pledges import promise
from network.enums import OrganisationKind
from network.models import House, Site
from stock.filters import OperationFilter
from stock.models import Operation
from tests import cast
from tests.distribution.stage import a_shipment
from tests.queries import plan_of

pytestmark = pytest.mark.django_db
MANY = 1500
TABLES = ("stock_operation", "donations_donation", "donations_donationline", "distribution_shipment")
DOOR = ("donations_dropoff", "donations_refusal")


@pytest.fixture
def house() -> House:
    """A house with a long past, in a database that knows its own size."""
    soap = cast.stocked("Savon", 50)
    shipment = a_shipment((soap, 1))
    operations = _operations(Donation.objects.get().operation)
    _donations(Donation.objects.get(), operations)
    _drop_offs(operations)
    _shipments(shipment)
    _handovers(operations)
    with connection.cursor() as cursor:
        for table in (*TABLES, *DOOR, "distribution_handover"):
            cursor.execute(f"ANALYZE {table}")
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    return cast.the_house()


def _operations(first: Operation) -> list[Operation]:
    return Operation.objects.bulk_create(
        Operation(
            house=first.house,
            kind=first.kind,
            key=f"past-{number}",
            digest="0" * 64,
            happened_at=first.happened_at - timedelta(hours=number),
            recorded_at=first.recorded_at,
            actor=first.actor,
        )
        for number in range(MANY)
    )


def _donations(first: Donation, operations: list[Operation]) -> None:
    line = first.lines.get()
    partner = cast.an_organisation("Pharmacies du Canal", OrganisationKind.PARTNER)
    by = {"actor": first.operation.actor, "key": cast.a_key()}
    promise(drive=first.drive, partner=partner, item=line.item, quantity=5, due_on=timezone.localdate(), **by)
    lines = [DonationLine(donation=first, item=line.item, lot=line.lot, quantity=1) for _operation in operations]
    DonationLine.objects.bulk_create(lines)


def _drop_offs(operations: list[Operation]) -> None:
    point, drive, today = cast.a_point(), cast.a_drive(), timezone.localdate()
    alike = {"house": point.house, "drive": drive, "site": point, "entered": Entered.TABLET}
    for model, what in ((DropOff, {"kind": DropOffKind.BAG}), (Refusal, {"reason": RefusalReason.DIRTY})):
        model.objects.bulk_create(
            model(operation=operation, day=today - timedelta(days=number // 9), **alike, **what)
            for number, operation in enumerate(operations)
        )


def _shipments(first: Shipment) -> None:
    alike = {name: getattr(first, name) for name in ("house", "organisation", "place", "mode")}
    Shipment.objects.bulk_create(
        Shipment(**alike, number=100 + number, key=cast.a_key(), planned_on=first.planned_on - timedelta(days=number))
        for number in range(MANY)
    )


def _handovers(operations: list[Operation]) -> None:
    today, site = timezone.localdate(), cast.a_site()
    Handover.objects.bulk_create(
        Handover(
            house=operation.house,
            site=site,
            day=today - timedelta(days=number),
            has_letter=True,
            women=1,
            articles=1,
            operation=operation,
        )
        for number, operation in enumerate(operations)
    )


def test_the_journal_is_paged_in_its_index(house):
    journal = Operation.objects.filter(house=house).without_handovers()
    plan = plan_of(journal.values_list("pk", flat=True)[:50])
    assert "stock_operation_house_journal" in plan
    if connection.vendor == "sqlite":
        assert "USE TEMP B-TREE" not in plan


def test_days_of_the_journal_are_a_stretch_of_its_index(house):
    lately = {"since": str(timezone.localdate() - timedelta(days=3))}
    operations = OperationFilter(lately, queryset=Operation.objects.filter(house=house)).qs
    plan = plan_of(operations.values_list("pk", flat=True))
    assert "stock_operation_house_journal" in plan
    assert "happened_at" in plan


def test_undone_handovers_are_looked_up_once_for_the_whole_journal(house):
    plan = plan_of(Operation.objects.filter(house=house).without_handovers().values_list("pk", flat=True)[:50])
    assert "stock_operation_reversals" in plan
    assert "JOIN" not in plan.upper()


def test_what_reversed_an_operation_is_found_without_reading_the_journal(house):
    some = list(Operation.objects.values_list("pk", flat=True)[:50])
    plan = plan_of(Operation.objects.for_display().filter(pk__in=some))
    if connection.vendor == "sqlite":
        assert "stock_operation_reversals" in plan
    else:
        assert "Seq Scan on stock_operation" not in plan


def test_whether_a_donation_stands_is_told_by_the_index_of_reversals_alone(house):
    plan = plan_of(Donation.objects.standing())
    assert "revers" in plan
    assert "stock_operation_pkey" not in plan
    assert "stock_operation USING" not in plan


def test_what_a_promise_received_is_found_without_reading_all_donations(house):
    assert "donations_line_of_a_pledge" in plan_of(Pledge.objects.still_to_come())


def test_shipments_are_paged_in_the_index_of_their_days(house):
    plan = plan_of(Shipment.objects.filter(house=house).values_list("pk", flat=True)[:50])
    assert "distribution_shipment_by_day" in plan
    assert "USE TEMP B-TREE" not in plan
    assert "Sort" not in plan


def test_handovers_of_a_day_are_found_in_the_index_of_the_house(house):
    day = timezone.localdate() - timedelta(days=9)
    plan = plan_of(Handover.objects.filter(house=house).of_day(day).values_list("pk", flat=True))
    assert "distribution_handover_by_house" in plan


def test_the_days_of_the_points_are_read_in_the_index_of_their_days(house):
    """All of them in the index alone, and the last of them as a stretch of it."""
    points, today = {site.pk: site for site in Site.objects.filter(house=house)}, timezone.localdate()
    every = plan_of(days_of(Narrowed(points))[:50])
    lately = plan_of(days_of(Narrowed(points, since=today - timedelta(days=3), until=today))[:50])
    assert "donations_dropoff_site_day" in every
    assert "donations_refusal_site_day" in lately
    assert "donations_dropoff_site_day" in lately
    if connection.vendor == "sqlite":
        assert "COVERING INDEX donations_dropoff_site_day" in every
        assert "donations_dropoff_site_day (site_id=? AND day>? AND day<?)" in lately
