"""Cartons and pallets with a code of their own, from the door to the sorting table."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from donations.enums import CONTAINER_KINDS, TO_SORT, ContainerState, LossReason
from donations.models.drives import Drive
from donations.querysets import ContainerQuerySet
from network.models import Device, House, Organisation, Site
from stock.codes import spoken
from stock.models import Operation


class AllottedCode(models.Model):
    """A code that a tablet may give to a carton or pallet, with or without a network; no other tablet gets it."""

    code = models.CharField(_("code"), max_length=8, primary_key=True)
    device = models.ForeignKey(Device, models.CASCADE, related_name="allotted_codes", verbose_name=_("tablet"))

    class Meta:
        verbose_name = _("allotted code")
        verbose_name_plural = _("allotted codes")
        ordering = ["code"]

    def __str__(self) -> str:
        return spoken(self.code)


class Container(models.Model):
    """A carton or a pallet that left a point, or came from a partner as it is: filled, collected, then sorted once.

    What was counted into it at the door is counted nowhere else; what it holds is in stock once it is sorted.
    """

    house = models.ForeignKey(House, models.PROTECT, related_name="containers", verbose_name=_("house"))
    drive = models.ForeignKey(Drive, models.PROTECT, related_name="containers", verbose_name=_("drive"))
    code = models.CharField(_("code"), max_length=8, unique=True)
    kind = models.CharField(_("kind"), max_length=6, choices=[(kind.value, kind.label) for kind in CONTAINER_KINDS])
    site = models.ForeignKey(Site, models.PROTECT, related_name="+", verbose_name=_("from"))
    partner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("partner")
    )
    grams = models.PositiveIntegerField(_("grams weighed"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=ContainerState, default=ContainerState.FILLED)
    filled_on = models.DateField(_("filled on"))
    filled = models.OneToOneField(
        Operation, models.PROTECT, related_name="container_filled", verbose_name=_("filled by")
    )
    collected = models.ForeignKey(
        Operation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="containers_collected",
        verbose_name=_("collected by"),
    )
    collected_to = models.ForeignKey(
        Site, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("brought to")
    )
    finished = models.OneToOneField(
        Operation, models.PROTECT, null=True, blank=True, related_name="container_finished", verbose_name=_("sorted by")
    )
    pieces = models.PositiveIntegerField(_("articles sorted out of it"), null=True, blank=True)
    lost_grams = models.IntegerField(_("grams in less grams out and refused"), null=True, blank=True)
    lost_reason = models.CharField(_("why grams are missing"), max_length=9, choices=LossReason, blank=True)

    objects = ContainerQuerySet.as_manager()

    is_begun: bool  # whether something was sorted from it: of what `for_display()` loaded

    class Meta:
        verbose_name = _("container")
        verbose_name_plural = _("containers")
        ordering = ["-filled_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in CONTAINER_KINDS]),
                name="donations_container_carton_or_pallet",
                violation_error_message=_("A container is a carton or a pallet."),
            ),
            models.CheckConstraint(
                condition=Q(state=ContainerState.FILLED, collected=None, finished=None)
                | Q(state=ContainerState.COLLECTED, collected__isnull=False, finished=None)
                | Q(state=ContainerState.SORTED, finished__isnull=False)
                | Q(state=ContainerState.WITHDRAWN, collected=None, finished=None),
                name="donations_container_state_has_its_operation",
                violation_error_message=_("A container that was collected or sorted says by whom."),
            ),
            models.CheckConstraint(
                condition=Q(collected=None, collected_to=None) | Q(collected__isnull=False, collected_to__isnull=False),
                name="donations_container_collected_to_a_site",
                violation_error_message=_("A container that was collected was brought somewhere."),
            ),
            models.CheckConstraint(
                condition=Q(state=ContainerState.SORTED, pieces__isnull=False)
                | (~Q(state=ContainerState.SORTED) & Q(pieces=None, lost_grams=None)),
                name="donations_container_sorted_says_what",
                violation_error_message=_("What came out of a container is written when it is finished."),
            ),
            models.CheckConstraint(
                condition=(Q(lost_grams=None) | Q(lost_grams=0)) & Q(lost_reason="")
                | Q(lost_grams__isnull=False) & ~Q(lost_grams=0) & ~Q(lost_reason=""),
                name="donations_container_loss_has_a_reason",
                violation_error_message=_("Grams that are missing have a reason, and nothing else has."),
            ),
        ]
        indexes = [
            models.Index(fields=["house", "state", "-filled_on", "-id"], name="donations_container_states"),
        ]

    def __str__(self) -> str:
        return _("%(kind)s %(code)s") % {"kind": self.get_kind_display(), "code": self.spoken_code}

    def get_absolute_url(self) -> str:
        return reverse("donations:container_detail", args=[self.pk])

    @property
    def is_to_collect(self) -> bool:
        return self.state == ContainerState.FILLED

    @property
    def is_to_sort(self) -> bool:
        """Whether something may still be sorted from it, wherever it is."""
        return self.state in TO_SORT

    @property
    def days_waiting(self) -> int | None:
        """Days since it was filled, of one that is not sorted yet."""
        return (timezone.localdate() - self.filled_on).days if self.is_to_sort else None

    @property
    def spoken_code(self) -> str:
        return spoken(self.code)
