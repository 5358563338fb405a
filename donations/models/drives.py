"""The drive, and what partners promise for it."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from donations.enums import PledgeState
from donations.querysets import DriveQuerySet, PledgeQuerySet
from network.models import House, Organisation, Site
from stock.models import Item
from web.languages import in_readers_language
from web.numbers import grouped


class Drive(models.Model):
    """A campaign: from one day to another, at some sites, with a text for the public."""

    house = models.ForeignKey(House, models.PROTECT, related_name="drives", verbose_name=_("house"))
    name = models.CharField(_("name in French"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    sites = models.ManyToManyField(Site, related_name="drives", blank=True, verbose_name=_("sites"))
    public_text = models.TextField(_("text for the public in French"), blank=True)
    public_text_en = models.TextField(_("text for the public in English"), blank=True)
    is_public = models.BooleanField(_("has a public page"), default=False, editable=False)
    slug = models.SlugField(
        _("address of the public page"), max_length=60, blank=True, db_index=False, editable=False
    )  # given once, at the first publication: it is printed and shared
    key = models.UUIDField(_("idempotency key"), unique=True, null=True, editable=False)

    objects = DriveQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["key"])

    class Meta:
        verbose_name = _("drive")
        verbose_name_plural = _("drives")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["house", "name"],
                name="donations_drive_name_unique",
                violation_error_message=_("A drive of this name exists already."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="donations_drive_ends_after_it_starts",
                violation_error_message=_("The last day comes after the first."),
            ),
            models.UniqueConstraint(
                fields=["slug"],
                condition=~Q(slug=""),
                name="donations_drive_slug_unique",
                violation_error_message=_("Another drive has this address already."),
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | ~Q(slug=""),
                name="donations_drive_public_has_an_address",
                violation_error_message=_("A public page has an address."),
            ),
        ]

    def __str__(self) -> str:
        return in_readers_language(self.name, self.name_en)

    def get_absolute_url(self) -> str:
        return reverse("donations:drive_detail", args=[self.pk])

    @property
    def is_running(self) -> bool:
        return self.starts_on <= timezone.localdate() <= self.ends_on

    @property
    def is_over(self) -> bool:
        return self.ends_on < timezone.localdate()

    @property
    def text(self) -> str:
        """The text for the public in the reader's language, in French where there is no other."""
        return in_readers_language(self.public_text, self.public_text_en)


class Pledge(models.Model):
    """What a partner promised for a drive. What arrived is the sum of the donation lines that name it."""

    drive = models.ForeignKey(Drive, models.PROTECT, related_name="pledges", verbose_name=_("drive"))
    partner = models.ForeignKey(Organisation, models.PROTECT, related_name="pledges", verbose_name=_("partner"))
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name=_("article"))
    quantity = models.PositiveIntegerField(_("quantity"))
    due_on = models.DateField(_("promised for"))
    is_cancelled = models.BooleanField(_("cancelled"), default=False)
    key = models.UUIDField(_("idempotency key"), unique=True, null=True, editable=False)

    objects = PledgeQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["key"])

    delivered: int  # units that arrived, and units that did not: of what `with_delivered()` loaded
    remaining: int

    class Meta:
        verbose_name = _("pledge")
        verbose_name_plural = _("pledges")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0),
                name="donations_pledge_quantity_positive",
                violation_error_message=_("A pledge is of at least one."),
            ),
        ]

    def __str__(self) -> str:
        of = {"partner": self.partner, "quantity": grouped(self.quantity), "item": self.item}
        return str(_("%(partner)s: %(quantity)s × %(item)s") % of)

    def get_absolute_url(self) -> str:
        return reverse("donations:pledge_detail", args=[self.pk])

    @property
    def state(self) -> PledgeState:
        """Where it stands; only of what `with_delivered()` loaded."""
        if self.is_cancelled:
            return PledgeState.CANCELLED
        if self.remaining < 0:
            return PledgeState.OVER
        if not self.remaining:
            return PledgeState.ARRIVED
        return PledgeState.LATE if self.due_on < timezone.localdate() else PledgeState.EXPECTED

    @property
    def still_expected(self) -> int:
        """Units that should still come; only of what `with_delivered()` loaded."""
        return 0 if self.is_cancelled else max(self.remaining, 0)

    @property
    def over(self) -> int:
        """Units that came beyond what was promised; only of what `with_delivered()` loaded."""
        return max(-self.remaining, 0)
