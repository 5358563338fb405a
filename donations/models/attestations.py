"""The numbered papers that say what a partner gave in kind."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from donations.enums import CancelReason
from donations.models.arrivals import Donation
from donations.models.sortings import Sorting
from donations.partners.querysets import AttestationQuerySet
from network.models import House, Organisation


class Attestation(models.Model):
    """An attestation de don en nature: for one gift, or for those of some days of one year.

    `content` is all that the paper says, as it was when it was issued; `digest` is taken of it. What is wrong is
    cancelled, and its number stays used. Content and digest are erased after six years, and at once of a partner that
    becomes confidential.
    """

    house = models.ForeignKey(
        House, models.PROTECT, related_name="attestations", db_index=False, verbose_name=_("house")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    partner = models.ForeignKey(Organisation, models.PROTECT, related_name="attestations", verbose_name=_("partner"))
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    content = models.JSONField(_("content"), null=True, editable=False)
    digest = models.CharField(_("digest of the content"), max_length=64, blank=True, editable=False)
    key = models.UUIDField(_("idempotency key"), unique=True, editable=False)
    issued_on = models.DateField(_("issued on"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("issued by")
    )
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cancelled by"),
    )
    cancel_reason = models.CharField(_("why it was cancelled"), max_length=9, choices=CancelReason, blank=True)

    objects = AttestationQuerySet.as_manager()

    class Meta:
        verbose_name = _("attestation")
        verbose_name_plural = _("attestations")
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["house", "year", "number"],
                name="donations_attestation_number_unique",
                violation_error_message=_("An attestation of this number exists already."),
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0),
                name="donations_attestation_number_positive",
                violation_error_message=_("Attestations are numbered from 1."),
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="donations_attestation_ends_after_it_starts",
                violation_error_message=_("The last day comes after the first."),
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on=None, cancelled_by=None, cancel_reason="")
                | (Q(cancelled_on__isnull=False) & ~Q(cancel_reason="")),
                name="donations_attestation_cancelled_with_a_reason",
                violation_error_message=_("A cancelled attestation says when and why."),
            ),
            models.CheckConstraint(
                condition=~Q(digest="", content__isnull=False) & ~(Q(content=None) & ~Q(digest="")),
                name="donations_attestation_content_has_its_digest",
                violation_error_message=_("An attestation keeps the digest of what it says."),
            ),
        ]

    def __str__(self) -> str:
        return _("attestation %(number)s") % {"number": self.full_number}

    def get_absolute_url(self) -> str:
        return reverse("donations:attestation_detail", args=[self.pk])

    @property
    def full_number(self) -> str:
        return f"{self.year}-{self.number:03}"

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_on is not None

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The inventory, its days as days; empty once it was erased."""
        lines = (self.content or {}).get("lines", [])
        return [{**line, "day": date.fromisoformat(line["day"])} for line in lines]


class AttestedGift(models.Model):
    """A gift that a standing attestation is about: no gift is attested twice. A cancelled attestation has none."""

    attestation = models.ForeignKey(Attestation, models.CASCADE, related_name="gifts", verbose_name=_("attestation"))
    donation = models.OneToOneField(
        Donation, models.PROTECT, null=True, blank=True, related_name="attested", verbose_name=_("donation")
    )
    sorting = models.OneToOneField(
        Sorting, models.PROTECT, null=True, blank=True, related_name="attested", verbose_name=_("sorting")
    )

    class Meta:
        verbose_name = _("attested gift")
        verbose_name_plural = _("attested gifts")
        constraints = [
            models.CheckConstraint(
                condition=Q(donation__isnull=False, sorting=None) | Q(donation=None, sorting__isnull=False),
                name="donations_attestedgift_one_source",
                violation_error_message=_("A gift came as a donation or out of a container."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.donation or self.sorting)
