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

    BAG = "bag", pgettext_lazy("at the door", "bag")
    CARTON = "carton", pgettext_lazy("at the door", "carton")
    PALLET = "pallet", pgettext_lazy("at the door", "pallet")


CONTAINER_KINDS = (DropOffKind.CARTON, DropOffKind.PALLET)


class ContainerState(TextChoices):
    FILLED = "filled", pgettext_lazy("container", "filled")
    COLLECTED = "collected", pgettext_lazy("container", "collected")
    SORTED = "sorted", pgettext_lazy("container", "sorted")
    WITHDRAWN = "withdrawn", pgettext_lazy("container", "taken back")


TO_SORT = (ContainerState.FILLED, ContainerState.COLLECTED)


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


# What is refused at a door; a recall is told by its article, at sorting.
REASONS_AT_THE_DOOR = tuple(reason for reason in RefusalReason if reason != RefusalReason.RECALLED)


class Entered(TextChoices):
    """How an entry came here."""

    TABLET = "tablet", _("from a tablet")
    PAGE = "page", _("on a page")
    TALLY = "tally", _("from a paper tally")
    FILE = "file", _("from a tablet’s file")


class TabletKind(TextChoices):
    SHARED = "shared", _("shared tablet of the point")
    OWN = "own", _("volunteer’s own phone")


class TabletState(TextChoices):
    """Where a tablet stands: what became of its invitation, and of the time for which it was let in."""

    INVITED = "invited", pgettext_lazy("tablet", "invited")
    LAPSED = "lapsed", pgettext_lazy("tablet", "not opened in time")
    OPENED = "opened", pgettext_lazy("tablet", "waits to be confirmed")
    ACTIVE = "active", pgettext_lazy("tablet", "in use")
    ENDED = "ended", pgettext_lazy("tablet", "its time is over")
    REFUSED = "refused", pgettext_lazy("tablet", "turned away")
    REVOKED = "revoked", pgettext_lazy("tablet", "revoked")
    WITHDRAWN = "withdrawn", pgettext_lazy("tablet", "invitation withdrawn")


class Fate(TextChoices):
    """What became of an entry of a tablet's file that was brought in."""

    RECORDED = "recorded", pgettext_lazy("entry", "recorded")
    HERE = "here", pgettext_lazy("entry", "here already")
    SET_ASIDE = "set_aside", pgettext_lazy("entry", "set aside")
    REFUSED = "refused", pgettext_lazy("entry", "refused")
    LEFT = "left", pgettext_lazy("entry", "left for the next time")


class PledgeState(TextChoices):
    EXPECTED = "expected", _("expected")
    LATE = "late", _("late")
    ARRIVED = "arrived", _("arrived")
    OVER = "over", _("more than promised")
    CANCELLED = "cancelled", _("cancelled")


class CancelReason(TextChoices):
    """Why an attestation counts no more; a list, never free text."""

    PARTNER = "partner", _("the partner is wrong or says it wrongly")
    LINES = "lines", _("articles or quantities are wrong")
    REVERSED = "reversed", _("a gift was taken back")
    HOUSE = "house", _("what it says of the association is wrong")
    HIDDEN = "hidden", _("the partner became a confidential place")
    OTHER = "other", _("another reason")


class LetterKind(TextChoices):
    DELIVERY = "delivery", _("thanks for a delivery")
    REMINDER = "reminder", _("reminder of late pledges")


class LetterState(TextChoices):
    WAITING = "waiting", pgettext_lazy("letter", "waits to be sent")
    SENDING = "sending", pgettext_lazy("letter", "is being sent")
    SENT = "sent", pgettext_lazy("letter", "sent")
    FAILED = "failed", pgettext_lazy("letter", "could not be sent")
    DROPPED = "dropped", pgettext_lazy("letter", "not sent: there was nothing to say any more")
