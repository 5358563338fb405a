"""The ledger: what there is, where it is, and everything that ever moved it."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from network.models import Device, House, Organisation, Site
from stock import registry
from stock.catalogue import Gtin, Item
from stock.enums import INTERNAL_KINDS, VIRTUAL_KINDS, Block, DatePrecision, OperationKind, PlaceKind, Reason
from stock.querysets import (
    BalanceQuerySet,
    ConflictQuerySet,
    LotQuerySet,
    MovementQuerySet,
    OperationQuerySet,
    PlaceQuerySet,
)

if TYPE_CHECKING:
    from accounts.models import User

__all__ = ["Balance", "Conflict", "Gtin", "Item", "Lot", "Movement", "Operation", "Place", "Reservation"]


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


class Recorded(models.Model):
    """What either a person did or a device that was let in (network/devices.py)."""

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    device = models.ForeignKey(
        Device, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("recorded on")
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(actor__isnull=False, device=None) | Q(actor=None, device__isnull=False),
                name="%(app_label)s_%(class)s_one_actor",
                violation_error_message=_("Either a person or a device did it."),
            ),
        ]

    @property
    def recorded_by(self) -> "User | Device":
        """Who did it: a person, or a device that was let in."""
        return self.actor or self.device  # type: ignore[return-value]  # the constraint says that one is there


class Operation(Recorded):
    """One thing that somebody did. Posted means unchanged: a correction is another operation that reverses it."""

    house = models.ForeignKey(House, models.PROTECT, related_name="+", verbose_name=_("house"))
    kind = models.CharField(_("kind"), max_length=14, choices=OperationKind)
    key = models.CharField(_("idempotency key"), max_length=64, unique=True, editable=False)
    digest = models.CharField(_("digest of the content"), max_length=64, editable=False)
    happened_at = models.DateTimeField(_("happened"))
    recorded_at = models.DateTimeField(_("recorded"))
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by", verbose_name=_("reverses")
    )
    reason = models.CharField(_("reason"), max_length=14, choices=Reason, blank=True)

    objects = OperationQuerySet.as_manager()

    class Meta(Recorded.Meta):
        abstract = False
        verbose_name = _("operation")
        verbose_name_plural = _("operations")
        ordering = ["-happened_at", "-pk"]
        indexes = [
            # Carries what tells handovers from the rest, so that the journal is counted and paged in the index alone.
            models.Index(
                fields=["house", "-happened_at", "-id", "kind", "reverses"], name="stock_operation_house_journal"
            ),
            # Nearly all rows reverse nothing: a database that counts them among the alike would rather read the table.
            models.Index(fields=["reverses"], condition=Q(reverses__isnull=False), name="stock_operation_reversals"),
            models.Index(fields=["device"], condition=Q(device__isnull=False), name="stock_operation_of_a_device"),
        ]

    def __str__(self) -> str:
        return _("%(kind)s no. %(number)d") % {"kind": capfirst(self.get_kind_display()), "number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("stock:operation_detail", args=[self.pk])

    @cached_property
    def number(self) -> int:
        """The one number that people read of it: that of its document where that has one, else its own.

        A list calls `registry.give_numbers` for all of its rows at once.
        """
        registry.give_numbers([self])
        return self.number


class Movement(models.Model):
    """Some of a lot that went from one place to another. Append-only: triggers refuse to change or delete a row."""

    operation = models.ForeignKey(Operation, models.PROTECT, related_name="movements", verbose_name=_("operation"))
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="movements", db_index=False, verbose_name=_("lot"))
    quantity = models.PositiveIntegerField(_("quantity"))
    source = models.ForeignKey(Place, models.PROTECT, related_name="+", db_index=False, verbose_name=_("from"))
    target = models.ForeignKey(Place, models.PROTECT, related_name="+", db_index=False, verbose_name=_("to"))
    grams = models.PositiveIntegerField(_("grams weighed"), null=True, blank=True)
    at = models.DateTimeField(_("when"))

    objects = MovementQuerySet.as_manager()

    class Meta:
        verbose_name = _("movement")
        verbose_name_plural = _("movements")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0),
                name="stock_movement_quantity_positive",
                violation_error_message=_("A movement has a quantity above zero."),
            ),
            models.CheckConstraint(
                condition=~Q(source=F("target")),
                name="stock_movement_goes_somewhere",
                violation_error_message=_("A movement goes from one place to another."),
            ),
        ]
        indexes = [
            # Both carry the lot and the quantity, so that stock at a date reads the index alone.
            models.Index(fields=["source", "at", "lot", "quantity"], name="stock_movement_source_at"),
            models.Index(fields=["target", "at", "lot", "quantity"], name="stock_movement_target_at"),
            models.Index(fields=["lot", "at"], name="stock_movement_lot_at"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.lot_id}: {self.source_id} → {self.target_id}"


class Balance(models.Model):
    """How many of a lot are in an internal place, and how many of these are reserved."""

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="balances", verbose_name=_("lot"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="balances", db_index=False, verbose_name=_("place"))
    on_hand = models.PositiveIntegerField(_("on hand"), default=0)
    reserved = models.PositiveIntegerField(_("reserved"), default=0)

    objects = BalanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("balance")
        verbose_name_plural = _("balances")
        ordering = ["place", "lot"]
        constraints = [
            models.UniqueConstraint(fields=["place", "lot"], name="stock_balance_unique"),
            models.CheckConstraint(
                condition=Q(reserved__gte=0) & Q(reserved__lte=F("on_hand")),
                name="stock_balance_reserved_is_on_hand",
                violation_error_message=_("No more can be reserved than is on hand, and nothing goes below zero."),
            ),
        ]
        indexes = [
            models.Index(fields=["place"], condition=Q(on_hand__gt=0), name="stock_balance_something_here"),
        ]

    def __str__(self) -> str:
        return f"{self.on_hand} ({self.reserved})"

    @property
    def free(self) -> int:
        return self.on_hand - self.reserved


class Reservation(models.Model):
    """Some of a balance kept for the document whose operation holds it. A balance's `reserved` is their sum."""

    balance = models.ForeignKey(Balance, models.PROTECT, related_name="reservations", verbose_name=_("balance"))
    holder = models.ForeignKey(Operation, models.PROTECT, related_name="reservations", verbose_name=_("reserved by"))
    quantity = models.PositiveIntegerField(_("quantity"))

    class Meta:
        verbose_name = _("reservation")
        verbose_name_plural = _("reservations")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["holder", "balance"], name="stock_reservation_unique"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="stock_reservation_quantity_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity}"


class Conflict(Recorded):
    """The same key came again with other content. Kept for a person to settle; it never blocks what comes after."""

    house = models.ForeignKey(House, models.CASCADE, related_name="+", verbose_name=_("house"))
    operation = models.ForeignKey(
        Operation, models.PROTECT, related_name="conflicts", verbose_name=_("first operation")
    )
    digest = models.CharField(_("digest of the content"), max_length=64)
    content = models.JSONField(_("what was sent"), null=True)
    day = models.DateField(_("day"))
    is_settled = models.BooleanField(_("settled"), default=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("settled by")
    )

    objects = ConflictQuerySet.as_manager()

    class Meta(Recorded.Meta):
        abstract = False
        verbose_name = _("conflict")
        verbose_name_plural = _("conflicts")
        ordering = ["-pk"]
        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(fields=["operation", "digest"], name="stock_conflict_once"),
        ]

    def __str__(self) -> str:
        return f"{self.operation}"
