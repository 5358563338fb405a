"""The log of sensitive reads: who looked at handovers or looked a kit's code up, and why. Kept for 12 months."""

from datetime import date

from network.acting import Acting
from network.enums import ReadReason, SensitiveSubject
from network.models import SensitiveRead, Site


def log_read(
    acting: Acting,
    subject: SensitiveSubject,
    reason: ReadReason = ReadReason.TODAY,
    site: Site | None = None,
    day: date | None = None,
) -> SensitiveRead:
    """Record that `acting` reads `subject`; `site` and `day` say which part of it. Call it before showing anything."""
    if acting.house is None:
        raise ValueError("Of no house there is nothing sensitive to read.")
    return SensitiveRead.objects.create(
        house=acting.house, reader=acting.user, site=site, subject=subject, reason=reason, day=day
    )


def erase_past_reads() -> int:
    """Delete what is past its 12 months and answer how many rows that were."""
    return SensitiveRead.objects.past_their_term().delete()[0]
