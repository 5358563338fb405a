from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from network.enums import OrganisationKind

# Who gives goods. What helps women, and where it is, stays out of every list at the door.
GIVERS = (
    OrganisationKind.PARTNER,
    OrganisationKind.ASSOCIATION,
    OrganisationKind.PUBLIC_SERVICE,
    OrganisationKind.OTHER,
)


class DonorKind(TextChoices):
    PUBLIC = "public", _("the public")
    PARTNER = "partner", _("a partner")


class Condition(TextChoices):
    NEW = "new", _("new")
    VERY_GOOD = "very_good", _("in very good condition")


class PledgeState(TextChoices):
    EXPECTED = "expected", _("expected")
    LATE = "late", _("late")
    ARRIVED = "arrived", _("arrived")
    OVER = "over", _("more than promised")
    CANCELLED = "cancelled", _("cancelled")
