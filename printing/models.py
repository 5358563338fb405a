"""Long prints: made by a worker while one goes on, seen by who asked alone, erased after a day."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from printing.enums import PrintState, Problem
from printing.papers import NEUTRAL, Paper, papers

KEPT = timedelta(days=1)
A_MOMENT = timedelta(minutes=1)
SILENCE = timedelta(minutes=3)  # without a sign of the worker: it is said to have stopped
FOLDER = "prints"


def a_random_name(job: "PrintJob", filename: str) -> str:
    return f"{FOLDER}/{uuid.uuid4().hex}.pdf"


class PrintJobQuerySet(models.QuerySet):
    def of(self, user: object) -> "PrintJobQuerySet":
        """Nobody sees another's prints, whatever their role."""
        return self.filter(owner=user)

    def past_their_term(self) -> "PrintJobQuerySet":
        return self.filter(made_at__lt=timezone.now() - KEPT)


class PrintJob(models.Model):
    """One paper that somebody asked for. `run` counts the attempts: a worker whose attempt is past writes nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("asked by"))
    key = models.UUIDField(_("idempotency key"), unique=True, editable=False)
    paper = models.CharField(_("paper"), max_length=40)
    arguments = models.JSONField(_("about (ids alone)"))
    language = models.CharField(_("language"), max_length=8)
    state = models.CharField(_("state"), max_length=8, choices=PrintState, default=PrintState.WAITING)
    problem = models.CharField(_("why it failed"), max_length=8, choices=Problem, blank=True)
    done = models.PositiveIntegerField(_("pages done"), default=0)
    total = models.PositiveIntegerField(_("pages"))
    run = models.PositiveSmallIntegerField(_("attempt"), default=0)
    file = models.FileField(_("file"), upload_to=a_random_name, blank=True)
    made_at = models.DateTimeField(_("asked for"), default=timezone.now)
    seen_at = models.DateTimeField(_("last sign of life"), default=timezone.now)

    objects = PrintJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("print")
        verbose_name_plural = _("prints")
        ordering = ["-made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="printing_printjob_done_within_total"),
            models.CheckConstraint(
                condition=Q(state=PrintState.DONE) & ~Q(file="") | ~Q(state=PrintState.DONE) & Q(file=""),
                name="printing_printjob_file_once_done",
            ),
            models.CheckConstraint(
                condition=Q(state=PrintState.FAILED) & ~Q(problem="") | ~Q(state=PrintState.FAILED) & Q(problem=""),
                name="printing_printjob_failed_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["owner", "-made_at"], name="printing_printjob_owner_made")]

    def __str__(self) -> str:
        return str(papers[self.paper].label) if self.paper in papers else NEUTRAL

    def get_absolute_url(self) -> str:
        return reverse("printing:print_detail", args=[self.pk])

    @property
    def kind(self) -> Paper | None:
        """What is printed, or None where this version of kitdrive no longer knows it."""
        return papers.get(self.paper)

    @property
    def back_url(self) -> str:
        return self.kind.back(self.arguments) if self.kind else reverse("printing:print_list")

    @property
    def is_open(self) -> bool:
        """Whether a file is still to come."""
        return self.state in (PrintState.WAITING, PrintState.WORKING)

    @property
    def is_fresh(self) -> bool:
        """Whether it began to wait less than a minute ago: there is nothing to count yet."""
        return self.seen_at > timezone.now() - A_MOMENT

    @property
    def is_silent(self) -> bool:
        """Whether nothing was heard of it for some minutes: no worker took it up, or the one that did has stopped."""
        return self.is_open and self.seen_at < timezone.now() - SILENCE

    @property
    def waiting_before(self) -> int:
        """How many prints, of anybody, are to be made before this one. One statement while it waits, none after."""
        if self.state != PrintState.WAITING:
            return 0
        return PrintJob.objects.filter(state=PrintState.WAITING, seen_at__lt=self.seen_at).count()

    @property
    def can_start_again(self) -> bool:
        return self.state == PrintState.FAILED or self.is_silent
