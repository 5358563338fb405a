"""What every operation moved, what lies where after it, and what of that is kept for a document."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stock.models.goods import Lot, Place
from stock.models.journal import Operation
from stock.querysets import BalanceQuerySet, MovementQuerySet
from web.numbers import grouped


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
        said = {"quantity": grouped(self.quantity), "lot": self.lot, "source": self.source, "target": self.target}
        return _("%(quantity)s × %(lot)s, from %(source)s to %(target)s") % said


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
        return _("%(quantity)s × %(lot)s at %(place)s") % {
            "quantity": grouped(self.on_hand),
            "lot": self.lot,
            "place": self.place,
        }

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
        said = {"quantity": grouped(self.quantity), "lot": self.balance.lot, "place": self.balance.place}
        return _("%(quantity)s × %(lot)s kept at %(place)s") % said
