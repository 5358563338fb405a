"""What somebody may do: each function draws one call of a real operation, right or wrong."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from distribution.drafts import Line, draft_shipment
from distribution.enums import AcknowledgedBy, ShipmentState
from distribution.handover_rules import Household
from distribution.handovers import hand_over
from distribution.models import Shipment
from distribution.shipments import acknowledge_shipment, cancel_shipment, hand_over_shipment, pack_shipment
from donations.arrivals import ArrivalLine
from donations.models import Drive
from donations.operations import buy, receive
from kits.closing import Count, close_session, expected_at
from kits.enums import SessionState
from kits.models import AssemblySession, Kit, TemplateVersion
from kits.operations import pack
from network.enums import OrganisationKind
from network.models import Organisation
from stock import registry
from stock.enums import ADJUST_REASONS, WRITE_OFF_REASONS, DateRule, OperationKind
from stock.models import Balance, Item, Operation, Place
from stock.operations import LotLine, adjust, transfer, write_off
from tests.soak.somebody import Call, Somebody


def gives(who: Somebody) -> Call:
    partner = Organisation.objects.get(kind=OrganisationKind.PARTNER) if who.chance(0.6) else None
    lines = [_arrival(who) for _line in range(who.random.randint(1, 4))]
    days = who.random.choice([0, 0, 0, 0, 3, -1, 400])
    return receive, {
        "drive": Drive.objects.get(),
        "place": who.place,
        "partner": partner,
        "received_on": timezone.localdate() - timedelta(days=days),
        "lines": lines,
        "actor": who.actor,
        "key": who.key(),
    }


def buys(who: Somebody) -> Call:
    return buy, {
        "place": who.place,
        "lines": [_arrival(who)],
        "bought_on": timezone.localdate(),
        "supplier": "Grossiste du Nord",
        "cost": Decimal(who.random.choice([12, 340, -5])),
        "actor": who.actor,
        "key": who.key(),
    }


def carries(who: Somebody) -> Call:
    source, target = who.place, who.place
    return transfer, {
        "source": source,
        "target": target,
        "lines": _lots(who, source),
        "actor": who.actor,
        "key": who.key(),
    }


def counts(who: Somebody) -> Call:
    balance = who.any(Balance.objects.select_related("lot__item", "place__house"))
    counted = max(0, balance.on_hand + who.random.choice([-3, -1, 0, 1, 2]))
    return adjust, {
        "place": balance.place,
        "lot": balance.lot,
        "counted": counted,
        "reason": who.random.choice(ADJUST_REASONS),
        "actor": who.actor,
        "key": who.key(),
    }


def throws_away(who: Somebody) -> Call:
    place = who.place
    return write_off, {
        "place": place,
        "lines": [LotLine(line.lot, min(line.quantity, 3)) for line in _lots(who, place)],
        "reason": who.random.choice([*WRITE_OFF_REASONS, ADJUST_REASONS[0]]),
        "actor": who.actor,
        "key": who.key(),
    }


def packs(who: Somebody) -> Call:
    session = AssemblySession.objects.select_related("drive", "place__house").order_by("pk").first()
    place = session.place if session and who.chance(0.5) else who.place
    return pack, {
        "version": who.any(TemplateVersion.objects.with_contents()),
        "count": who.quantity(4),
        "place": place,
        "session": session if session and session.place_id == place.pk and who.chance(0.5) else None,
        "actor": who.actor,
        "key": who.key(),
    }


def closes_a_session(who: Somebody) -> Call:
    """Closes what is open, counting some of what lies there; reversing it opens it again."""
    session = who.any(AssemblySession.objects.filter(state=SessionState.OPEN).select_related("house", "place"))
    there: Counter[Item] = Counter()
    for balance in expected_at(session):
        there[balance.lot.item] += balance.on_hand
    counted = [
        Count(item, expected, max(0, expected + who.random.choice([-2, 0, 0, 1])))
        for item, expected in there.items()
        if who.chance(0.3)
    ]
    return close_session, {"session": session, "counts": counted, "actor": who.actor, "key": who.key()}


def takes_back(who: Somebody) -> Call:
    """Reverses something, by the way that its own app registered: packs, shipments and handovers among them."""
    operations = Operation.objects.select_related("house").filter(kind__in=registry.reversals)
    kinds = who.random.choice([[OperationKind.HAND_OVER], [OperationKind.PACK], list(registry.reversals)])
    operation = who.any(operations.filter(kind__in=kinds))
    return registry.reversals[operation.kind], {"operation": operation, "actor": who.actor, "key": who.key()}


def plans_a_shipment(who: Somebody) -> Call:
    place = who.place
    here = Balance.objects.filter(place=place, on_hand__gt=0).select_related("lot__item")
    items = {who.any(here).lot.item for _line in range(who.random.randint(1, 3))}
    return draft_shipment, {
        "organisation": Organisation.objects.exclude(kind=OrganisationKind.PARTNER).get(),
        "place": place,
        "mode": "delivery",
        "planned_on": timezone.localdate() + timedelta(days=who.random.choice([0, 0, 1, 9, -1])),
        "lines": [Line(item, who.quantity(4)) for item in items],
        "actor": who.actor,
        "key": who.key(),
    }


def packs_a_shipment(who: Somebody) -> Call:
    return _of_a_shipment(who, pack_shipment, ShipmentState.DRAFT)


def sends_a_shipment(who: Somebody) -> Call:
    return _of_a_shipment(who, hand_over_shipment, ShipmentState.PACKED)


def gives_a_shipment_up(who: Somebody) -> Call:
    return _of_a_shipment(who, cancel_shipment, *ShipmentState)


def acknowledges_a_shipment(who: Somebody) -> Call:
    function, arguments = _of_a_shipment(who, acknowledge_shipment, ShipmentState.HANDED_OVER)
    lines = arguments["shipment"].lines.values_list("pk", "quantity")
    arrived = {pk: max(0, quantity - who.random.choice([0, 0, 1])) for pk, quantity in lines}
    return function, {**arguments, "arrived": arrived, "way": AcknowledgedBy.PAPER}


def hands_over(who: Somebody) -> Call:
    place = who.place
    kits = Kit.objects.order_by("-pk") if who.chance(0.2) else Kit.objects.filter(place=place)
    codes = [who.any(kits).code for _kit in range(who.random.choice([0, 1, 1, 2]))] if kits.exists() else []
    shelf = Balance.objects.filter(place=place, on_hand__gt=0).select_related("lot__item")
    balance = who.any(shelf)
    line = [Line(balance.lot.item, who.quantity(2))] if not codes or who.chance(0.5) else []
    return hand_over, {
        "place": place,
        "structure": None,
        "has_letter": who.chance(0.95),
        "letter_exception": "",
        "household": Household(women=who.random.choice([1, 1, 1, 0]), children_3_11=who.random.randint(0, 2)),
        "codes": codes,
        "kits": line if balance.lot.item.is_kit else [],
        "articles": [] if balance.lot.item.is_kit else line,
        "grams": None,
        "is_formula_asked_for": who.chance(0.5),
        "actor": who.actor,
        "key": who.key(),
    }


WORKS = (
    *(gives,) * 4,
    buys,
    *(carries,) * 2,
    counts,
    throws_away,
    *(packs,) * 5,
    closes_a_session,
    *(takes_back,) * 3,
    *(plans_a_shipment,) * 2,
    *(packs_a_shipment,) * 2,
    *(sends_a_shipment,) * 2,
    gives_a_shipment_up,
    acknowledges_a_shipment,
    *(hands_over,) * 5,
)


def _arrival(who: Somebody) -> ArrivalLine:
    item = who.random.choice(who.items)
    is_dated = item.date_rule != DateRule.NONE
    days = who.random.choice([200, 200, 300, 20, -2, None]) if is_dated else None
    best_before = None if days is None else timezone.localdate() + timedelta(days=days)
    number = who.random.choice(["", "", "L1", "L2"])
    return ArrivalLine(item, who.quantity(40), number=number, best_before=best_before)


def _lots(who: Somebody, place: Place) -> list[LotLine]:
    here = Balance.objects.filter(place=place).select_related("lot__item")
    balances = {who.any(here) for _line in range(who.random.randint(1, 3))}
    return [LotLine(balance.lot, who.quantity(balance.on_hand)) for balance in sorted(balances, key=lambda b: b.pk)]


def _of_a_shipment(who: Somebody, function, *states: ShipmentState) -> Call:
    shipment = who.any(Shipment.objects.select_related("house", "place").filter(state__in=states))
    return function, {"shipment": shipment, "actor": who.actor, "key": who.key()}
