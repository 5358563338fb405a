"""The paper of the tests, and the moments of a print that no test can wait for."""

from datetime import timedelta

from django.utils import timezone

from printing.papers import NotYours, Paper, Work
from web.jobs.models import Job

PAPER = "a paper of the tests"
CONTENT = b"%PDF-1.7 of the tests"


def a_paper(refused: set[int]) -> Paper:
    def prepare(user, about, sent=None) -> Work:
        if user.pk in refused:
            raise NotYours
        return Work(about["sheets"], lambda told: lay_out(about["sheets"], told))

    return Paper("Paper of the tests", prepare, lambda about: "/")


def lay_out(sheets: int, told) -> bytes:
    for sheet in range(1, sheets + 1):
        told(sheet)
    return CONTENT


def aged(job: Job, **ago) -> Job:
    """The print as if all that happened to it were so long ago; `state` and the like besides."""
    changes = {name: ago.pop(name) for name in ("state", "done", "run") if name in ago}
    moment = timezone.now() - timedelta(**ago)
    Job.objects.filter(pk=job.pk).update(made_at=moment, seen_at=moment, **changes)
    job.refresh_from_db()
    return job
