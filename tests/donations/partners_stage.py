"""A house and a partner that say all that a paper for donors needs, and what the partner gave."""

from datetime import date, timedelta

from django.utils import timezone

from donations.arrivals import ArrivalLine
from donations.models import Attestation, Donation
from donations.operations import receive
from donations.partners.attestations import Subject, issue
from network.enums import OrganisationKind
from network.models import House, Organisation
from stock.models import Item
from tests.cast import a_coordinator, a_drive, a_key, an_item, an_organisation, the_house, the_store

HOUSE_SIREN, PARTNER_SIREN = "123456782", "987654324"


def a_house_on_paper(house: House | None = None, **said: object) -> House:
    house = house or the_house()
    fields = {
        "seat_address": "1 rue du Port, 75010 Paris",
        "purpose": "Aider des femmes.",
        "siren": HOUSE_SIREN,
        **said,
    }
    for name, value in fields.items():
        setattr(house, name, value)
    house.save()
    return house


def the_pharmacy(**said: object) -> Organisation:
    fields = {"address": "8 quai du Canal", "city": "75019 Paris", "siren": PARTNER_SIREN}
    partner = an_organisation("Pharmacies du Canal", OrganisationKind.PARTNER)
    for name, value in {**fields, "contact_email": "dons@canal.example", **said}.items():
        setattr(partner, name, value)
    partner.save()
    return partner


def a_delivery(
    quantity: int = 12, *, item: Item | None = None, days_ago: int = 0, partner: Organisation | None = None, **line
) -> Donation:
    """What a partner brought."""
    operation = receive(
        drive=a_drive(),
        place=the_store(),
        partner=partner or the_pharmacy(),
        received_on=timezone.localdate() - timedelta(days=days_ago),
        lines=[ArrivalLine(item or an_item("Savon"), quantity, **line)],
        actor=a_coordinator(),
        key=a_key(),
    )
    return operation.donation


def the_year(partner: Organisation | None = None) -> Subject:
    """All that the pharmacy gave in this year."""
    today = timezone.localdate()
    return Subject(the_house(), partner or the_pharmacy(), date(today.year, 1, 1), date(today.year, 12, 31))


def issued(subject: Subject | None = None, *, key: str | None = None) -> Attestation:
    return issue(subject=subject or the_year(), actor=a_coordinator(), key=key or a_key())
