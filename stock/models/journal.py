"""What somebody did: the operations, and what came twice with other content."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from network.models import Device, House
from stock import registry
from stock.enums import OperationKind, Reason
from stock.querysets import ConflictQuerySet, OperationQuerySet

if TYPE_CHECKING:
    from accounts.models import User


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
        kind = capfirst(self.get_kind_display())
        return kind if self.number is None else _("%(kind)s no. %(number)d") % {"kind": kind, "number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("stock:operation_detail", args=[self.pk])

    @cached_property
    def number(self) -> int | None:
        """The one number that people read of it: that of its document where that has one, else its own; None where its
        document has let go of it.

        A list calls `registry.give_numbers` for all of its rows at once.
        """
        registry.give_numbers([self])
        return self.number

    @property
    def is_let_go(self) -> bool:
        """Whether its document was taken back, and knows nothing of it any more."""
        return self.number is None

    @property
    def is_taken_back(self) -> bool:
        """Whether it stands no more. Of one of `for_display()`: what reverses it is known."""
        return hasattr(self, "reversed_by") or self.is_let_go


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
