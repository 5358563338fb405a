"""Houses, and their sites."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from network.company_numbers import SirenField
from network.enums import SiteKind, Weekday
from network.querysets import SiteQuerySet

# The history of a place says who changed it and when, and never what: it may become confidential one day.
SAYS_WHERE = ["name", "kind", "address", "city", "department", "relay"]


class Region(models.Model):
    """A region of France; the most that is said of where a confidential place is."""

    code = models.CharField(_("code"), max_length=3, primary_key=True)
    name = models.CharField(_("name"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A department of France, by its official code."""

    code = models.CharField(_("code"), max_length=3, primary_key=True)
    name = models.CharField(_("name"), max_length=60, unique=True)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("region"))

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class House(models.Model):
    """An association that runs kitdrive. All data belongs to one house."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    minimum_life_days = models.PositiveSmallIntegerField(
        _("days of life left for what goes into a kit"),
        default=90,
        help_text=_("An article whose printed date comes sooner is not packed."),
    )
    handover_months = models.PositiveSmallIntegerField(_("months for which handovers are kept"), default=24)
    is_demonstration = models.BooleanField(_("demonstration"), default=False, editable=False)
    legal_name = models.CharField(
        _("registered name"), max_length=160, blank=True, help_text=_("Where it is not the name above.")
    )
    purpose = models.TextField(
        _("object of the association"), max_length=600, blank=True, help_text=_("As its statutes say it, in French.")
    )
    seat_address = models.CharField(
        _("address of the seat"),
        max_length=200,
        blank=True,
        help_text=_("The public one: it is written on papers for donors. Never that of a shelter."),
    )
    siren = SirenField(_("SIREN"), max_length=9, blank=True)
    decree_number = models.CharField(
        _("number of the decree of public utility"),
        max_length=40,
        blank=True,
        help_text=_("Only where a decree says that the association is of public utility."),
    )
    decree_on = models.DateField(_("day of the decree of public utility"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("house")
        verbose_name_plural = _("houses")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decree_number="", decree_on=None) | (~Q(decree_number="") & Q(decree_on__isnull=False)),
                name="network_house_decree_has_number_and_day",
                violation_error_message=_("A decree of public utility has a number and a day: write both, or neither."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def registered_name(self) -> str:
        """What it is called on an official paper."""
        return self.legal_name or self.name


class Site(models.Model):
    """A place of a house: it has a public address, or none and a relay point where others come instead."""

    house = models.ForeignKey(House, models.PROTECT, related_name="sites", verbose_name=_("house"))
    name = models.CharField(_("name"), max_length=80, help_text=_("For a confidential place, a pseudonym."))
    kind = models.CharField(_("kind"), max_length=20, choices=SiteKind, blank=True)
    is_confidential = models.BooleanField(_("confidential place"), default=False)
    address = models.CharField(_("public address"), max_length=200, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, verbose_name=_("department"))
    relay = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("relay point")
    )
    are_hours_public = models.BooleanField(_("opening hours are published"), default=False)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = SiteQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=SAYS_WHERE)

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["house", "name"],
                name="network_site_name_unique",
                violation_error_message=_("A site of this name exists already."),
            ),
            models.CheckConstraint(
                condition=Q(is_confidential=False)
                | Q(kind="", address="", city="", department=None, are_hours_public=False),
                name="network_site_confidential_says_nothing",
                violation_error_message=_(
                    "A confidential place has a pseudonym and a relay point:"
                    " no kind, no address, no city, no department, no published hours."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(address="") | Q(relay__isnull=False) | Q(is_active=False),
                name="network_site_address_or_relay",
                violation_error_message=_("A site has a public address, or else a relay point."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("network:site_detail", args=[self.pk])


class OpeningHours(models.Model):
    """One opening of a site on a day of the week. Shown to the public only where the site publishes its hours."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="opening_hours", verbose_name=_("site"))
    weekday = models.CharField(_("day"), max_length=1, choices=Weekday)
    opens = models.TimeField(_("opens at"))
    closes = models.TimeField(_("closes at"))

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gt=models.F("opens")),
                name="network_openinghours_closes_after_it_opens",
                violation_error_message=_("The closing time comes after the opening time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}-{self.closes:%H:%M}"
