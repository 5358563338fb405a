"""Files that kitdrive keeps. What they show, and who may see them, is known to whoever holds their names."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from web.jobs.models import Job, Upload

__all__ = ["Job", "KeptPicture", "Upload"]


class KeptPicture(models.Model):
    """A picture whose files are in the storage: written down before they are, so that none is ever forgotten there."""

    name = models.CharField(_("name"), max_length=32, unique=True)
    kept_at = models.DateTimeField(_("kept since"), auto_now_add=True)

    class Meta:
        verbose_name = _("kept picture")
        verbose_name_plural = _("kept pictures")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
