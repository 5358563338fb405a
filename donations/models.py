"""What comes in: the drive, what partners promise, what people give, what had to be bought."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from donations.enums import Condition, DonorKind, PledgeState
from donations.querysets import DonationQuerySet, DriveQuerySet, PledgeQuerySet, PurchaseQuerySet
from network.models import House, Organisation, Site
from stock.models import Item, Lot, Operation, Place
from web.languages import in_readers_language


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
        of = {"partner": self.partner, "quantity": self.quantity, "item": self.item}
        return str(_("%(partner)s: %(quantity)s × %(item)s") % of)

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
        return f"{self.quantity} × {self.item}"


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
