from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DonorKind(TextChoices):
    PUBLIC = "public", _("the public")
    PARTNER = "partner", _("a partner")


class Condition(TextChoices):
    NEW = "new", _("new")
    VERY_GOOD = "very_good", _("in very good condition")
