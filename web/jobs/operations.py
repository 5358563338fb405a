"""What people do with long work: start it, start it again, forget it. What the worker does is in working.py."""

import hashlib
import zlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from web.errors import Refused
from web.jobs.enums import JobState
from web.jobs.kinds import JobKind, Sent, kinds
from web.jobs.models import Job, Upload
from web.jobs.tasks import do_job

MOST_OPEN = 10  # of one person at a time


def start_job(*, name: str, arguments: Mapping[str, Any], actor: Any, key: UUID | str, sent: Sent | None = None) -> Job:
    """Have the work `name` done by a worker; the same key again answers the first.

    Raises NotYours where `actor` may not see what it is about, Refused for what is too long, for too much at once, and
    where the key came with something else.
    """
    kind, about = kinds[name], dict(arguments)
    if sent:
        about["file"] = hashlib.sha256(sent.content).hexdigest()
    first = Job.objects.filter(key=key).first()
    if first is not None:
        return _same(first, name, about, actor)
    work = kind.prepare(actor, about, sent) if sent else kind.prepare(actor, about)
    _check(kind, work.total, actor)
    try:
        with transaction.atomic():
            language = get_language() or "fr"
            job = Job.objects.create(
                key=key, name=name, arguments=about, owner=actor, language=language, total=max(work.total, 1)
            )
            if sent:
                _keep(job, sent)
            do_job.enqueue(str(job.pk))
    except IntegrityError:
        first = Job.objects.filter(key=key).first()
        if first is None:
            raise
        return _same(first, name, about, actor)
    job.refresh_from_db()
    return job


def start_again(*, job: Job, actor: Any) -> None:
    """Have what failed or stopped done anew; what goes on is left alone. Raises Refused once it is gone."""
    with transaction.atomic():
        now = Job.objects.of(actor).select_for_update().filter(pk=job.pk).first()
        if now is None:
            raise Refused(_("This is no more. Ask for it again."))
        if not now.can_start_again:
            return
        now.state, now.problem, now.done, now.seen_at = JobState.WAITING, "", 0, timezone.now()
        now.run += 1
        now.save(update_fields=["state", "problem", "done", "seen_at", "run"])
        do_job.enqueue(str(now.pk))


def forget_job(*, job: Job, actor: Any) -> None:
    """Erase it with its files, whatever its state; a worker that is at it stops at its next step."""
    with transaction.atomic():
        mine = Job.objects.of(actor).select_for_update().filter(pk=job.pk).first()
        if mine is not None:
            erase(mine)


def erase(job: Job) -> None:
    """Delete the row, what came in with it, and the file once that is certain."""
    storage, name = job.file.storage, job.file.name
    job.delete()
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def sent_with(job: Job) -> Sent | None:
    """The file that came in with it, as long as it is needed."""
    upload = Upload.objects.filter(job=job).first()
    return Sent(zlib.decompress(upload.content), upload.name, upload.came_at) if upload else None


def _keep(job: Job, sent: Sent) -> None:
    came_at = sent.came_at or timezone.now()
    Upload.objects.create(job=job, name=sent.name[:200], content=zlib.compress(sent.content), came_at=came_at)


def _check(kind: JobKind, total: int, actor: Any) -> None:
    if total > kind.most:
        raise Refused(kind.too_long(total))
    is_open = Job.objects.of(actor).filter(state__in=[JobState.WAITING, JobState.WORKING])
    if is_open.count() >= MOST_OPEN:
        raise Refused(
            ngettext(
                "%(most)d thing that you asked for is not finished yet. Wait for it, or stop it.",
                "%(most)d things that you asked for are not finished yet. Wait for one, or stop one.",
                MOST_OPEN,
            )
            % {"most": MOST_OPEN}
        )


def _same(first: Job, name: str, about: Mapping[str, Any], actor: Any) -> Job:
    if first.owner_id != actor.pk or first.name != name or first.arguments != about:
        raise Refused(_("This form was already sent for something else. Load the page again."))
    return first
