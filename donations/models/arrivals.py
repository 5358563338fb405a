"""What came in counted: what people and partners gave, and what had to be bought."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from donations.enums import Condition, DonorKind
from donations.models.drives import Drive, Pledge
from donations.querysets import DonationQuerySet, PurchaseQuerySet
from network.models import House, Organisation
from stock.models import Item, Lot, Operation, Place
from web.numbers import grouped


class Arrival(models.Model):
    """What donations and purchases have in common."""

    class Meta:
        abstract = True

    @property
    def is_reversed(self) -> bool:
        """Whether it was taken back."""
        return hasattr(self.operation, "reversed_by")  # type: ignore[attr-defined]


class Donation(Arrival):
    """What a partner or somebody of the public gave at a site on a day. The public is never named."""

    house = models.ForeignKey(House, models.PROTECT, related_name="donations", verbose_name=_("house"))
    drive = models.ForeignKey(Drive, models.PROTECT, related_name="donations", verbose_name=_("drive"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    donor_kind = models.CharField(_("given by"), max_length=8, choices=DonorKind)
    partner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="donations", verbose_name=_("partner")
    )
    received_on = models.DateField(_("received on"))
    operation = models.OneToOneField(Operation, models.PROTECT, related_name="donation", verbose_name=_("operation"))
    picture = models.CharField(_("picture"), max_length=32, blank=True, default="", editable=False)
    picture_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("picture changed by"),
    )

    objects = DonationQuerySet.as_manager()

    class Meta:
        verbose_name = _("donation")
        verbose_name_plural = _("donations")
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(donor_kind=DonorKind.PARTNER, partner__isnull=False)
                | Q(donor_kind=DonorKind.PUBLIC, partner=None),
                name="donations_donation_partner_or_public",
                violation_error_message=_(
                    "A donation comes from a partner, who is named, or from the public, who is not."
                ),
            ),
            models.CheckConstraint(
                condition=Q(picture="") | Q(donor_kind=DonorKind.PARTNER),
                name="donations_donation_picture_of_a_partner",
                violation_error_message=_(
                    "Only what a partner delivers has a picture: what the public drops off is never photographed."
                ),
            ),
        ]
        indexes = [models.Index(fields=["house", "-received_on"], name="donations_donation_house_day")]

    def __str__(self) -> str:
        return _("donation no. %(number)d") % {"number": self.pk}

    def get_absolute_url(self) -> str:
        return reverse("donations:donation_detail", args=[self.pk])

    @property
    def is_of_partner(self) -> bool:
        return self.donor_kind == DonorKind.PARTNER

    @property
    def is_confidential(self) -> bool:
        """Whether it comes from a confidential place, or came to one."""
        return any(place.is_confidential for place in (self.partner, self.place.site) if place)

    @property
    def giver(self) -> str:
        """The partner's name, or that it was the public."""
        return str(self.partner or self.get_donor_kind_display())


class ArrivalLine(models.Model):
    """One line of what arrived: so many of an article, in one lot."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name=_("article"))
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="+", verbose_name=_("lot"))
    quantity = models.PositiveIntegerField(_("quantity"))
    grams = models.PositiveIntegerField(_("grams weighed"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{grouped(self.quantity)} × {self.item}"


class DonationLine(ArrivalLine):
    donation = models.ForeignKey(Donation, models.PROTECT, related_name="lines", verbose_name=_("donation"))
    condition = models.CharField(_("condition"), max_length=9, choices=Condition, default=Condition.NEW)
    pledge = models.ForeignKey(
        Pledge, models.PROTECT, null=True, blank=True, related_name="lines", verbose_name=_("pledge")
    )

    class Meta(ArrivalLine.Meta):
        verbose_name = _("donation line")
        verbose_name_plural = _("donation lines")
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="donations_donationline_quantity_positive"),
        ]
        indexes = [
            models.Index(fields=["pledge"], condition=Q(pledge__isnull=False), name="donations_line_of_a_pledge"),
        ]


class Purchase(Arrival):
    """What one had to buy: from whom, for how much, paid by whom."""

    house = models.ForeignKey(House, models.PROTECT, related_name="purchases", verbose_name=_("house"))
    drive = models.ForeignKey(
        Drive, models.PROTECT, null=True, blank=True, related_name="purchases", verbose_name=_("drive")
    )
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    supplier = models.CharField(_("supplier (a shop or a company)"), max_length=120)
    funder = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("paid by")
    )
    cost = models.DecimalField(_("cost in euros"), max_digits=9, decimal_places=2)
    bought_on = models.DateField(_("bought on"))
    operation = models.OneToOneField(Operation, models.PROTECT, related_name="purchase", verbose_name=_("operation"))

    objects = PurchaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("purchase")
        verbose_name_plural = _("purchases")
        ordering = ["-bought_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cost__gte=0),
                name="donations_purchase_cost_not_negative",
                violation_error_message=_("A cost is not below zero."),
            ),
        ]

    def __str__(self) -> str:
        return _("purchase no. %(number)d") % {"number": self.pk}

    def get_absolute_url(self) -> str:
        return reverse("donations:purchase_detail", args=[self.pk])


class PurchaseLine(ArrivalLine):
    purchase = models.ForeignKey(Purchase, models.PROTECT, related_name="lines", verbose_name=_("purchase"))

    class Meta(ArrivalLine.Meta):
        verbose_name = _("purchase line")
        verbose_name_plural = _("purchase lines")
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="donations_purchaseline_quantity_positive"),
        ]
