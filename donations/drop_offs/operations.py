"""What a volunteer notes at the door. Each function is one operation: all of it or nothing, once for a key."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from donations.arrivals import check_giver
from donations.drop_offs.moments import NOW, Moment
from donations.enums import DropOffKind, Entered, RefusalReason
from donations.models import Drive, DropOff, Refusal
from network.models import Device, Organisation, Site
from stock.enums import OperationKind
from stock.idempotency import Work, operate
from stock.models import Operation
from stock.operations import reverse
from web.errors import Refused

MOST_AT_ONCE = 9_999
MOST_GRAMS = 20_000_000  # a lorry
UNDO = timedelta(hours=1)  # for which a tablet takes back what was noted on it
Sheet = Mapping[str, Any]  # all that was sent at once (together.py)
NO_SHEET: Sheet = {}


def drop_off(
    *,
    drive: Drive,
    site: Site,
    kind: DropOffKind,
    actor: User | Device,
    key: str,
    entered: Entered,
    quantity: int = 1,
    grams: int | None = None,
    partner: Organisation | None = None,
    moment: Moment = NOW,
    sheet: Sheet = NO_SHEET,
) -> Operation:
    """Note bags, cartons or pallets that somebody left at `site`. Nothing of it is in stock before it is sorted.

    One that comes after the drive ended is taken and flagged. `sheet` is all that was sent with it. Raises Refused for
    a site or a partner of another house, less than one, more than 9,999, and a weight that no lorry carries.
    """
    check_counted(quantity, grams)
    if partner:
        check_giver(partner, site.house_id)

    def work(operation: Operation) -> None:
        common = at_the_door(operation, drive, site, moment, entered)
        DropOff.objects.create(**common, kind=kind, quantity=quantity, grams=grams, partner=partner)

    content = {"kind": kind, "quantity": quantity, "grams": grams, "partner": partner, **sheet}
    return note(OperationKind.DROP_OFF, work, drive=drive, site=site, actor=actor, key=key, moment=moment, **content)


def decline(
    *,
    drive: Drive,
    site: Site,
    reason: RefusalReason,
    actor: User | Device,
    key: str,
    entered: Entered,
    quantity: int = 1,
    grams: int | None = None,
    moment: Moment = NOW,
    sheet: Sheet = NO_SHEET,
) -> Operation:
    """Note what was not taken at the door, and why. Raises Refused like `drop_off`."""
    check_counted(quantity, grams)

    def work(operation: Operation) -> None:
        common = at_the_door(operation, drive, site, moment, entered)
        Refusal.objects.create(**common, reason=reason, quantity=quantity, grams=grams)

    content = {"reason": reason, "quantity": quantity, "grams": grams, **sheet}
    return note(OperationKind.DECLINE, work, drive=drive, site=site, actor=actor, key=key, moment=moment, **content)


def take_back(*, operation: Operation, device: Device, key: str, moment: Moment) -> Operation:
    """Reverse what `device` itself noted within the hour before. Raises Refused where it was another or is longer ago.

    The hour is that of the tablet's own clock, so that it is the same without a network.
    """
    check_taking_back(operation, device, moment)
    return reverse(operation=operation, actor=device, key=key)


def check_taking_back(operation: Operation, device: Device, moment: Moment) -> None:
    """Raise Refused where `device` may not take `operation` back at `moment`."""
    if operation.device_id != device.pk:
        raise Refused(_("Only the tablet on which it was noted takes it back; a coordinator can from the list."))
    noted_at = told_at(operation)
    until = moment.told_at if noted_at else moment.happened_at
    if (until or timezone.now()) - (noted_at or operation.happened_at) > UNDO:
        raise Refused(_("This was noted more than an hour before. A coordinator can take it back from the list."))


def told_at(operation: Operation) -> datetime | None:
    """When the tablet said that it noted the drop-off or the refusal of `operation`; None where that is not kept."""
    entry = getattr(operation, "drop_off", None) or operation.refusals.first()
    return entry.told_at if entry else None


def note(
    kind: OperationKind,
    work: Work,
    /,
    *,
    drive: Drive,
    site: Site,
    actor: User | Device,
    key: str,
    moment: Moment,
    **content: Any,
) -> Operation:
    """Run `work` as an operation at `site` for `drive`, at its moment. Raises Refused for a drive of another house."""
    if drive.house_id != site.house_id:
        raise Refused(_("%(drive)s is not a drive of this house.") % {"drive": drive}, field="drive")
    everything = {**content, "drive": drive, "site": site, "told_at": moment.told_at}
    return operate(kind, key, work, house=site.house, actor=actor, content=everything, happened_at=moment.happened_at)


def at_the_door(operation: Operation, drive: Drive, site: Site, moment: Moment, entered: Entered) -> dict[str, Any]:
    """The fields of what was noted at the door, whatever it is."""
    return {
        "operation": operation,
        "house": site.house,
        "drive": drive,
        "site": site,
        "day": timezone.localdate(operation.happened_at),
        "told_at": moment.told_at,
        "is_clock_off": moment.is_clock_off,
        "is_late": timezone.localdate(operation.recorded_at) > drive.ends_on,
        "entered": entered,
    }


def check_counted(quantity: int, grams: int | None) -> None:
    """Raise Refused for less than one or more than anybody brings, and for a weight that no lorry carries."""
    if not 1 <= quantity <= MOST_AT_ONCE:
        raise Refused(_("Enter a number from 1 to 9,999."), field="quantity")
    if grams is not None and not 1 <= grams <= MOST_GRAMS:
        raise Refused(_("Write the weight in grams, or leave it empty where nothing was weighed."), field="grams")
