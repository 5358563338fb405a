"""What stands beside a donation and a pledge on their pages: papers, letters, and what of a promise came with what."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from donations.models import Attestation, Container, Donation, DonationLine, Letter, Pledge, SortingLine
from donations.partners.letters import has_mailbox
from network.acting import Acting
from stock.models import Lot


@dataclass(frozen=True)
class Kept:
    """A promise, and the lines of one donation that keep it."""

    pledge: Pledge
    lines: list[DonationLine]

    @property
    def units(self) -> int:
        return sum(line.quantity for line in self.lines)


@dataclass(frozen=True)
class Delivered:
    """A line of what came for a promise: with a donation, or out of the container that is named."""

    day: date
    quantity: int
    lot: Lot
    is_reversed: bool
    donation: Donation | None = None
    container: Container | None = None


def papers_of(acting: Acting, donation: Donation) -> dict[str, Any]:
    """The attestation, the letter and the kept promises of a partner's donation, as far as `acting` may see them."""
    if not donation.is_of_partner:
        return {}
    letters = Letter.objects.visible_to(acting).select_related("asked_by")
    return {
        "attestation": Attestation.objects.visible_to(acting).filter(gifts__donation=donation).first(),
        "letter": letters.filter(donation=donation).first(),
        "can_write": has_mailbox(donation.partner) and not donation.is_reversed,
        "kept": kept_by(acting, donation),
    }


def kept_by(acting: Acting, donation: Donation) -> list[Kept]:
    """The promises that a donation keeps; two statements."""
    lines: dict[int | None, list[DonationLine]] = defaultdict(list)
    for line in donation.lines.filter(pledge__isnull=False).select_related("lot"):
        lines[line.pledge_id].append(line)
    pledges = Pledge.objects.visible_to(acting).filter(pk__in=list(lines)).for_display()
    return [Kept(pledge, lines[pledge.pk]) for pledge in pledges]


def delivered_for(pledge: Pledge) -> list[Delivered]:
    """All that came for a promise, the latest first, what was taken back too; two statements."""
    counted = DonationLine.objects.filter(pledge=pledge).select_related("donation__operation__reversed_by", "lot")
    containers = SortingLine.objects.filter(pledge=pledge)
    sorted_out = containers.select_related("sorting__operation__reversed_by", "sorting__container", "lot")
    rows = [
        Delivered(line.donation.received_on, line.quantity, line.lot, line.donation.is_reversed, line.donation)
        for line in counted
    ]
    rows += [
        Delivered(container.filled_on, line.quantity, line.lot, line.sorting.is_reversed, container=container)
        for line in sorted_out
        for container in (line.sorting.container,)
    ]
    return sorted(rows, key=lambda row: row.day, reverse=True)


def reminders_of(acting: Acting, pledge: Pledge) -> QuerySet[Letter]:
    """The letters in which a promise was reminded of, the latest first, as far as `acting` may see them."""
    return Letter.objects.visible_to(acting).filter(pledges=pledge).select_related("asked_by")
