"""Who is late with what, and when they were last reminded."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from donations.models import Letter, Pledge
from donations.partners.letters import has_mailbox
from donations.partners.querysets import BETWEEN_REMINDERS
from donations.querysets import PledgeQuerySet
from network.models import Organisation


@dataclass
class LatePartner:
    """A partner that promised something that has not all come in time."""

    pledges: list[Pledge]
    letter: Letter | None

    @property
    def partner(self) -> Organisation:
        return self.pledges[0].partner

    @property
    def has_mailbox(self) -> bool:
        return has_mailbox(self.partner)

    @property
    def is_recent(self) -> bool:
        return self.letter is not None and self.letter.asked_at > timezone.now() - BETWEEN_REMINDERS

    @property
    def again_at(self) -> datetime | None:
        """When the next reminder may be written, where the last one is too near."""
        return self.letter.asked_at + BETWEEN_REMINDERS if self.letter is not None and self.is_recent else None

    @property
    def can_be_reminded(self) -> bool:
        """Whether a press does something: a first letter, one after seven days, or one more try of what failed."""
        return self.has_mailbox and (not self.is_recent or (self.letter is not None and self.letter.can_be_tried))


def late_partners(rows: Iterable[Mapping[str, Any]], late: PledgeQuerySet) -> list[LatePartner]:
    """The partners of `rows` (of `late.by_partner()`) with all they are late with and their last reminder.

    Two statements.
    """
    partners = [row["partner"] for row in rows]
    pledges: dict[int, list[Pledge]] = defaultdict(list)
    for pledge in late.filter(partner__in=partners).for_display():
        pledges[pledge.partner_id].append(pledge)
    letters = Letter.objects.reminders().filter(partner__in=partners).select_related("asked_by")
    last = {letter.partner_id: letter for letter in letters.order_by("asked_at", "pk")}
    return [LatePartner(pledges[pk], last.get(pk)) for pk in partners if pk in pledges]
