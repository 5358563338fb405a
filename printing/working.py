"""What a worker does with a print: takes it up, says how far it is, leaves the file. No exception leaves this file.

The task's own record keeps the words of an exception, which could quote what the paper says of anybody; the log keeps
its kind and its place alone (web/logs.py).
"""

import logging

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone, translation

from printing.enums import PrintState, Problem
from printing.models import PrintJob
from printing.papers import NEUTRAL, NotYours, papers

logger = logging.getLogger(__name__)


class Superseded(Exception):
    """The print was forgotten, or started again: this attempt is nobody's any more."""


def work_on(pk: str) -> None:
    """Make the print; whatever goes wrong is written on it as a sentence."""
    job = take_up(pk)
    if job is None:
        return
    try:
        with translation.override(job.language):
            finish(job, _make(job))
    except Superseded:
        logger.info("A print was forgotten or started again while it was being made.")
    except NotYours:
        give_up(job, Problem.REFUSED)
    except Exception:
        logger.exception("A print could not be made.")
        give_up(job, Problem.BROKEN)


def take_up(pk: str) -> PrintJob | None:
    """The print for this worker alone, or None where another took it up first."""
    with transaction.atomic():
        job = PrintJob.objects.select_for_update().filter(pk=pk, state=PrintState.WAITING).first()
        if job is None:
            return None
        job.state, job.run, job.seen_at = PrintState.WORKING, job.run + 1, timezone.now()
        job.save(update_fields=["state", "run", "seen_at"])
    return job


def tell(job: PrintJob, done: int) -> None:
    """Write how many pages are laid out. Raises Superseded where this attempt is past."""
    _write(job, done=min(done, job.total))


def finish(job: PrintJob, content: bytes) -> None:
    """Leave the file. Raises Superseded, and leaves none, where this attempt is past."""
    job.file.save(NEUTRAL, ContentFile(content), save=False)
    name = str(job.file.name)
    try:
        _write(job, state=PrintState.DONE, file=name, done=job.total)
    except BaseException:
        job.file.storage.delete(name)
        raise


def give_up(job: PrintJob, problem: Problem) -> None:
    try:
        _write(job, state=PrintState.FAILED, problem=problem)
    except Superseded:
        logger.info("A print was forgotten or started again before it failed.")


def _make(job: PrintJob) -> bytes:
    """The paper, with the rights that its owner has now."""
    if not job.owner.is_active or job.paper not in papers:
        raise NotYours
    work = papers[job.paper].prepare(job.owner, job.arguments)
    job.total = max(work.sheets, 1)
    _write(job, total=job.total)
    return work.make(lambda done: tell(job, done))


def _write(job: PrintJob, **changes: object) -> None:
    mine = PrintJob.objects.filter(pk=job.pk, run=job.run, state=PrintState.WORKING)
    if not mine.update(seen_at=timezone.now(), **changes):
        raise Superseded
