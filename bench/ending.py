"""How a drive ends: what left is acknowledged, what is packed leaves, what is left is written off."""

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from distribution.enums import AcknowledgedBy, ShipmentState
from distribution.models import Shipment
from distribution.shipments import acknowledge_shipment, hand_over_shipment
from kitdrive.demo import clock
from network.enums import Role
from stock.enums import Reason
from stock.models import Balance, Operation, Place
from stock.operations import LotLine, write_off
from tests.cast import a_key

AT_ONCE = 50  # lots
Read = TypeVar("Read")


def what_would_be_left(read: Callable[[], Read]) -> Read:
    """What `read` answers once everything of the demonstration has gone. The database stays as it was."""
    last = Operation.objects.latest("happened_at")
    person = User.objects.filter(memberships__role=Role.COORDINATOR).earliest("pk")  # the last may be a tablet's
    with transaction.atomic(), clock.at(timezone.localdate(last.happened_at), hour=20):
        _end(person)
        found = read()
        transaction.set_rollback(True)
    return found


def _end(actor: User) -> None:
    for shipment in Shipment.objects.filter(state=ShipmentState.PACKED):
        hand_over_shipment(shipment=shipment, actor=actor, key=a_key())
    for shipment in Shipment.objects.filter(state=ShipmentState.HANDED_OVER):
        acknowledge_shipment(
            shipment=shipment,
            arrived={line.pk: line.quantity for line in shipment.lines.all()},
            way=AcknowledgedBy.PAPER,
            receipt_code=shipment.receipt_code,
            actor=actor,
            key=a_key(),
        )
    for place in Place.objects.internal().select_related("house", "site"):
        left = list(Balance.objects.at(place).something_here().select_related("lot__item").order_by("pk"))
        for first in range(0, len(left), AT_ONCE):
            lines = [LotLine(balance.lot, balance.on_hand) for balance in left[first : first + AT_ONCE]]
            write_off(place=place, lines=lines, reason=Reason.DAMAGED, actor=actor, key=a_key())
