"""What goes out: shipments to organisations, handovers to households. No name, no contact, no story, no hour."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from distribution.enums import AcknowledgedBy, LetterException, ShipmentMode, ShipmentState
from distribution.querysets import HandoverQuerySet, ShipmentQuerySet
from donations.models import Drive
from kits.models import Kit
from network.models import House, Organisation, Site
from stock.models import Item, Operation, Place
from web.numbers import grouped


class Shipment(models.Model):
    """Kits and articles for one organisation: draft, packed (reserved), handed over (gone), acknowledged."""

    house = models.ForeignKey(House, models.PROTECT, related_name="shipments", verbose_name=_("house"))
    number = models.PositiveIntegerField(_("number"))
    key = models.UUIDField(_("idempotency key"), unique=True, null=True, editable=False)
    drive = models.ForeignKey(
        Drive, models.PROTECT, null=True, blank=True, related_name="shipments", verbose_name=_("drive")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="shipments", verbose_name=_("organisation")
    )
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("from"))
    mode = models.CharField(_("how"), max_length=8, choices=ShipmentMode, default=ShipmentMode.DELIVERY)
    planned_on = models.DateField(_("planned for"))
    state = models.CharField(_("state"), max_length=12, choices=ShipmentState, default=ShipmentState.DRAFT)
    packing = models.OneToOneField(
        Operation, models.PROTECT, null=True, blank=True, related_name="packed_shipment", verbose_name=_("packed by")
    )
    leaving = models.OneToOneField(
        Operation, models.PROTECT, null=True, blank=True, related_name="left_shipment", verbose_name=_("handed over by")
    )
    acknowledgement = models.OneToOneField(
        Operation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="acknowledged_shipment",
        verbose_name=_("acknowledged by"),
    )
    acknowledged_by = models.CharField(_("acknowledged"), max_length=5, choices=AcknowledgedBy, blank=True)
    receipt_code = models.CharField(
        _("receipt code"),
        max_length=8,
        blank=True,
        editable=False,
        help_text=_("A confidential place sends it back instead of signing. Forgotten once it is acknowledged."),
    )
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("drafted by")
    )

    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("cancelled by")
    )

    objects = ShipmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("shipment")
        verbose_name_plural = _("shipments")
        ordering = ["-planned_on", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["house", "number"], name="distribution_shipment_number_unique"),
            models.CheckConstraint(
                condition=~Q(state__in=[ShipmentState.HANDED_OVER, ShipmentState.ACKNOWLEDGED])
                | Q(leaving__isnull=False),
                name="distribution_shipment_left_by_an_operation",
            ),
            models.CheckConstraint(
                condition=~Q(state=ShipmentState.PACKED) | Q(packing__isnull=False),
                name="distribution_shipment_packed_by_an_operation",
            ),
            models.CheckConstraint(
                condition=~Q(state=ShipmentState.ACKNOWLEDGED)
                | (Q(acknowledgement__isnull=False, receipt_code="") & ~Q(acknowledged_by="")),
                name="distribution_shipment_acknowledged_by_an_operation",
            ),
        ]
        indexes = [models.Index(fields=["house", "-planned_on", "-number"], name="distribution_shipment_by_day")]

    def __str__(self) -> str:
        """Its number alone: never who receives it, nor where."""
        if self.mode == ShipmentMode.PICK_UP:
            return _("Pick-up no. %(number)d") % {"number": self.number}
        return _("Delivery no. %(number)d") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("distribution:shipment_detail", args=[self.pk])


class ShipmentLine(models.Model):
    """So many of a kit or an article, in a shipment; what arrived is known once it is acknowledged."""

    shipment = models.ForeignKey(Shipment, models.CASCADE, related_name="lines", verbose_name=_("shipment"))
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name=_("kit or article"))
    quantity = models.PositiveIntegerField(_("quantity"))
    arrived = models.PositiveIntegerField(_("arrived"), null=True, blank=True)

    class Meta:
        verbose_name = _("shipment line")
        verbose_name_plural = _("shipment lines")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["shipment", "item"],
                name="distribution_shipmentline_item_unique",
                violation_error_message=_("This article is in the shipment already."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0),
                name="distribution_shipmentline_quantity_positive",
                violation_error_message=_("A line is of at least one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{grouped(self.quantity)} × {self.item}"

    @property
    def difference(self) -> int:
        """How many more arrived than left; below zero, how many are missing."""
        return 0 if self.arrived is None else self.arrived - self.quantity

    @property
    def difference_label(self) -> str:
        if self.difference < 0:
            return ngettext("%(count)s is missing", "%(count)s are missing", -self.difference) % {
                "count": grouped(-self.difference)
            }
        return ngettext("%(count)s more", "%(count)s more", self.difference) % {"count": grouped(self.difference)}


class ShipmentKit(models.Model):
    """A parcel that was put into a shipment. Forgotten once the shipment is acknowledged: a code leads nowhere."""

    shipment = models.ForeignKey(Shipment, models.CASCADE, related_name="kits", verbose_name=_("shipment"))
    kit = models.OneToOneField(Kit, models.PROTECT, related_name="in_shipment", verbose_name=_("kit"))

    class Meta:
        verbose_name = _("kit of a shipment")
        verbose_name_plural = _("kits of a shipment")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.kit)


class Handover(models.Model):
    """What one household received on a day, counted and not described. Its key is random, and it has no hour."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    house = models.ForeignKey(House, models.PROTECT, related_name="handovers", verbose_name=_("house"))
    site = models.ForeignKey(Site, models.PROTECT, related_name="+", verbose_name=_("site"))
    structure = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="referred_handovers",
        verbose_name=_("referring structure"),
    )
    day = models.DateField(_("day"))
    has_letter = models.BooleanField(_("referral letter seen"))
    letter_exception = models.CharField(_("why without a letter"), max_length=18, choices=LetterException, blank=True)
    women = models.PositiveSmallIntegerField(_("women"), default=0)
    men = models.PositiveSmallIntegerField(_("men"), default=0)
    children_0_2 = models.PositiveSmallIntegerField(_("children from 0 to 2 years"), default=0)
    children_3_11 = models.PositiveSmallIntegerField(_("children from 3 to 11 years"), default=0)
    children_12_17 = models.PositiveSmallIntegerField(_("children from 12 to 17 years"), default=0)
    kits = models.PositiveSmallIntegerField(_("kits"), default=0)
    articles = models.PositiveIntegerField(_("articles"), default=0)
    grams = models.PositiveIntegerField(_("grams"), null=True, blank=True)
    operation = models.OneToOneField(Operation, models.PROTECT, related_name="handover", verbose_name=_("operation"))

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("handover")
        verbose_name_plural = _("handovers")
        ordering = ["-day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(has_letter=True, letter_exception="") | (Q(has_letter=False) & ~Q(letter_exception="")),
                name="distribution_handover_letter_or_why_not",
                violation_error_message=_("Either the letter was seen, or choose why not."),
            ),
            models.CheckConstraint(
                condition=Q(women__gt=0)
                | Q(men__gt=0)
                | Q(children_0_2__gt=0)
                | Q(children_3_11__gt=0)
                | Q(children_12_17__gt=0),
                name="distribution_handover_somebody",
                violation_error_message=_("A household has at least one person."),
            ),
            models.CheckConstraint(
                condition=Q(kits__gt=0) | Q(articles__gt=0),
                name="distribution_handover_something",
                violation_error_message=_("At least one kit or article is handed over."),
            ),
        ]
        indexes = [
            models.Index(fields=["site", "-day"], name="distribution_handover_site_day"),
            models.Index(fields=["house", "-day"], name="distribution_handover_by_house"),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"

    @property
    def people(self) -> int:
        return self.women + self.men + self.children_0_2 + self.children_3_11 + self.children_12_17


class HandoverUndo(models.Model):
    """For one hour, which kits a handover took, so that a slip of the hand can be taken back. Then it is deleted."""

    handover = models.OneToOneField(Handover, models.CASCADE, related_name="undo", verbose_name=_("handover"))
    kits = models.ManyToManyField(Kit, related_name="+", verbose_name=_("kits"))
    until = models.DateTimeField(_("until"), db_index=True)

    class Meta:
        verbose_name = _("handover that can be undone")
        verbose_name_plural = _("handovers that can be undone")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.handover}"
