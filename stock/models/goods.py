"""What there is, and where it lies."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from network.models import House, Organisation, Site
from stock.catalogue import Item
from stock.enums import INTERNAL_KINDS, VIRTUAL_KINDS, Block, DatePrecision, PlaceKind
from stock.querysets import LotQuerySet, PlaceQuerySet


class Lot(models.Model):
    """Some of an item that came together: same number, same date, same giver. A pack of kits is one lot of its own."""

    house = models.ForeignKey(House, models.PROTECT, related_name="+", verbose_name=_("house"))
    item = models.ForeignKey(Item, models.PROTECT, related_name="lots", verbose_name=_("article"))
    identity = models.CharField(_("identity"), max_length=120, editable=False)
    number = models.CharField(_("lot number"), max_length=40, blank=True)
    best_before = models.DateField(_("printed date"), null=True, blank=True)
    precision = models.CharField(
        _("precision of the date"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    donor = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("given by")
    )
    block = models.CharField(_("blocked"), max_length=12, choices=Block, default=Block.NONE, blank=True)

    objects = LotQuerySet.as_manager()

    class Meta:
        verbose_name = _("lot")
        verbose_name_plural = _("lots")
        ordering = ["item", "best_before", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "identity"], name="stock_lot_identity_unique")]
        indexes = [models.Index(fields=["best_before"], name="stock_lot_best_before")]

    def __str__(self) -> str:
        parts = [str(self.item), self.number, self.printed_date]
        return ", ".join(part for part in parts if part)

    def get_absolute_url(self) -> str:
        return reverse("stock:lot_detail", args=[self.pk])

    @property
    def printed_date(self) -> str:
        """The date as it is printed on the article: a day, a month or a year; empty when there is none."""
        if self.best_before is None:
            return ""
        formats = {DatePrecision.MONTH: "F Y", DatePrecision.YEAR: "Y"}
        return date_format(self.best_before, formats.get(DatePrecision(self.precision), "SHORT_DATE_FORMAT"))

    @property
    def is_blocked(self) -> bool:
        return self.block != Block.NONE

    @property
    def is_past(self) -> bool:
        """Whether its printed date is past today; what that means is said by check_can_be_given."""
        return self.best_before is not None and self.best_before < timezone.localdate()


class Place(models.Model):
    """Where goods are. Internal places hold balances; virtual ones are where goods come from or go to."""

    house = models.ForeignKey(House, models.PROTECT, related_name="places", verbose_name=_("house"))
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="places", verbose_name=_("site"))
    kind = models.CharField(_("kind"), max_length=14, choices=PlaceKind)
    name = models.CharField(_("name"), max_length=80, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = PlaceQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["name"])  # who did what; a former name may be a place's that hid since

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["site", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["house", "kind"],
                condition=Q(kind__in=VIRTUAL_KINDS),
                name="stock_place_virtual_once",
                violation_error_message=_("A house has each virtual place once."),
            ),
            models.UniqueConstraint(
                fields=["site", "name"],
                name="stock_place_name_unique",
                violation_error_message=_("This site has a place of this name already."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=VIRTUAL_KINDS, site=None)
                | Q(kind=PlaceKind.TRANSIT)
                | Q(kind__in=INTERNAL_KINDS, site__isnull=False),
                name="stock_place_internal_has_a_site",
                violation_error_message=_("A store, a table or a quarantine belongs to a site."),
            ),
        ]

    def __str__(self) -> str:
        """Its site and its name; once where both are called the same."""
        label = str(self.name or self.get_kind_display())
        return f"{self.site}, {label}" if self.site_id and str(self.site) != label else label

    @property
    def is_internal(self) -> bool:
        return self.kind in INTERNAL_KINDS
