"""A demonstration and real data never meet: the server refuses to start where the setting and the database disagree."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from network.models import House


def check_demonstration() -> None:
    """Raise ImproperlyConfigured for a demonstration on real data, and for invented data that does not say so."""
    kinds = set(House.objects.values_list("is_demonstration", flat=True))
    if settings.DEMO and False in kinds:
        raise ImproperlyConfigured(
            "KITDRIVE_DEMO is set, but this database holds an association's own data. Unset it, or change DATABASE_URL."
        )
    if not settings.DEMO and True in kinds:
        raise ImproperlyConfigured(
            "This database holds the demonstration, whose passwords are known. Set KITDRIVE_DEMO=true, or change"
            " DATABASE_URL."
        )
