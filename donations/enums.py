from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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


class DropOffKind(TextChoices):
    """What somebody leaves at the door, as one counts it there."""

    BAG = "bag", _("bag")
    CARTON = "carton", _("carton")
    PALLET = "pallet", _("pallet")


CONTAINER_KINDS = (DropOffKind.CARTON, DropOffKind.PALLET)


class ContainerState(TextChoices):
    FILLED = "filled", pgettext_lazy("container", "filled")
    COLLECTED = "collected", pgettext_lazy("container", "collected")
    SORTED = "sorted", pgettext_lazy("container", "sorted")
    WITHDRAWN = "withdrawn", pgettext_lazy("container", "taken back")


class LossReason(TextChoices):
    """What explains grams that came in and neither went out nor were refused."""

    PACKAGING = "packaging", _("packaging thrown away")
    SCALES = "scales", _("the scales differ")
    UNKNOWN = "unknown", _("nobody knows")


class RefusalReason(TextChoices):
    """Why something is not taken, at the door or at sorting. Medicines: the law forbids to pass them on."""

    DIRTY = "dirty", _("dirty")
    WORN = "worn", _("worn")
    EXPIRED = "expired", _("past its date")
    OPENED = "opened", _("opened")
    FORMULA = "formula", _("infant formula, bottle or teat")
    MEDICINE = "medicine", _("medicine")
    ELECTRONIC = "electronic", _("electronic or connected")
    RECALLED = "recalled", _("recalled")
    OTHER = "other", _("other")


class Entered(TextChoices):
    """How an entry came here."""

    TABLET = "tablet", _("from a tablet")
    PAGE = "page", _("on a page")
    TALLY = "tally", _("from a paper tally")
    FILE = "file", _("from a tablet's file")


class TabletKind(TextChoices):
    SHARED = "shared", _("shared tablet of the point")
    OWN = "own", _("volunteer’s own phone")


class PledgeState(TextChoices):
    EXPECTED = "expected", _("expected")
    LATE = "late", _("late")
    ARRIVED = "arrived", _("arrived")
    OVER = "over", _("more than promised")
    CANCELLED = "cancelled", _("cancelled")
