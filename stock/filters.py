"""What the lists of this app can be narrowed by."""

from datetime import date, timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.models import Site
from network.requests import Request
from stock.enums import Category, OperationKind
from stock.finding import named_like
from stock.history import midnight
from stock.models import Balance, Item, Operation, Place

A_DAY = timedelta(days=1)
GROUPS = (("category", _("by category")), ("place", _("by place")))
WITHIN = (("0", _("past")), ("8", _("within 7 days")), ("31", _("within 30 days")), ("91", _("within 90 days")))


def sites(request: Request) -> QuerySet[Site]:
    return Site.objects.visible_to(request.acting).in_use()


def places(request: Request) -> QuerySet[Place]:
    return Place.objects.visible_to(request.acting).in_use().select_related("site")


class Search(django_filters.CharFilter):
    """Articles whose name in either language holds the words that were typed, whatever their accents."""

    def __init__(self, path: str, **kwargs: Any) -> None:
        self.path = path
        widget = forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
        super().__init__(label=_("Article"), widget=widget, **kwargs)

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        if not value:
            return qs
        return qs.filter(**{f"{self.path}__in": named_like(self.parent.request.acting.house, value)})


class ShelfFilter(django_filters.FilterSet):
    q = Search("lot__item")
    site = django_filters.ModelChoiceFilter("place__site", queryset=sites, label=_("Site"))
    place = django_filters.ModelChoiceFilter(queryset=places, label=_("Place"))
    category = django_filters.ChoiceFilter(
        "lot__item__category", choices=Category.choices, label=_("Category"), widget=forms.HiddenInput
    )
    by = django_filters.ChoiceFilter(choices=GROUPS, method="grouped", widget=forms.HiddenInput)

    class Meta:
        model = Balance
        fields = ("q", "site", "place", "category", "by")

    def grouped(self, shelves: QuerySet, name: str, value: str) -> QuerySet:
        """Narrows nothing: it says what the rows are put together by."""
        return shelves


class DateFilter(django_filters.FilterSet):
    q = Search("lot__item")
    within = django_filters.ChoiceFilter(choices=WITHIN, method="until", label=_("Date"), empty_label=_("All"))
    site = django_filters.ModelChoiceFilter("place__site", queryset=sites, label=_("Site"))
    category = django_filters.ChoiceFilter("lot__item__category", choices=Category.choices, label=_("Category"))

    class Meta:
        model = Balance
        fields = ("q", "within", "site", "category")

    def until(self, balances: QuerySet, name: str, value: str) -> QuerySet:
        return balances.filter(lot__best_before__lt=timezone.localdate() + timedelta(days=int(value)))


class ItemFilter(django_filters.FilterSet):
    q = Search("pk")
    category = django_filters.ChoiceFilter(
        choices=[choice for choice in Category.choices if choice[0] != Category.KIT], label=_("Category")
    )
    is_active = django_filters.ChoiceFilter(
        choices=[("true", _("in use")), ("false", _("no longer in use"))], method="in_use", label=_("State")
    )

    class Meta:
        model = Item
        fields = ("q", "category", "is_active")

    def in_use(self, items: QuerySet, name: str, value: str) -> QuerySet:
        return items.filter(is_active=value == "true")


class OperationFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(
        choices=[choice for choice in OperationKind.choices if choice[0] != OperationKind.HAND_OVER], label=_("Kind")
    )
    since = django_filters.DateFilter(
        method="from_day", label=_("From"), widget=forms.DateInput(attrs={"type": "date"})
    )
    until = django_filters.DateFilter(method="to_day", label=_("To"), widget=forms.DateInput(attrs={"type": "date"}))

    class Meta:
        model = Operation
        fields = ("kind", "since", "until")

    def from_day(self, operations: QuerySet, name: str, day: date) -> QuerySet:
        return operations.filter(happened_at__gte=midnight(day)) if day > date.min else operations

    def to_day(self, operations: QuerySet, name: str, day: date) -> QuerySet:
        return operations.filter(happened_at__lt=midnight(day + A_DAY)) if day < date.max else operations
