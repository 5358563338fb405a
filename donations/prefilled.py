"""What the form of a donation already says when it opens from a pledge, or from a donation that was taken back."""

from typing import Any

from donations.models import Donation, DonationLine, Pledge
from network.requests import Request
from stock.enums import DatePrecision
from stock.forms import PrintedDate
from web.forms import MOST_LINES

Typed = tuple[dict[str, Any], list[dict[str, Any]]]


def as_typed(request: Request) -> Typed:
    """The fields and the lines for `?pledge=` (with `&all=1` all that its partner still owes the drive) or `?again=`.

    Of what this person may see; else nothing.
    """
    acting = request.acting
    pledges = Pledge.objects.visible_to(acting).for_display()
    pledge = chosen(pledges, request.GET.get("pledge"))
    if pledge:
        same = pledges.still_to_come().filter(drive=pledge.drive_id, partner=pledge.partner_id)
        lines = [_promised(row) for row in (same[:MOST_LINES] if request.GET.get("all") else [pledge])]
        return {"drive": pledge.drive_id, "partner": pledge.partner_id}, lines
    donation = chosen(Donation.objects.visible_to(acting), request.GET.get("again"))
    if donation is None:
        return {}, []
    fields = ("drive_id", "place_id", "partner_id", "received_on")
    head = {name.removesuffix("_id"): getattr(donation, name) for name in fields}
    return head, [_line(line) for line in donation.lines.select_related("item", "lot")]


def chosen(queryset: Any, typed: str | None) -> Any:
    """The row of `queryset` whose number stands in an address, or None."""
    return queryset.filter(pk=typed).first() if typed and typed.isdecimal() and len(typed) < 19 else None


def _promised(pledge: Pledge) -> dict[str, Any]:
    return {"item": pledge.item, "quantity": pledge.still_expected or None}


def _line(line: DonationLine) -> dict[str, Any]:
    lot = line.lot
    printed = PrintedDate(lot.best_before, DatePrecision(lot.precision)) if lot.best_before else None
    return {
        "item": line.item,
        "quantity": line.quantity,
        "condition": line.condition,
        "best_before": printed,
        "number": lot.number,
        "grams": line.grams,
    }
