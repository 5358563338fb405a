"""What comes in. Each function is one operation: all of it or nothing, once for a key."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from donations.arrivals import ArrivalLine, check_day, check_drive, check_formula, check_giver, take_in
from donations.drop_offs.moments import NOW, Moment
from donations.enums import DonorKind
from donations.models import Donation, DonationLine, Drive, Purchase, PurchaseLine
from donations.pledges import check_named, write_given
from network.models import Device, Organisation
from stock.enums import OperationKind, PlaceKind
from stock.models import Lot, Operation, Place
from stock.operations import reverse
from web.errors import Refused
from web.imports.people import looks_like_a_person

MOST_EUROS = 1_000_000


def receive(
    *,
    drive: Drive,
    place: Place,
    lines: Sequence[ArrivalLine],
    received_on: date,
    actor: User | Device,
    key: str,
    partner: Organisation | None = None,
    moment: Moment = NOW,
) -> Operation:
    """Take in what a partner delivered, or somebody of the public gave, counted line by line.

    A line that names no pledge keeps the partner's oldest open one of its article. Raises Refused where a line is
    infant formula from the public, lacks the date that its article asks for, is past it, or names a pledge of another
    partner or article; and for a day to come or of more than a year ago.
    """
    check_day(received_on, field="received_on")
    check_drive(drive, place)
    if partner:
        check_giver(partner, place.house_id)
    for index, line in enumerate(lines):
        if partner is None:
            check_formula(line, index=index)
        check_named(line, partner, drive, index=index)

    def record(operation: Operation, lots: Sequence[Lot]) -> Donation:
        donation = Donation.objects.create(
            house=place.house,
            drive=drive,
            place=place,
            donor_kind=DonorKind.PARTNER if partner else DonorKind.PUBLIC,
            partner=partner,
            received_on=received_on,
            operation=operation,
        )
        write_given(DonationLine, lines, lots, drive=drive, partner=partner, donation=donation)
        return donation

    return take_in(
        OperationKind.RECEIVE,
        PlaceKind.DONORS,
        record,
        place=place,
        lines=lines,
        day=received_on,
        actor=actor,
        key=key,
        content={"drive": drive, "partner": partner},
        donor=partner,
        moment=moment,
    )


def buy(
    *,
    place: Place,
    lines: Sequence[ArrivalLine],
    bought_on: date,
    supplier: str,
    cost: Decimal,
    actor: User,
    key: str,
    drive: Drive | None = None,
    funder: Organisation | None = None,
) -> Operation:
    """Take in what had to be bought: from whom, for how many euros, paid by whom. Same rules for dates as `receive`.

    Raises Refused besides for a cost below zero or above a million, and a supplier that looks like a person.
    """
    check_day(bought_on, field="bought_on")
    check_drive(drive, place)
    _check_bill(supplier, cost, funder, place)

    def record(operation: Operation, lots: Sequence[Lot]) -> Purchase:
        purchase = Purchase.objects.create(
            house=place.house,
            drive=drive,
            place=place,
            supplier=supplier,
            funder=funder,
            cost=cost,
            bought_on=bought_on,
            operation=operation,
        )
        PurchaseLine.objects.bulk_create(
            PurchaseLine(purchase=purchase, item=line.item, lot=lot, quantity=line.quantity, grams=line.grams)
            for lot, line in zip(lots, lines, strict=True)
        )
        return purchase

    return take_in(
        OperationKind.PURCHASE,
        PlaceKind.SUPPLIERS,
        record,
        place=place,
        lines=lines,
        day=bought_on,
        actor=actor,
        key=key,
        content={"supplier": supplier, "cost": f"{cost:.2f}", "drive": drive, "funder": funder},
    )


def _check_bill(supplier: str, cost: Decimal, funder: Organisation | None, place: Place) -> None:
    if looks_like_a_person(supplier):
        raise Refused(_("Write the name of a shop or a company, never of a person."), field="supplier")
    if not 0 <= cost < MOST_EUROS:
        raise Refused(_("Write what it cost in euros, from 0 to a million."), field="cost")
    if funder and funder.house_id != place.house_id:
        raise Refused(_("%(funder)s is not known to this house.") % {"funder": funder}, field="funder")


def reverse_arrival(*, operation: Operation, actor: User, key: str) -> Operation:
    """Undo a donation or a purchase while its goods are where they came in; else Refused says where they went."""
    return reverse(operation=operation, actor=actor, key=key)


def address_of(operation: Operation) -> str | None:
    """The page of the donation or the purchase that `operation` recorded."""
    documents = Donation.objects.all() if operation.kind == OperationKind.RECEIVE else Purchase.objects.all()
    document = documents.filter(operation=operation).first()
    return document.get_absolute_url() if document else None


def donation_numbers(operations: Collection[int]) -> QuerySet:
    """The numbers of the donations that these operations recorded."""
    return Donation.objects.filter(operation__in=operations).order_by().values_list("operation", "pk")


def purchase_numbers(operations: Collection[int]) -> QuerySet:
    """The numbers of the purchases that these operations recorded."""
    return Purchase.objects.filter(operation__in=operations).order_by().values_list("operation", "pk")
