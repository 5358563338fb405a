"""Long work: done by a worker while one goes on, seen by who asked alone, erased after a day."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from web.jobs.at_work import at_work
from web.jobs.enums import JobState, Problem
from web.jobs.kinds import JobKind, kinds

KEPT = timedelta(days=1)
A_MOMENT = timedelta(minutes=1)
SILENCE = timedelta(minutes=3)  # without a sign of the worker: it is said to have stopped
FOLDER = "jobs"
FOLDER_BEFORE = "prints"  # of versions that kept prints alone


def a_random_name(job: "Job", filename: str) -> str:
    return f"{FOLDER}/{uuid.uuid4().hex}"


class JobQuerySet(models.QuerySet):
    def of(self, user: object) -> "JobQuerySet":
        """Nobody sees what another asked for, whatever their role."""
        return self.filter(owner=user)

    def past_their_term(self) -> "JobQuerySet":
        """What was asked for more than a day ago, and what still holds a file that came more than a day ago."""
        before = timezone.now() - KEPT
        return self.filter(Q(made_at__lt=before) | Q(pk__in=Upload.objects.filter(came_at__lt=before).values("job")))


class Job(models.Model):
    """One thing that somebody asked for. `run` counts the attempts: a worker whose attempt is past writes nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("asked by"))
    key = models.UUIDField(_("idempotency key"), unique=True, editable=False)
    name = models.CharField(_("what it is"), max_length=40)
    arguments = models.JSONField(_("about (ids alone)"))
    language = models.CharField(_("language"), max_length=8)
    state = models.CharField(_("state"), max_length=8, choices=JobState, default=JobState.WAITING)
    problem = models.CharField(_("why it failed"), max_length=8, choices=Problem, blank=True)
    done = models.PositiveIntegerField(_("done so far"), default=0)
    total = models.PositiveIntegerField(_("to do"))
    run = models.PositiveSmallIntegerField(_("attempt"), default=0)
    file = models.FileField(_("file"), upload_to=a_random_name, blank=True)
    made_at = models.DateTimeField(_("asked for"), default=timezone.now)
    seen_at = models.DateTimeField(_("last sign of life"), default=timezone.now)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("long work")
        verbose_name_plural = _("long work")
        ordering = ["-made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="web_job_done_within_total"),
            models.CheckConstraint(
                condition=Q(state=JobState.DONE) & ~Q(file="") | ~Q(state=JobState.DONE) & Q(file=""),
                name="web_job_file_once_done",
            ),
            models.CheckConstraint(
                condition=Q(state=JobState.FAILED) & ~Q(problem="") | ~Q(state=JobState.FAILED) & Q(problem=""),
                name="web_job_failed_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["owner", "-made_at"], name="web_job_owner_made")]

    def __str__(self) -> str:
        return str(self.kind.label) if self.kind else "—"

    def get_absolute_url(self) -> str:
        return reverse("jobs:job_detail", args=[self.pk])

    @property
    def kind(self) -> JobKind | None:
        """What it is, or None where this version of kitdrive no longer knows it."""
        return kinds.get(self.name)

    @property
    def back_url(self) -> str:
        return self.kind.back(self.arguments) if self.kind else reverse("jobs:job_list")

    @property
    def progress(self) -> str:
        return self.kind.progress(self.done, self.total) if self.kind else ""

    @property
    def what_stays(self) -> str:
        return self.kind.what_stays(self) if self.kind else ""

    @property
    def is_open(self) -> bool:
        """Whether there is something still to come."""
        return self.state in (JobState.WAITING, JobState.WORKING)

    @property
    def is_fresh(self) -> bool:
        """Whether it began to wait less than a minute ago: there is nothing to count yet."""
        return self.seen_at > timezone.now() - A_MOMENT

    @property
    def is_silent(self) -> bool:
        """Whether nothing was heard of it for too long: no worker took it up, or the one that did has stopped."""
        return self.is_quiet and not self.is_at_work

    @property
    def is_quiet(self) -> bool:
        """Whether nothing was heard of it for too long, were it not written in one piece, of which nothing is heard."""
        return self.is_open and self.seen_at < timezone.now() - SILENCE

    @cached_property
    def is_at_work(self) -> bool:
        """Whether it is being written in one piece just now. A list calls `with_signs` for all of its rows at once."""
        with_signs([self])
        return self.is_at_work

    @property
    def is_all_at_once(self) -> bool:
        """Whether it is being written in one piece, of which nothing is heard before its end."""
        return self.state == JobState.WORKING and self.kind is not None and self.kind.is_all_or_nothing

    @property
    def waiting_before(self) -> int:
        """How much, of anybody, is to be done before this one. One statement while it waits, none after."""
        if self.state != JobState.WAITING:
            return 0
        return Job.objects.filter(state=JobState.WAITING, seen_at__lt=self.seen_at).count()

    @property
    def can_start_again(self) -> bool:
        return self.state == JobState.FAILED or self.is_silent


def with_signs(jobs: list[Job]) -> list[Job]:
    """Say of each of `jobs` whether it is being written in one piece; no statement where that is plain."""
    seen = at_work(job for job in jobs if job.is_all_at_once and job.is_quiet)
    for job in jobs:
        job.is_at_work = job.pk in seen
    return jobs


class Upload(models.Model):
    """A file that waits for the worker: in the database, where no address leads, and gone with what it is for.

    It is compressed. What SQLite deletes is overwritten (settings.py), so that nothing of it stays on its disk;
    PostgreSQL keeps what it deleted until that place is written over, and in its write-ahead log.
    """

    job = models.OneToOneField(Job, models.CASCADE, primary_key=True, verbose_name=_("long work"))
    name = models.CharField(_("name"), max_length=200, blank=True)
    content = models.BinaryField(_("content"))
    came_at = models.DateTimeField(_("sent on"), default=timezone.now)  # the file, whatever work it is for now

    class Meta:
        verbose_name = _("file that waits")
        verbose_name_plural = _("files that wait")

    def __str__(self) -> str:
        return self.name
