"""The letters that people had sent to partners: thanks for a delivery, and reminders of what is late."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from donations.enums import LetterKind, LetterState
from donations.models.arrivals import Donation
from donations.models.drives import Pledge
from donations.partners.querysets import LetterQuerySet
from network.models import House, Organisation

A_WORKER_MAY_TAKE = timedelta(minutes=10)


class Letter(models.Model):
    """An e-mail to a partner that a person decided on. The address is the partner's own when it leaves; none is kept.

    A delivery has one letter at most. It is written when a worker sends it, from what stands then.
    """

    house = models.ForeignKey(House, models.PROTECT, related_name="+", verbose_name=_("house"))
    partner = models.ForeignKey(Organisation, models.PROTECT, related_name="letters", verbose_name=_("partner"))
    kind = models.CharField(_("kind"), max_length=8, choices=LetterKind)
    donation = models.OneToOneField(
        Donation, models.PROTECT, null=True, blank=True, related_name="letter", verbose_name=_("donation")
    )
    pledges = models.ManyToManyField(Pledge, related_name="letters", blank=True, verbose_name=_("pledges"))
    state = models.CharField(_("state"), max_length=9, choices=LetterState, default=LetterState.WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    asked_at = models.DateTimeField(_("when it was asked for"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who asked for it")
    )
    tried_at = models.DateTimeField(_("last try"), null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=LetterKind.DELIVERY, donation__isnull=False)
                | Q(kind=LetterKind.REMINDER, donation=None),
                name="donations_letter_of_a_delivery_or_a_reminder",
                violation_error_message=_("A letter thanks for a delivery, or reminds of pledges."),
            ),
        ]
        indexes = [models.Index(fields=["partner", "kind", "-asked_at"], name="donations_letter_of_a_partner")]

    def __str__(self) -> str:
        return _("letter no. %(number)d") % {"number": self.pk}

    @property
    def can_be_tried(self) -> bool:
        """Whether a person may have it sent again: it failed, or whoever was to send it has stopped."""
        if self.state in (LetterState.WAITING, LetterState.SENDING):
            return (self.tried_at or self.asked_at) < timezone.now() - A_WORKER_MAY_TAKE
        return self.state == LetterState.FAILED
