"""The forms of the sorting table: what came out, what was refused, and the end of a container."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from donations.drop_offs.operations import MOST_AT_ONCE
from donations.enums import LossReason, RefusalReason
from donations.forms import ArrivalLines, DonationLineForm, GramsField, day_field
from donations.models import Container
from donations.sorting.operations import RefusalLine
from network.acting import Acting
from stock.barcodes import LONGEST
from stock.finding import Catalogue
from stock.models import Item, Place
from web.forms import IdempotentForm, PageForm, QuantityField, lines_formset


class FindForm(PageForm):
    code = forms.CharField(
        label=_("Code of the carton or pallet"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autofocus": True}),
        help_text=_("Scan it, type it, or type a part of it."),
        error_messages={"required": _("Scan or type the code.")},
    )


class SortingForm(IdempotentForm):
    """Where what comes out lies now, on which day, and why grams are missing where they do not add up."""

    place = forms.ModelChoiceField(Place.objects.none(), label=_("Where it lies now"))
    sorted_on = day_field(label=_("Sorted on"), initial=timezone.localdate)
    lost_reason = forms.ChoiceField(
        label=_("Why it differs"), choices=[("", _("Choose a reason…")), *LossReason.choices], required=False
    )

    def __init__(self, *args: Any, acting: Acting, container: Container, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Place.objects.visible_to(acting).in_use().where_goods_are_ready().select_related("house", "site")
        here = container.collected_to_id or container.site_id
        field: Any = self.fields["place"]
        field.queryset = places
        field.initial = next((place for place in places if place.site_id == here), places[0] if places else None)


class SortingLineForm(DonationLineForm):
    """A line of what came out, in the order in which one looks at an article: how many, how good, how heavy."""

    field_order = ("item", "quantity", "condition", "grams", "best_before", "number")


class SortingLines(lines_formset(SortingLineForm, rows=3, is_required=False), ArrivalLines):  # type: ignore[misc]
    """What came out; nothing at all, where everything was refused."""


class RefusalsForm(PageForm):
    """How many were refused for each reason, and their grams if they were weighed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for reason in RefusalReason:
            label = capfirst(str(reason.label))
            self.fields[reason] = QuantityField(
                label=label, minimum=0, maximum=MOST_AT_ONCE, required=False, widget=_number()
            )
            weight = _("Grams: %(reason)s") % {"reason": label}
            self.fields[f"{reason}_grams"] = GramsField(label=weight, widget=_number(placeholder="g"))

    @property
    def rows(self) -> Sequence[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[reason], self[f"{reason}_grams"]) for reason in RefusalReason]

    @property
    def refusals(self) -> list[RefusalLine]:
        typed = self.cleaned_data
        return [
            RefusalLine(reason, typed[reason], typed[f"{reason}_grams"]) for reason in RefusalReason if typed[reason]
        ]

    def clean(self) -> dict[str, Any]:
        for reason in RefusalReason:
            if self.cleaned_data.get(f"{reason}_grams") and self.cleaned_data.get(reason) in (0, None):
                self.add_error(reason, _("Say how many weigh this."))
        return self.cleaned_data


def sorting_catalogue(container: Container) -> Catalogue:
    """What can come out of `container`: the articles in use, and infant formula where a partner gave it."""
    items = Item.objects.filter(house=container.house_id).in_use().loose()
    return Catalogue(items if container.partner_id else items.filter(is_formula=False))


def _number(**attrs: Any) -> forms.NumberInput:
    return forms.NumberInput(attrs={"inputmode": "numeric", "class": "form-control", **attrs})
