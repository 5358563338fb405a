from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TemplateKind(TextChoices):
    KIT = "kit", _("kit")
    MODULE = "module", _("module, added to a kit")


class SessionState(TextChoices):
    PLANNED = "planned", _("planned")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    CANCELLED = "cancelled", _("cancelled")


class KitState(TextChoices):
    """Where a parcel stands. It has a place while it is here or held, and none afterwards."""

    HERE = "here", _("here")
    HELD = "held", _("kept for a shipment")
    SHIPPED = "shipped", _("gone with a shipment")
    GIVEN = "given", _("handed over")
    WRITTEN_OFF = "written_off", _("written off")
    LOST = "lost", _("missing at a count")
    UNDONE = "undone", _("packing reversed")


STATES_IN_PLACE = (KitState.HERE, KitState.HELD)
STILL_TO_COME = (SessionState.PLANNED, SessionState.OPEN)  # something may still be made in the session
