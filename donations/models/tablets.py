"""The tablets and phones on which drop-offs are logged."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from donations.enums import TabletKind, TabletState
from donations.models.drives import Drive
from donations.tablets.querysets import SILENCE, TabletQuerySet
from network.models import Device
from stock.models import Place


class Tablet(models.Model):
    """A device that logs what people bring to one site, for one drive, and nothing else.

    `waiting` and `refused` are what it last told of itself. `place` is where loose goods that are counted at the door
    go into stock; without one, none are counted there.
    """

    device = models.OneToOneField(Device, models.CASCADE, primary_key=True, related_name="tablet", editable=False)
    drive = models.ForeignKey(Drive, models.PROTECT, related_name="tablets", verbose_name=_("drive"))
    kind = models.CharField(_("kind"), max_length=6, choices=TabletKind, default=TabletKind.SHARED)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("where loose goods go")
    )
    waiting = models.PositiveIntegerField(_("entries waiting on it"), default=0, editable=False)
    refused = models.PositiveIntegerField(_("entries refused"), default=0, editable=False)
    version = models.CharField(_("version of its page"), max_length=16, blank=True, editable=False)
    export_key = models.BinaryField(_("key of its files"), max_length=32, editable=False)

    key = models.UUIDField(_("idempotency key"), unique=True, null=True, editable=False)

    objects = TabletQuerySet.as_manager()

    sent: int  # entries that came from it: of what `for_display()` loaded

    class Meta:
        verbose_name = _("tablet")
        verbose_name_plural = _("tablets")
        ordering = ["-device"]

    def __str__(self) -> str:
        return str(self.device)

    def get_absolute_url(self) -> str:
        return reverse("donations:tablet_detail", args=[self.pk])

    @property
    def state(self) -> TabletState:
        """Where it stands now."""
        state = TabletState(self.device.state)
        if state == TabletState.INVITED and self.device.code_ends_at <= timezone.now():
            return TabletState.LAPSED
        if state == TabletState.ACTIVE and self.device.is_over:
            return TabletState.ENDED
        return state

    @property
    def has_entries_not_sent(self) -> bool:
        """Whether it told of entries that wait on it, and was not heard for a while."""
        seen_at = self.device.seen_at
        return self.waiting > 0 and seen_at is not None and seen_at < timezone.now() - SILENCE
