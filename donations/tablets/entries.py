"""One entry as a tablet sends it, read strictly: what is not understood is refused with a sentence, and alone.

docs/tablets.md says what an entry holds. Ids of articles and partners are looked up among what the tablet was told.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from donations.arrivals import ArrivalLine
from donations.containers.operations import fill, unfill
from donations.drop_offs.moments import Moment, moment, read_moment
from donations.drop_offs.operations import (
    MOST_AT_ONCE,
    MOST_GRAMS,
    check_taking_back,
    decline,
    drop_off,
    take_back,
)
from donations.enums import REASONS_AT_THE_DOOR, DropOffKind, Entered, RefusalReason
from donations.models import Tablet
from donations.operations import receive
from donations.querysets import givers
from network.devices import invited_at
from network.models import Organisation
from stock.enums import DateRule, OperationKind
from stock.models import Item, Operation
from web.errors import Refused

MOST_LINES = 100


class Unreadable(Refused):
    """The entry is not one that this version of the page makes."""


def record(entry: Mapping[str, Any], *, tablet: Tablet, sent_at: datetime, entered: Entered) -> Operation:
    """Record one entry of `tablet`. Raises Refused, KeyConflict among them, and Unreadable."""
    kinds = {"drop_off": _drop_off, "refusal": _refusal, "goods": _goods, "container": _container, "undo": _undo}
    work = kinds.get(_text(entry, "kind"))
    if work is None:
        raise _unreadable()
    at = read_moment(entry.get("at"))
    if at is None:
        raise _unreadable()
    since = invited_at(tablet.device) if entered == Entered.FILE else None
    return work(entry, tablet, key_of(entry), moment(at, sent_at, since=since), entered)


def _drop_off(entry: Mapping[str, Any], tablet: Tablet, key: str, at: Moment, entered: Entered) -> Operation:
    return drop_off(
        **_here(tablet),
        kind=DropOffKind(_choice(entry, "what", DropOffKind)),
        quantity=_number(entry, "quantity", 1, MOST_AT_ONCE),
        grams=_grams(entry),
        partner=_partner(entry, tablet),
        key=key,
        moment=at,
        entered=entered,
    )


def _refusal(entry: Mapping[str, Any], tablet: Tablet, key: str, at: Moment, entered: Entered) -> Operation:
    return decline(
        **_here(tablet),
        reason=RefusalReason(_choice(entry, "reason", REASONS_AT_THE_DOOR)),
        quantity=_number(entry, "quantity", 1, MOST_AT_ONCE),
        grams=_grams(entry),
        key=key,
        moment=at,
        entered=entered,
    )


def _container(entry: Mapping[str, Any], tablet: Tablet, key: str, at: Moment, entered: Entered) -> Operation:
    del entered  # a container's own operation says it
    return fill(
        **_here(tablet),
        kind=DropOffKind(_choice(entry, "what", DropOffKind)),
        code=_text(entry, "code"),
        grams=_grams(entry),
        partner=_partner(entry, tablet),
        key=key,
        moment=at,
    )


def _goods(entry: Mapping[str, Any], tablet: Tablet, key: str, at: Moment, entered: Entered) -> Operation:
    """Loose goods that were counted one by one: a donation of the public, in stock at once."""
    del entered
    if tablet.place is None:
        raise Refused(_("No loose goods are counted at this point."))
    lines = entry.get("lines")
    if not isinstance(lines, list) or not 1 <= len(lines) <= MOST_LINES:
        raise _unreadable()
    wanted = [(_number(line, "item", 1, 2**62), _number(line, "quantity", 1, MOST_AT_ONCE)) for line in lines]
    found = loose_goods(tablet).in_bulk([item for item, _quantity in wanted])
    if len(found) != len({item for item, _quantity in wanted}):
        raise Refused(_("An article of this entry is no longer in the catalogue of loose goods."))
    return receive(
        drive=tablet.drive,
        place=tablet.place,
        lines=[ArrivalLine(found[item], quantity) for item, quantity in wanted],
        received_on=at.day,
        actor=tablet.device,
        key=key,
        moment=at,
    )


def _undo(entry: Mapping[str, Any], tablet: Tablet, key: str, at: Moment, entered: Entered) -> Operation:
    del entered
    operations = Operation.objects.filter(device=tablet.device, key=key_of(entry, "of"))
    operation = operations.select_related("house").first()
    if operation is None:
        raise Refused(_("What this takes back did not arrive."))
    if operation.kind == OperationKind.FILL:
        check_taking_back(operation, tablet.device, at)
        return unfill(operation=operation, actor=tablet.device, key=key)
    return take_back(operation=operation, device=tablet.device, key=key, moment=at)


def loose_goods(tablet: Tablet) -> QuerySet[Item]:
    """The articles that are counted one by one at a door: in use, without a date to read, never infant formula."""
    items = Item.objects.filter(house=tablet.device.house_id).in_use().loose()
    return items.filter(date_rule=DateRule.NONE, is_formula=False)


def _here(tablet: Tablet) -> dict[str, Any]:
    return {"drive": tablet.drive, "site": tablet.device.site, "actor": tablet.device}


def _partner(entry: Mapping[str, Any], tablet: Tablet) -> Organisation | None:
    pk = entry.get("partner")
    if pk is None:
        return None
    partner = givers(tablet.device.house).filter(pk=_number(entry, "partner", 1, 2**62)).first()
    if partner is None:
        raise Refused(_("This partner can no longer be chosen."))
    return partner


def key_of(entry: Mapping[str, Any], name: str = "id") -> str:
    """The key of the operation that `entry` asks for. Raises Unreadable for an id that is none."""
    try:
        return str(UUID(_text(entry, name)))
    except ValueError:
        raise _unreadable() from None


def _text(entry: Mapping[str, Any], name: str) -> str:
    value = entry.get(name)
    if not isinstance(value, str):
        raise _unreadable()
    return value


def _choice(entry: Mapping[str, Any], name: str, choices: Iterable[str]) -> str:
    value = _text(entry, name)
    if value not in {str(choice) for choice in choices}:
        raise _unreadable()
    return value


def _number(entry: Mapping[str, Any], name: str, least: int, most: int) -> int:
    value = entry.get(name) if isinstance(entry, Mapping) else None
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise _unreadable()
    return value


def _grams(entry: Mapping[str, Any]) -> int | None:
    return None if entry.get("grams") is None else _number(entry, "grams", 1, MOST_GRAMS)


def _unreadable() -> Unreadable:
    return Unreadable(_("This entry cannot be read. Show it to a coordinator."))
