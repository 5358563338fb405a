"""What a worker does with long work: takes it up, says how far it is, leaves what it made. No exception gets out.

The task's own record keeps the words of an exception, which could quote what the work says of anybody; the log keeps
its kind and its place alone (web/logs.py).
"""

import logging
from contextlib import nullcontext

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone, translation

from web.jobs.at_work import be_at_work
from web.jobs.enums import JobState, Problem
from web.jobs.kinds import JobKind, NotYours, Work
from web.jobs.models import Job, Upload
from web.jobs.operations import sent_with

logger = logging.getLogger(__name__)


class Superseded(Exception):
    """The work was forgotten, or started again: this attempt is nobody's any more."""


def work_on(pk: str) -> None:
    """Do the work; whatever goes wrong is written on it as a sentence."""
    job = take_up(pk)
    if job is None:
        return
    try:
        with translation.override(job.language):
            _do(job)
    except Superseded:
        logger.info("Long work was forgotten or started again while it was being done.")
    except NotYours:
        give_up(job, Problem.REFUSED)
    except Exception:
        logger.exception("Long work could not be done.")
        give_up(job, Problem.BROKEN)


def take_up(pk: str) -> Job | None:
    """The work for this worker alone, or None where another took it up first."""
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(pk=pk, state=JobState.WAITING).first()
        if job is None:
            return None
        job.state, job.run, job.seen_at = JobState.WORKING, job.run + 1, timezone.now()
        job.save(update_fields=["state", "run", "seen_at"])
    return job


def tell(job: Job, done: int) -> None:
    """Write how far it is. Raises Superseded where this attempt is past."""
    _write(job, done=min(done, job.total))


def finish(job: Job, content: bytes) -> None:
    """Leave what was made, and let go of what came in. Raises Superseded, and leaves nothing, where it is past."""
    job.file.save("", ContentFile(content), save=False)
    name = str(job.file.name)
    try:
        with transaction.atomic():
            _write(job, state=JobState.DONE, file=name, done=job.total)
            if job.kind is None or not job.kind.keeps_file(content):
                Upload.objects.filter(job=job).delete()
    except BaseException:
        job.file.storage.delete(name)
        raise


def give_up(job: Job, problem: Problem) -> None:
    try:
        _write(job, state=JobState.FAILED, problem=problem)
    except Superseded:
        logger.info("Long work was forgotten or started again before it failed.")


def _do(job: Job) -> None:
    """Do it with the rights that its owner has now.

    What is written all or not at all is written together with the news that it is done: a worker that is killed between
    the two has written nothing, and the next one begins anew.
    """
    kind = job.kind
    if not job.owner.is_active or kind is None:
        raise NotYours
    work = _prepared(job, kind)
    job.total = max(work.total, 1)
    _write(job, total=job.total)
    try:
        with transaction.atomic() if kind.is_all_or_nothing else nullcontext():
            if kind.is_all_or_nothing:
                be_at_work(job)
            finish(job, work.make(lambda done: tell(job, done)))
    except BaseException:
        _let_go(job)
        raise


def _let_go(job: Job) -> None:
    """Delete the file of an attempt whose news was not written after all."""
    name = str(job.file.name)
    if name and not Job.objects.filter(pk=job.pk, file=name).exists():
        job.file.storage.delete(name)


def _prepared(job: Job, kind: JobKind) -> Work:
    sent = sent_with(job)
    return kind.prepare(job.owner, job.arguments, sent) if sent else kind.prepare(job.owner, job.arguments)


def _write(job: Job, **changes: object) -> None:
    mine = Job.objects.filter(pk=job.pk, run=job.run, state=JobState.WORKING)
    if not mine.update(seen_at=timezone.now(), **changes):
        raise Superseded
