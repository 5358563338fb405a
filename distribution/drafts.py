"""Shipments before they are packed: drafted, and edited as long as nothing is reserved."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from distribution.enums import ShipmentMode, ShipmentState
from distribution.models import Shipment, ShipmentLine
from donations.models import Drive
from network.models import House, Organisation
from stock.enums import PlaceKind
from stock.models import Item, Place
from web.errors import Refused
from web.forms import MOST_LINES, MOST_PIECES
from web.numbers import grouped

FURTHEST = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Line:
    """So many of a kit or of an article, as one line of a form."""

    item: Item
    quantity: int


def draft_shipment(
    *,
    organisation: Organisation,
    place: Place,
    mode: str,
    planned_on: date,
    lines: Sequence[Line],
    actor: User,
    key: str,
    drive: Drive | None = None,
) -> Shipment:
    """Write down what shall go from `place` to `organisation`, under the house's next number. Nothing is reserved yet.

    The same key again answers the first shipment. Raises Refused for infant formula, for a confidential place without
    its relay point or that is to come itself, for a past day, and for what belongs to another house.
    """
    check_destination(organisation, mode)
    _check(organisation, place, drive, planned_on, lines)
    asked = {"organisation": organisation, "place": place, "mode": mode, "planned_on": planned_on, "drive": drive}
    try:
        with transaction.atomic():
            House.objects.select_for_update(no_key=True).get(pk=place.house_id)  # one number after the other
            last = Shipment.objects.filter(house=place.house_id).aggregate(last=Max("number"))["last"] or 0
            shipment = Shipment.objects.create(
                house_id=place.house_id, number=last + 1, key=key, drafted_by=actor, **asked
            )
            _write(shipment, lines)
            return shipment
    except IntegrityError:
        first = Shipment.objects.filter(key=key).first()
        if first is None:
            raise
    return _same(first, asked, lines)


def edit_shipment(
    *,
    shipment: Shipment,
    organisation: Organisation,
    place: Place,
    mode: str,
    planned_on: date,
    lines: Sequence[Line],
    actor: User,
    drive: Drive | None = None,
) -> Shipment:
    """Make the draft say this instead. Again with the same changes nothing. Same rules as `draft_shipment`."""
    check_destination(organisation, mode)
    _check(organisation, place, drive, planned_on, lines)
    with transaction.atomic():
        draft = locked(shipment, ShipmentState.DRAFT)
        draft.organisation, draft.place, draft.mode, draft.planned_on = organisation, place, mode, planned_on
        draft.drive, draft.drafted_by = drive, actor
        draft.save()
        draft.lines.all().delete()
        _write(draft, lines)
    return draft


def locked(shipment: Shipment, *states: ShipmentState) -> Shipment:
    """The shipment as it is now, kept from others until the transaction ends; Refused where its state is another."""
    now = (
        Shipment.objects.select_related("organisation__relay", "place__house", "place__site")
        .select_for_update(of=("self",))
        .get(pk=shipment.pk)
    )
    if now.state not in states:
        raise Refused(
            _("%(shipment)s: this cannot be done now. Its state: %(state)s.")
            % {"shipment": now, "state": now.get_state_display()}
        )
    return now


def check_destination(organisation: Organisation, mode: str) -> None:
    """Raise Refused where a shipment would show more of a confidential place than its relay point."""
    if not organisation.is_confidential:
        return
    if organisation.relay_id is None:
        raise Refused(
            _("%(organisation)s is a confidential place without a relay point. Ask an administrator to choose one.")
            % {"organisation": organisation},
            field="organisation",
        )
    if mode != ShipmentMode.DELIVERY:
        raise Refused(
            _("%(organisation)s is a confidential place: what it receives goes to its relay point. Choose a delivery.")
            % {"organisation": organisation},
            field="mode",
        )


def check_items(items: Iterable[Item]) -> None:
    """Raise Refused, with the line, where one of `items` never goes into a shipment (décret n° 98-688, WHO Code)."""
    for index, item in enumerate(items):
        if item.is_formula:
            raise Refused(
                _(
                    "%(item)s: infant formula, bottles and teats never go into a shipment."
                    " They are given at a handover, on a worker’s request."
                )
                % {"item": item},
                field="item",
                line=index,
            )


def _check(
    organisation: Organisation, place: Place, drive: Drive | None, planned_on: date, lines: Sequence[Line]
) -> None:
    house, today = place.house_id, timezone.localdate()
    if organisation.house_id != house or not organisation.is_active:
        raise Refused(_("Choose an organisation of your house that is in use."), field="organisation")
    if drive and drive.house_id != house:
        raise Refused(_("Choose a drive of your house."), field="drive")
    if place.kind not in (PlaceKind.STORE, PlaceKind.TABLE) or not place.is_active:
        raise Refused(_("A shipment leaves from a store or a table that is in use."), field="place")
    if not today <= planned_on <= today + FURTHEST:
        raise Refused(_("Choose a day from today on, within a year."), field="planned_on")
    if not 1 <= len(lines) <= MOST_LINES:
        raise Refused(_("A shipment has between 1 and %(most)d lines.") % {"most": MOST_LINES})
    check_items(line.item for line in lines)
    _check_lines(house, lines)


def _check_lines(house: int, lines: Sequence[Line]) -> None:
    seen: set[int] = set()
    for index, line in enumerate(lines):
        if line.item.house_id != house:
            raise Refused(_("Choose an article of your house."), field="item", line=index)
        if line.item.pk in seen:
            raise Refused(
                _("%(item)s is on another line already: write the whole quantity there.") % {"item": line.item},
                field="item",
                line=index,
            )
        if not 1 <= line.quantity <= MOST_PIECES:
            raise Refused(
                _("%(item)s: enter a quantity between 1 and %(most)s.")
                % {"item": line.item, "most": grouped(MOST_PIECES)},
                field="quantity",
                line=index,
            )
        seen.add(line.item.pk)


def _write(shipment: Shipment, lines: Sequence[Line]) -> None:
    ShipmentLine.objects.bulk_create(
        ShipmentLine(shipment=shipment, item=line.item, quantity=line.quantity) for line in lines
    )


def _same(first: Shipment, asked: dict[str, object], lines: Sequence[Line]) -> Shipment:
    written = {line.item_id: line.quantity for line in first.lines.all()}
    if written != {line.item.pk: line.quantity for line in lines} or any(
        getattr(first, name) != value for name, value in asked.items()
    ):
        raise Refused(
            _("This form was already recorded as %(shipment)s, with other content. Open it and edit it there.")
            % {"shipment": first}
        )
    return first
