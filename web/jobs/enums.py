"""What becomes of long work."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class JobState(TextChoices):
    WAITING = "waiting", _("waiting")
    WORKING = "working", _("being made")
    DONE = "done", _("ready")
    FAILED = "failed", _("failed")


class Problem(TextChoices):
    REFUSED = "refused", _("You may no longer see what this is about, or it is no more.")
    BROKEN = "broken", _("It could not be made. Start it again; if it fails once more, tell the administrator.")
