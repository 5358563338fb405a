"""What the list of containers can be narrowed by."""

import django_filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donations.enums import CONTAINER_KINDS, ContainerState
from donations.filters import drives, sites
from donations.models import Container

# What one looks for is what is still to be done; a container itself says what was done.
STATES = [
    (ContainerState.FILLED.value, pgettext_lazy("containers", "to collect")),
    (ContainerState.COLLECTED.value, pgettext_lazy("containers", "to sort")),
    (ContainerState.SORTED.value, ContainerState.SORTED.label),
    (ContainerState.WITHDRAWN.value, ContainerState.WITHDRAWN.label),
]


class ContainerFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(choices=STATES, label=_("State"))
    site = django_filters.ModelChoiceFilter(queryset=sites, label=_("From"))
    kind = django_filters.ChoiceFilter(choices=[(kind.value, kind.label) for kind in CONTAINER_KINDS], label=_("Kind"))
    drive = django_filters.ModelChoiceFilter(queryset=drives, label=_("Drive"))

    class Meta:
        model = Container
        fields = ("state", "site", "kind", "drive")
