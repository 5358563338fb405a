"""What people do with their prints: start one, start it again, forget it. What the worker does is in working.py."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from printing.enums import PrintState
from printing.models import PrintJob
from printing.papers import MOST_SHEETS, papers
from printing.tasks import make_print
from web.errors import Refused

MOST_OPEN = 10  # of one person at a time


def start_print(*, paper: str, arguments: Mapping[str, int], actor: Any, key: UUID) -> PrintJob:
    """Have `paper` made by a worker; the same key again answers the first print.

    Raises NotYours where `actor` may not see what it is about, Refused for one too long, for too many at a time, and
    where the key came with another paper.
    """
    work = papers[paper].prepare(actor, dict(arguments))
    first = PrintJob.objects.filter(key=key).first()
    if first is not None:
        return _same(first, paper, arguments, actor)
    _check(work.sheets, actor)
    asked = {"paper": paper, "arguments": dict(arguments), "owner": actor, "total": work.sheets}
    try:
        with transaction.atomic():
            job = PrintJob.objects.create(key=key, language=get_language() or "fr", **asked)
            make_print.enqueue(str(job.pk))
    except IntegrityError:
        first = PrintJob.objects.filter(key=key).first()
        if first is None:
            raise
        return _same(first, paper, arguments, actor)
    job.refresh_from_db()
    return job


def start_again(*, job: PrintJob, actor: Any) -> None:
    """Have a print that failed or stopped made anew; one that goes on is left alone. Raises Refused once it is gone."""
    with transaction.atomic():
        now = PrintJob.objects.of(actor).select_for_update().filter(pk=job.pk).first()
        if now is None:
            raise Refused(_("This print is no more. Ask for it again."))
        if not now.can_start_again:
            return
        now.state, now.problem, now.done, now.seen_at = PrintState.WAITING, "", 0, timezone.now()
        now.run += 1
        now.save(update_fields=["state", "problem", "done", "seen_at", "run"])
        make_print.enqueue(str(now.pk))


def forget_print(*, job: PrintJob, actor: Any) -> None:
    """Erase a print and its file, whatever its state; a worker that is at it stops at its next page."""
    with transaction.atomic():
        mine = PrintJob.objects.of(actor).select_for_update().filter(pk=job.pk).first()
        if mine is not None:
            erase(mine)


def erase(job: PrintJob) -> None:
    """Delete the row, and the file once that is certain."""
    storage, name = job.file.storage, job.file.name
    job.delete()
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def _check(sheets: int, actor: Any) -> None:
    if sheets > MOST_SHEETS:
        raise Refused(
            _("This paper has %(sheets)d pages, more than %(most)d. Print it in parts.")
            % {"sheets": sheets, "most": MOST_SHEETS}
        )
    is_open = PrintJob.objects.of(actor).filter(state__in=[PrintState.WAITING, PrintState.WORKING])
    if is_open.count() >= MOST_OPEN:
        raise Refused(
            ngettext(
                "%(most)d print of yours is not finished yet. Wait for it, or forget it.",
                "%(most)d prints of yours are not finished yet. Wait for one, or forget one.",
                MOST_OPEN,
            )
            % {"most": MOST_OPEN}
        )


def _same(first: PrintJob, paper: str, arguments: Mapping[str, int], actor: Any) -> PrintJob:
    if first.owner_id != actor.pk or first.paper != paper or first.arguments != dict(arguments):
        raise Refused(_("This form was already sent for another paper. Load the page again."))
    return first
