"""What the lists of this app can be narrowed by."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from donations.enums import DonorKind, PledgeState
from donations.models import Donation, Drive, Pledge, Purchase
from donations.querysets import PledgeQuerySet, givers
from network.models import Organisation, Site
from network.requests import Request


def drives(request: Request) -> QuerySet[Drive]:
    """The drives to choose from; who stands outside the house is offered those it gave or promised something for."""
    acting = request.acting
    if acting.is_inside:
        return Drive.objects.visible_to(acting)
    theirs = Drive.objects.filter(house=acting.house)
    return (
        theirs.filter(donations__in=Donation.objects.visible_to(acting))
        | theirs.filter(pledges__in=Pledge.objects.visible_to(acting))
    ).distinct()


def sites(request: Request) -> QuerySet[Site]:
    return Site.objects.visible_to(request.acting).in_use()


def partners(request: Request) -> QuerySet[Organisation]:
    return givers(request.acting.house)


def a_day(field: str, lookup: str, label: Any) -> django_filters.DateFilter:
    return django_filters.DateFilter(
        field, lookup_expr=lookup, label=label, widget=forms.DateInput(attrs={"type": "date"})
    )


class DonationFilter(django_filters.FilterSet):
    drive = django_filters.ModelChoiceFilter(queryset=drives, label=_("Drive"))
    site = django_filters.ModelChoiceFilter("place__site", queryset=sites, label=_("Site"))
    donor_kind = django_filters.ChoiceFilter(choices=DonorKind.choices, label=_("Given by"))
    partner = django_filters.ModelChoiceFilter(queryset=partners, label=_("Partner"))
    since = a_day("received_on", "gte", _("From"))
    until = a_day("received_on", "lte", _("To"))

    class Meta:
        model = Donation
        fields = ("drive", "site", "donor_kind", "partner", "since", "until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.request.acting.is_inside:
            for name in ("site", "donor_kind", "partner"):
                del self.filters[name]


class PurchaseFilter(django_filters.FilterSet):
    drive = django_filters.ModelChoiceFilter(queryset=drives, label=_("Drive"))
    site = django_filters.ModelChoiceFilter("place__site", queryset=sites, label=_("Site"))
    supplier = django_filters.CharFilter(lookup_expr="icontains", label=_("Bought from"))
    since = a_day("bought_on", "gte", _("From"))
    until = a_day("bought_on", "lte", _("To"))

    class Meta:
        model = Purchase
        fields = ("drive", "site", "supplier", "since", "until")


class PledgeFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(method="in_state", choices=PledgeState.choices, label=_("State"))
    drive = django_filters.ModelChoiceFilter(queryset=drives, label=_("Drive"))
    partner = django_filters.ModelChoiceFilter(queryset=partners, label=_("Partner"))

    class Meta:
        model = Pledge
        fields = ("state", "drive", "partner")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.request.acting.is_inside:
            del self.filters["partner"]

    def in_state(self, pledges: PledgeQuerySet, name: str, value: str) -> PledgeQuerySet:
        return pledges.in_state(PledgeState(value))
