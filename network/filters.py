"""What the lists of this app can be narrowed by."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from network.enums import OrganisationKind, ReadReason, SensitiveSubject, SiteKind
from network.models import Organisation, SensitiveRead, Site

YES_OR_NO = (("", _("Everything")), ("true", _("yes")), ("false", _("no")))


class OrganisationFilter(django_filters.FilterSet):
    name = django_filters.CharFilter(lookup_expr="icontains", label=_("Name"))
    kind = django_filters.ChoiceFilter(choices=OrganisationKind.choices, label=_("Kind"))
    is_active = django_filters.BooleanFilter(label=_("In use"), widget=forms.Select(choices=YES_OR_NO))

    class Meta:
        model = Organisation
        fields = ("name", "kind", "is_active")


class SiteFilter(django_filters.FilterSet):
    name = django_filters.CharFilter(lookup_expr="icontains", label=_("Name"))
    kind = django_filters.ChoiceFilter(choices=SiteKind.choices, label=_("Kind"))

    class Meta:
        model = Site
        fields = ("name", "kind")


class ReadFilter(django_filters.FilterSet):
    reader = django_filters.CharFilter("reader__name", lookup_expr="icontains", label=_("Reader"))
    subject = django_filters.ChoiceFilter(choices=SensitiveSubject.choices, label=_("What was read"))
    reason = django_filters.ChoiceFilter(choices=ReadReason.choices, label=_("Reason"))
    since = django_filters.DateFilter(
        "at", lookup_expr="date__gte", label=_("Since"), widget=forms.DateInput(attrs={"type": "date"})
    )

    class Meta:
        model = SensitiveRead
        fields = ("reader", "subject", "reason", "since")
