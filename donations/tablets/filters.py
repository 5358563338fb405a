"""What the list of tablets can be narrowed by."""

import django_filters
from django.utils.translation import gettext_lazy as _

from donations.enums import TabletState
from donations.filters import drives, sites
from donations.models import Tablet
from donations.tablets.querysets import TabletQuerySet

UNSENT = "unsent"


class TabletFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        method="in_state", choices=[*TabletState.choices, (UNSENT, _("with entries not sent"))], label=_("State")
    )
    site = django_filters.ModelChoiceFilter("device__site", queryset=sites, label=_("Collection point"))
    drive = django_filters.ModelChoiceFilter(queryset=drives, label=_("Drive"))

    class Meta:
        model = Tablet
        fields = ("state", "site", "drive")

    def in_state(self, tablets: TabletQuerySet, name: str, value: str) -> TabletQuerySet:
        return tablets.with_entries_not_sent() if value == UNSENT else tablets.in_state(TabletState(value))
