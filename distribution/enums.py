from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ShipmentState(TextChoices):
    DRAFT = "draft", _("draft")
    PACKED = "packed", _("packed")
    HANDED_OVER = "handed_over", _("handed over")
    ACKNOWLEDGED = "acknowledged", _("acknowledged")
    CANCELLED = "cancelled", _("cancelled")


class ShipmentMode(TextChoices):
    DELIVERY = "delivery", _("delivery")
    PICK_UP = "pick_up", _("pick-up")


class AcknowledgedBy(TextChoices):
    LOGIN = "login", _("signed in")
    PAPER = "paper", _("on paper")


class LetterException(TextChoices):
    """Why somebody was received without a referral letter: this list and no other word."""

    URGENCE = "urgence", _("emergency")
    PREMIER_ACCUEIL = "premier_accueil", _("first visit")
    ORIENTATION_ORALE = "orientation_orale", _("referred by word of mouth")
    AUTRE = "autre", _("other")
