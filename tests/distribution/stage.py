"""What shipments and handovers need on the shelf, reached through operations."""

from datetime import timedelta

from django.utils import timezone

from distribution.drafts import Line, draft_shipment
from distribution.handover_rules import Household
from distribution.handovers import hand_over
from distribution.models import Handover, Shipment
from distribution.shipments import hand_over_shipment, pack_shipment
from kits.models import Kit, TemplateVersion
from kits.operations import pack
from network.models import House, Organisation
from stock import registry
from stock.models import Operation
from tests.cast import a_coordinator, a_key, a_site, a_version, an_organisation, stocked, the_house, the_store


def packed_kits(count: int, name: str = "Kit femme", *, article: str = "Savon") -> TemplateVersion:
    """`count` kits of one soap each, packed at the store."""
    version = a_version({stocked(article, count): 1}, name)
    pack(version=version, count=count, place=the_store(), actor=a_coordinator(), key=a_key())
    return version


def codes_of(version: TemplateVersion) -> list[str]:
    return list(Kit.objects.filter(lot__item=version.item).order_by("pk").values_list("code", flat=True))


def in_a_week():
    return timezone.localdate() + timedelta(days=7)


def a_shipment(*lines: tuple, organisation: Organisation | None = None, **fields) -> Shipment:
    """A draft for an association, planned in a week; `lines` are (item, quantity)."""
    asked = {
        "organisation": organisation or an_organisation(),
        "place": the_store(),
        "mode": "delivery",
        "planned_on": in_a_week(),
        "lines": [Line(item, quantity) for item, quantity in lines],
        "actor": a_coordinator(),
        "key": a_key(),
    }
    return draft_shipment(**{**asked, **fields})


def a_shipment_that_left(*lines: tuple, organisation: Organisation | None = None) -> Shipment:
    shipment = a_shipment(*lines, organisation=organisation)
    pack_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())
    hand_over_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())
    shipment.refresh_from_db()
    return shipment


def a_confidential_place(name: str = "Camélia", *, has_relay: bool = True, house: House | None = None) -> Organisation:
    relay = a_site("Relais des Halles", house=house) if has_relay else None
    return Organisation.objects.create(house=house or the_house(), name=name, is_confidential=True, relay=relay)


def given(codes=(), kits=(), articles=(), **fields) -> Operation:
    """A handover to one woman with a letter, at the store; `kits` and `articles` are (item, quantity)."""
    asked = {
        "place": fields.get("place") or the_store(),
        "structure": None,
        "has_letter": True,
        "letter_exception": "",
        "household": Household(women=1),
        "codes": codes,
        "kits": [Line(item, quantity) for item, quantity in kits],
        "articles": [Line(item, quantity) for item, quantity in articles],
        "grams": None,
        "actor": fields.get("actor") or a_coordinator(),
        "key": a_key(),
    }
    return hand_over(**{**asked, **fields})


def the_handover(operation: Operation) -> Handover:
    return Handover.objects.get(operation=operation)


def complaints() -> list[str]:
    """Everything that `check_ledger` would print."""
    return [sentence for check in registry.checks.values() for sentence in check()]
