"""What a worker does with a letter: takes it up, writes it from what stands now, sends it. Nothing is raised from here.

A letter holds what was given or promised, the drive, the day and a number: nothing of anybody else, and no address of a
page. It is in French with English below.
"""

import logging
from datetime import timedelta
from typing import Any

from django.core.mail import EmailMessage
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone, translation

from donations.enums import LetterKind, LetterState
from donations.models import Letter, Pledge
from donations.partners.letters import has_mailbox
from donations.partners.tasks import send_later

logger = logging.getLogger(__name__)

LANGUAGES = ("fr", "en")
WAITS = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=4))
TEMPLATES = {LetterKind.DELIVERY: "delivery", LetterKind.REMINDER: "reminder"}


def send(pk: int) -> None:
    """Send the letter once; a failure is written on it, and tried again later."""
    letter = _take_up(pk)
    if letter is None:
        return
    try:
        said = what_it_says(letter)
        if said is None:
            _write(letter, LetterState.DROPPED)
            return
        EmailMessage(*written(letter.kind, said), to=[letter.partner.contact_email]).send()
    except Exception:
        logger.exception("A letter could not be sent.")
        _write(letter, LetterState.FAILED)
        if letter.tries <= len(WAITS):
            send_later(letter.pk, timezone.now() + WAITS[letter.tries - 1])
    else:
        _write(letter, LetterState.SENT)


def what_it_says(letter: Letter) -> dict[str, Any] | None:
    """What the letter is about as it stands now; None where there is nothing to say any more."""
    if not has_mailbox(letter.partner):
        return None
    if letter.kind == LetterKind.DELIVERY:
        return of_delivery(letter.donation)
    late = list(Pledge.objects.filter(letters=letter).late().select_related("drive", "item"))
    return {"house": letter.house.registered_name, "pledges": late} if late else None


def of_delivery(donation: Any) -> dict[str, Any] | None:
    """What a letter says of a delivery; None once it was taken back."""
    if donation.is_reversed:
        return None
    lines = list(donation.lines.select_related("item"))
    return {"house": donation.house.registered_name, "donation": donation, "lines": lines}


def written(kind: str, said: dict[str, Any]) -> tuple[str, str]:
    """The subject and the text, in each language."""
    subjects, texts = [], []
    for language in LANGUAGES:
        with translation.override(language):
            name = f"donations/partners/letters/{TEMPLATES[LetterKind(kind)]}"
            subjects.append(" ".join(render_to_string(f"{name}_subject.txt", said).split()))
            texts.append(render_to_string(f"{name}.txt", said).strip())
    return " · ".join(subjects), "\n\n—\n\n".join(texts) + "\n"


def _take_up(pk: int) -> Letter | None:
    """The letter for this worker alone, or None where another took it up first, or it is done."""
    now = timezone.now()
    waiting = Letter.objects.filter(state__in=[LetterState.WAITING, LetterState.FAILED], pk=pk)
    if not waiting.update(state=LetterState.SENDING, tries=F("tries") + 1, tried_at=now):
        return None
    return Letter.objects.select_related("partner", "house", "donation__drive", "donation__operation").get(pk=pk)


def _write(letter: Letter, state: LetterState) -> None:
    Letter.objects.filter(pk=letter.pk, state=LetterState.SENDING).update(state=state)
