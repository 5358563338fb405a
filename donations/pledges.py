"""What partners promise: to take a promise down, change or cancel it, and to tell which one an arrival keeps."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from donations.arrivals import ArrivalLine, check_giver, check_quantity
from donations.models import DonationLine, Drive, Pledge, SortingLine
from network.models import Organisation
from stock.ledger import KeyConflict
from stock.models import Item, Lot
from stock.querysets import stands
from web.errors import Refused

LONGEST_AHEAD = timedelta(days=366)  # a later date is a slip of the hand


def promise(
    *, drive: Drive, partner: Organisation, item: Item, quantity: int, due_on: date, actor: User, key: str
) -> Pledge:
    """Write down that `partner` promised `quantity` of `item` for `due_on`; the same `key` again is the same pledge.

    Raises Refused for a drive that is over, a day that is past or more than a year ahead, a kit, another house's data.
    """
    check_giver(partner, drive.house_id)
    _check_item(item, drive)
    check_quantity(quantity)
    _check_due(due_on)
    if drive.ends_on < timezone.localdate():
        raise Refused(_("“%(drive)s” is over. Choose a drive that is not.") % {"drive": drive}, field="drive")
    asked = {"drive": drive, "partner": partner, "item": item, "quantity": quantity, "due_on": due_on}
    try:
        with transaction.atomic():
            return _write(Pledge(key=key, **asked), actor)
    except IntegrityError:
        first = Pledge.objects.filter(key=key).first()
        if first is None:
            raise
    return _the_same(first, asked)


def change(*, pledge: Pledge, quantity: int, due_on: date, actor: User) -> Pledge:
    """Set how many were promised and for when; what has arrived stays counted. Raises Refused for a cancelled one."""
    check_quantity(quantity)
    with transaction.atomic():
        pledge = Pledge.objects.select_for_update().get(pk=pledge.pk)
        if pledge.is_cancelled:
            raise Refused(_("This pledge is cancelled. Write down a new one."))
        if due_on != pledge.due_on:
            _check_due(due_on)
        pledge.quantity, pledge.due_on = quantity, due_on
        return _write(pledge, actor)


def cancel(*, pledge: Pledge, actor: User) -> Pledge:
    """Expect no more of it; what has arrived stays counted. Again changes nothing."""
    with transaction.atomic():
        pledge = Pledge.objects.select_for_update().get(pk=pledge.pk)
        if pledge.is_cancelled:
            return pledge
        pledge.is_cancelled = True
        return _write(pledge, actor)


def write_given(
    model: type[DonationLine] | type[SortingLine],
    lines: Sequence[ArrivalLine],
    lots: Sequence[Lot],
    *,
    drive: Drive,
    partner: Organisation | None,
    **document: Any,
) -> None:
    """Write what was given, each line with its lot and the pledge that it keeps, as lines of `document`."""
    pledges = attribute(lines, drive=drive, partner=partner)
    line_of: Any = model
    model._default_manager.bulk_create(
        line_of(
            **document,
            item=line.item,
            lot=lot,
            quantity=line.quantity,
            grams=line.grams,
            condition=line.condition,
            pledge=pledge,
        )
        for lot, line, pledge in zip(lots, lines, pledges, strict=True)
    )


def attribute(lines: Sequence[ArrivalLine], *, drive: Drive, partner: Organisation | None) -> list[Pledge | None]:
    """The pledge that each line keeps: the one it names, else the oldest in the drive that still awaits its article.

    Locks the pledges of `partner`, so that two deliveries at one moment count one after the other.
    """
    if partner is None:
        return [None for _line in lines]
    items = {line.item.pk for line in lines}
    awaited = Pledge.objects.filter(drive=drive, partner=partner, item__in=items, is_cancelled=False)
    pledges = sorted(awaited.select_for_update().order_by("pk"), key=lambda pledge: (pledge.due_on, pledge.pk))
    left = _still_to_come(pledges)
    kept: list[Pledge | None] = []
    for line in lines:
        open_ones = (p for p in pledges if p.item_id == line.item.pk and left[p.pk] > 0)
        pledge = line.pledge or next(open_ones, None)
        if pledge:
            left[pledge.pk] = left.get(pledge.pk, 0) - line.quantity
        kept.append(pledge)
    return kept


def check_named(line: ArrivalLine, partner: Organisation | None, drive: Drive, *, index: int) -> None:
    """Raise Refused where a line names a pledge that is not of its partner, article and drive."""
    pledge = line.pledge
    if pledge is None:
        return
    wanted = (line.item.pk, partner and partner.pk, drive.pk)
    if (pledge.item_id, pledge.partner_id, pledge.drive_id) != wanted:
        raise Refused(
            _("%(item)s: this pledge is of another partner, article or drive.") % {"item": line.item},
            field="pledge",
            line=index,
        )


def _still_to_come(pledges: Sequence[Pledge]) -> dict[int, int]:
    """Units by pledge, read after the lock: a reversed donation or sorting keeps no promise."""
    if not pledges:
        return {}
    left = {pledge.pk: pledge.quantity for pledge in pledges}
    for lines in (
        DonationLine.objects.filter(stands("donation__operation"), pledge__in=pledges),
        SortingLine.objects.filter(stands("sorting__operation"), pledge__in=pledges),
    ):
        for pledge, delivered in lines.order_by().values_list("pledge").annotate(sum=Sum("quantity")):
            left[pledge] -= delivered
    return left


def _write(pledge: Pledge, actor: User) -> Pledge:
    pledge._history_user = actor  # type: ignore[attr-defined]
    pledge.save()
    return pledge


def _the_same(pledge: Pledge, asked: dict[str, Any]) -> Pledge:
    if any(getattr(pledge, name) != value for name, value in asked.items()):
        raise KeyConflict(
            _("This form was already recorded with other content. Nothing was changed: change the pledge instead.")
        )
    return pledge


def _check_item(item: Item, drive: Drive) -> None:
    if item.house_id != drive.house_id or item.is_kit:
        raise Refused(_("%(item)s: a pledge is of an article of your catalogue.") % {"item": item}, field="item")


def _check_due(due_on: date) -> None:
    today = timezone.localdate()
    if due_on < today:
        raise Refused(_("This date is past. Write the day on which it should come."), field="due_on")
    if due_on > today + LONGEST_AHEAD:
        raise Refused(_("This date is more than a year ahead. Check the year."), field="due_on")
