"""Who may act for whom, and who read what must not be read without a reason."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from network.enums import ReadReason, Role, SensitiveSubject
from network.models.houses import House, Site
from network.models.organisations import Organisation
from network.querysets import MembershipQuerySet, SensitiveReadQuerySet

READS_ARE_KEPT = timedelta(days=365)


class Membership(models.Model):
    """One role of one person, for a house, a site of it or an organisation. Nobody may do anything without one."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("user")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role)
    house = models.ForeignKey(
        House, models.CASCADE, related_name="memberships", null=True, blank=True, verbose_name=_("house")
    )
    site = models.ForeignKey(Site, models.CASCADE, null=True, blank=True, verbose_name=_("site"))
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, verbose_name=_("organisation")
    )
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["user", "role", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role=Role.NETWORK, house=None, site=None, organisation=None)
                | Q(
                    role__in=[Role.VOLUNTEER, Role.COORDINATOR, Role.ADMIN],
                    house__isnull=False,
                    organisation=None,
                )
                | Q(role=Role.DISTRIBUTOR, house__isnull=False, site__isnull=False, organisation=None)
                | Q(
                    role__in=[Role.REFERRER, Role.PARTNER],
                    house__isnull=False,
                    site=None,
                    organisation__isnull=False,
                ),
                name="network_membership_scope",
                violation_error_message=_(
                    "A distributor belongs to a site; a partner or a referring structure to an organisation;"
                    " a volunteer, a coordinator or an administrator to a house; the network to none of these."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(role__in=[Role.COORDINATOR, Role.ADMIN]) | Q(site=None),
                name="network_membership_whole_house",
                violation_error_message=_(
                    "A coordinator or an administrator acts for the whole house, not for a site."
                ),
            ),
            models.UniqueConstraint(
                "user",
                "role",
                Coalesce("house", 0),
                Coalesce("site", 0),
                Coalesce("organisation", 0),
                name="network_membership_unique",
                violation_error_message=_("This person has this role already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"


class SensitiveRead(models.Model):
    """Somebody looked at handovers or looked a kit's code up. Kept for 12 months, reviewed by a coordinator."""

    house = models.ForeignKey(House, models.CASCADE, related_name="+", verbose_name=_("house"))
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="sensitive_reads", verbose_name=_("reader")
    )
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+", verbose_name=_("site"))
    subject = models.CharField(_("what was read"), max_length=20, choices=SensitiveSubject)
    reason = models.CharField(_("reason"), max_length=12, choices=ReadReason)
    day = models.DateField(_("day that was read"), null=True)
    at = models.DateTimeField(_("read at"), default=timezone.now, db_index=True)

    objects = SensitiveReadQuerySet.as_manager()

    class Meta:
        verbose_name = _("sensitive read")
        verbose_name_plural = _("sensitive reads")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.reader}, {self.get_subject_display()}"
