"""Who is late with what, and when they were last reminded."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone

from donations.models import Letter, Pledge
from donations.partners.letters import has_mailbox
from donations.partners.querysets import BETWEEN_REMINDERS
from network.models import Organisation


@dataclass
class LatePartner:
    """A partner that promised something that has not all come in time."""

    partner: Organisation
    pledges: list[Pledge] = field(default_factory=list)
    letter: Letter | None = None

    @property
    def has_mailbox(self) -> bool:
        return has_mailbox(self.partner)

    @property
    def is_recent(self) -> bool:
        return self.letter is not None and self.letter.asked_at > timezone.now() - BETWEEN_REMINDERS

    @property
    def can_be_reminded(self) -> bool:
        """Whether a press does something: a first letter, one after seven days, or one more try of what failed."""
        return self.has_mailbox and (not self.is_recent or (self.letter is not None and self.letter.can_be_tried))


def late_partners(late: Iterable[Pledge]) -> list[LatePartner]:
    """The late pledges by partner, the longest late first, each with its last reminder; one statement."""
    rows: dict[int, LatePartner] = {}
    for pledge in late:
        rows.setdefault(pledge.partner_id, LatePartner(pledge.partner)).pledges.append(pledge)
    letters = Letter.objects.reminders().filter(partner__in=rows).select_related("asked_by")
    for letter in letters.order_by("asked_at", "pk"):
        rows[letter.partner_id].letter = letter
    return list(rows.values())
