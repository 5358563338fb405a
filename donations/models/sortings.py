"""Sorting: what is in a container becomes articles in stock, or is refused."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from donations.enums import Condition
from donations.models.arrivals import ArrivalLine
from donations.models.containers import Container
from donations.models.drives import Pledge
from donations.querysets import SortingQuerySet
from network.models import House
from stock.models import Operation, Place


class Sorting(models.Model):
    """What one person took out of a container at one time; several may sort the same one. Its refusals are those of
    its operation.
    """

    house = models.ForeignKey(House, models.PROTECT, related_name="sortings", verbose_name=_("house"))
    container = models.ForeignKey(Container, models.PROTECT, related_name="sortings", verbose_name=_("container"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    day = models.DateField(_("day"))
    operation = models.OneToOneField(Operation, models.PROTECT, related_name="sorting", verbose_name=_("operation"))

    objects = SortingQuerySet.as_manager()

    class Meta:
        verbose_name = _("sorting")
        verbose_name_plural = _("sortings")
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["house", "-day", "-id"], name="donations_sorting_house_day")]

    def __str__(self) -> str:
        return _("sorting no. %(number)d") % {"number": self.pk}

    @property
    def is_reversed(self) -> bool:
        """Whether it was taken back."""
        return hasattr(self.operation, "reversed_by")


class SortingLine(ArrivalLine):
    sorting = models.ForeignKey(Sorting, models.PROTECT, related_name="lines", verbose_name=_("sorting"))
    condition = models.CharField(_("condition"), max_length=9, choices=Condition, default=Condition.NEW)
    pledge = models.ForeignKey(
        Pledge, models.PROTECT, null=True, blank=True, related_name="sorted_lines", verbose_name=_("pledge")
    )

    class Meta(ArrivalLine.Meta):
        verbose_name = _("sorting line")
        verbose_name_plural = _("sorting lines")
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0),
                name="donations_sortingline_quantity_positive",
                violation_error_message=_("A line is of at least one."),
            ),
        ]
        indexes = [
            models.Index(fields=["pledge"], condition=Q(pledge__isnull=False), name="donations_sorted_for_a_pledge"),
        ]
