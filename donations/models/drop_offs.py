"""What people bring to a point and what is not taken: counted at the door, in no stock before it is sorted."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from donations.enums import DropOffKind, Entered, RefusalReason
from donations.models.drives import Drive
from donations.querysets import AtTheDoorQuerySet, RefusalQuerySet
from network.models import House, Organisation, Site
from stock.models import Operation
from web.numbers import grouped


class AtTheDoor(models.Model):
    """One thing that a volunteer noted at a point: on a tablet, on a page, or on paper first.

    `told_at` is what the tablet's clock said; where that clock was wrong, the operation happened when it arrived.
    """

    house = models.ForeignKey(House, models.PROTECT, related_name="+", db_index=False, verbose_name=_("house"))
    drive = models.ForeignKey(Drive, models.PROTECT, related_name="%(class)ss", verbose_name=_("drive"))
    site = models.ForeignKey(Site, models.PROTECT, related_name="+", db_index=False, verbose_name=_("collection point"))
    day = models.DateField(_("day"))
    quantity = models.PositiveIntegerField(_("quantity"), default=1)
    grams = models.PositiveIntegerField(_("grams weighed"), null=True, blank=True)
    told_at = models.DateTimeField(_("when, by the tablet’s clock"), null=True, blank=True)
    is_clock_off = models.BooleanField(_("the tablet’s clock was wrong"), default=False)
    is_late = models.BooleanField(_("came after the drive had ended"), default=False)
    entered = models.CharField(_("how it was entered"), max_length=6, choices=Entered)

    class Meta:
        abstract = True
        ordering = ["-day", "-pk"]

    @property
    def is_reversed(self) -> bool:
        """Whether it was taken back."""
        return hasattr(self.operation, "reversed_by")  # type: ignore[attr-defined]


class DropOff(AtTheDoor):
    """Bags, cartons or pallets that somebody left at a point. Who that was is never asked; a partner is named."""

    operation = models.OneToOneField(Operation, models.PROTECT, related_name="drop_off", verbose_name=_("operation"))
    kind = models.CharField(_("what"), max_length=6, choices=DropOffKind)
    partner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("partner")
    )

    objects = AtTheDoorQuerySet.as_manager()

    class Meta(AtTheDoor.Meta):
        abstract = False
        verbose_name = _("drop-off")
        verbose_name_plural = _("drop-offs")
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0),
                name="donations_dropoff_quantity_positive",
                violation_error_message=_("A drop-off is of at least one."),
            ),
        ]
        indexes = [
            models.Index(fields=["house", "-day", "-id"], name="donations_dropoff_house_day"),
            models.Index(fields=["site", "day", "kind", "quantity"], name="donations_dropoff_site_day"),
        ]

    def __str__(self) -> str:
        return _("drop-off no. %(number)d") % {"number": self.pk}

    def get_absolute_url(self) -> str:
        return reverse("donations:drop_off_detail", args=[self.pk])


class Refusal(AtTheDoor):
    """What was not taken, and why: at the door, or when a container was sorted."""

    operation = models.ForeignKey(Operation, models.PROTECT, related_name="refusals", verbose_name=_("operation"))
    reason = models.CharField(_("reason"), max_length=10, choices=RefusalReason)

    objects = RefusalQuerySet.as_manager()

    class Meta(AtTheDoor.Meta):
        abstract = False
        verbose_name = _("refusal")
        verbose_name_plural = _("refusals")
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0),
                name="donations_refusal_quantity_positive",
                violation_error_message=_("A refusal is of at least one."),
            ),
        ]
        indexes = [
            models.Index(fields=["house", "-day", "-id"], name="donations_refusal_house_day"),
            models.Index(fields=["site", "day", "reason", "quantity"], name="donations_refusal_site_day"),
        ]

    def __str__(self) -> str:
        return f"{grouped(self.quantity)} × {self.get_reason_display()}"
