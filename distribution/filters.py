"""What the list of shipments can be narrowed by."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from distribution.enums import ShipmentState
from distribution.models import Shipment
from network.models import Organisation
from network.requests import Request


def organisations(request: Request) -> QuerySet[Organisation]:
    return Organisation.objects.visible_to(request.acting).only("name")


class ShipmentFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(choices=ShipmentState.choices, label=_("State"))
    organisation = django_filters.ModelChoiceFilter(queryset=organisations, label=_("Organisation"))

    class Meta:
        model = Shipment
        fields = ("state", "organisation")
