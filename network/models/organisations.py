"""Who gives to a house, receives from it or refers women to it."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from network.company_numbers import SirenField
from network.enums import OrganisationKind
from network.models.houses import SAYS_WHERE, Department, House, Region, Site
from network.querysets import OrganisationQuerySet


class Organisation(models.Model):
    """Who gives to a house, receives from it or refers women to it.

    A confidential one is a pseudonym, a region, a relay point and a relay mailbox, and nothing else; the database
    refuses the rest.
    """

    house = models.ForeignKey(House, models.PROTECT, related_name="organisations", verbose_name=_("house"))
    name = models.CharField(_("name"), max_length=120, help_text=_("For a confidential place, a pseudonym."))
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind, blank=True)
    is_confidential = models.BooleanField(_("confidential place"), default=False)
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, verbose_name=_("department"))
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, verbose_name=_("region"))
    city = models.CharField(_("city"), max_length=80, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    siren = SirenField(_("SIREN"), max_length=9, blank=True)
    relay = models.ForeignKey(
        Site, models.PROTECT, null=True, blank=True, related_name="relayed_organisations", verbose_name=_("relay point")
    )
    relay_email = models.EmailField(_("relay mailbox"), blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = OrganisationQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=[*SAYS_WHERE, "region", "contact_email", "siren", "relay_email"])

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["house", "name"],
                name="network_organisation_name_unique",
                violation_error_message=_("An organisation of this name exists already."),
            ),
            models.CheckConstraint(
                condition=Q(is_confidential=False)
                | Q(kind="", address="", city="", department=None, contact_email="", siren=""),
                name="network_organisation_confidential_says_nothing",
                violation_error_message=_(
                    "A confidential place is a pseudonym, a region, a relay point and a relay mailbox:"
                    " no kind, no address, no city, no department, no e-mail of its own, no SIREN."
                ),
            ),
            models.CheckConstraint(
                condition=Q(is_confidential=True) | (~Q(kind="") & Q(relay_email="")),
                name="network_organisation_open_has_a_kind",
                violation_error_message=_(
                    "An organisation that is not confidential has a kind, and a contact e-mail instead of a relay."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("network:organisation_detail", args=[self.pk])
