"""What the list of attestations can be narrowed by."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from donations.filters import partners
from donations.models import Attestation


class AttestationFilter(django_filters.FilterSet):
    year = django_filters.NumberFilter(label=_("Year"))
    partner = django_filters.ModelChoiceFilter(queryset=partners, label=_("Partner"))

    class Meta:
        model = Attestation
        fields = ("year", "partner")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.request.acting.is_inside:
            del self.filters["partner"]
