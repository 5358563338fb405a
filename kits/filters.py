"""What the lists of this app can be narrowed by."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kits.enums import SessionState, TemplateKind
from kits.models import AssemblySession, KitTemplate
from network.filters import YES_OR_NO
from network.models import Site
from stock.models import Balance


class TemplateFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(choices=TemplateKind.choices, label=_("Kind"), empty_label=_("All"))
    is_active = django_filters.BooleanFilter(label=_("In use"), widget=forms.Select(choices=YES_OR_NO))

    class Meta:
        model = KitTemplate
        fields = ("kind", "is_active")


class SessionFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(choices=SessionState.choices, label=_("State"), empty_label=_("All"))

    class Meta:
        model = AssemblySession
        fields = ("state",)


def _sites(request):
    return Site.objects.visible_to(request.acting).in_use()


def _templates(request):
    """The kits of which some are there, and those in use."""
    here = Balance.objects.visible_to(request.acting).something_here().filter(lot__pack__isnull=False)
    there = Q(pk__in=here.order_by().values("lot__pack__version__template"))
    return KitTemplate.objects.visible_to(request.acting).kits().filter(Q(is_active=True) | there)


class KitFilter(django_filters.FilterSet):
    template = django_filters.ModelChoiceFilter(
        field_name="lot__pack__version__template", queryset=_templates, label=_("Kit"), empty_label=_("All")
    )
    site = django_filters.ModelChoiceFilter(
        field_name="place__site", queryset=_sites, label=_("Site"), empty_label=_("All")
    )

    class Meta:
        model = Balance
        fields = ("template", "site")
