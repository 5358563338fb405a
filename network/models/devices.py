"""Machines that act at one site without anybody signing in on them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from network.enums import DeviceState
from network.models.houses import House, Site
from network.querysets import DeviceQuerySet


class Device(models.Model):
    """A tablet or a phone that a coordinator let in: it acts at one site, until a moment, or until it is revoked.

    It holds a secret that nobody typed; here only its digest is kept. What it may do is said by the app that invited
    it (donations: log drop-offs), and nothing else is.
    """

    house = models.ForeignKey(House, models.PROTECT, related_name="devices", verbose_name=_("house"))
    site = models.ForeignKey(Site, models.PROTECT, related_name="devices", verbose_name=_("site"))
    name = models.CharField(_("name"), max_length=60)
    state = models.CharField(_("state"), max_length=9, choices=DeviceState, default=DeviceState.INVITED)
    code_digest = models.CharField(_("digest of the invitation’s code"), max_length=64, blank=True, editable=False)
    code_ends_at = models.DateTimeField(_("the invitation ends"), editable=False)
    secret_digest = models.CharField(_("digest of its secret"), max_length=64, blank=True, editable=False)
    check_number = models.CharField(_("number that it shows"), max_length=3, blank=True, editable=False)
    software = models.CharField(_("browser and system"), max_length=60, blank=True, editable=False)
    ends_at = models.DateTimeField(_("may act until"))
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("invited by")
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("revoked by")
    )
    seen_at = models.DateTimeField(_("last contact"), null=True, blank=True, editable=False)

    objects = DeviceQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["code_digest", "secret_digest", "check_number", "software", "seen_at"])

    class Meta:
        verbose_name = _("tablet or phone")
        verbose_name_plural = _("tablets and phones")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["secret_digest"],
                condition=~Q(secret_digest=""),
                name="network_device_secret_unique",
                violation_error_message=_("Two devices cannot hold one secret."),
            ),
            models.UniqueConstraint(
                fields=["code_digest"],
                condition=~Q(code_digest=""),
                name="network_device_code_unique",
                violation_error_message=_("An invitation’s code is given once."),
            ),
            models.CheckConstraint(
                condition=Q(state=DeviceState.INVITED, secret_digest="")
                | Q(state=DeviceState.WITHDRAWN, code_digest="", secret_digest="")
                | (
                    Q(code_digest="")
                    & ~Q(secret_digest="")
                    & ~Q(state__in=[DeviceState.INVITED, DeviceState.WITHDRAWN])
                ),
                name="network_device_code_or_secret",
                violation_error_message=_("An invitation’s code is used once: then the device holds a secret."),
            ),
            models.CheckConstraint(
                condition=~Q(state=DeviceState.ACTIVE) | Q(confirmed_by__isnull=False),
                name="network_device_active_is_confirmed",
                violation_error_message=_("A device acts once somebody has confirmed it."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or _("tablet no. %(number)d") % {"number": self.pk}

    def get_short_name(self) -> str:
        """What it is called where a person would be called by their first name."""
        return str(self)

    @property
    def is_over(self) -> bool:
        """Whether the time for which it was let in has passed."""
        return self.ends_at <= timezone.now()

    @property
    def may_act(self) -> bool:
        return self.state == DeviceState.ACTIVE and not self.is_over
