"""Forms of shipments: their cleaned data are the arguments of the operations."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from distribution.drafts import Line
from distribution.enums import AcknowledgedBy, ShipmentMode
from distribution.models import Shipment, ShipmentLine
from donations.models import Drive
from network.acting import Acting
from network.models import Organisation
from stock.finding import Catalogue
from stock.forms import ItemSearchField
from stock.models import Item, Place
from web.forms import IdempotentForm, LineForm, LinesFormSet, QuantityField, lines_formset
from web.numbers import grouped

ROWS = 3


class ShipmentForm(IdempotentForm):
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"))
    place = forms.ModelChoiceField(Place.objects.none(), label=_("From"))
    mode = forms.ChoiceField(
        label=_("How"),
        choices=ShipmentMode,
        help_text=_("To a confidential place, a delivery goes to its relay point."),
    )
    planned_on = forms.DateField(
        label=_("Planned for"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    drive = forms.ModelChoiceField(
        Drive.objects.none(), label=_("Drive"), required=False, empty_label=_("No drive in particular")
    )

    def __init__(self, *args: Any, acting: Acting, draft: Shipment | None = None, **kwargs: Any) -> None:
        if draft:
            names = ("organisation", "place", "mode", "planned_on", "drive")
            kwargs["initial"] = {name: getattr(draft, name) for name in names}
        super().__init__(*args, **kwargs)
        places = Place.objects.visible_to(acting).in_use().where_goods_are_ready().select_related("house", "site")
        self._choose_among("organisation", Organisation.objects.visible_to(acting).in_use().select_related("house"))
        self._choose_among("place", places)
        self._choose_among("drive", Drive.objects.visible_to(acting))
        self.fields["organisation"].help_text = format_html(
            '{} <a href="{}">{}</a>',
            _("Not in the list?"),
            reverse("network:organisation_create"),
            _("Add the organisation"),
        )
        self.fields["planned_on"].widget.attrs["min"] = timezone.localdate().isoformat()

    def _choose_among(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]


class ItemLineForm(LineForm):
    item = ItemSearchField(label=_("Kit or article"))
    quantity = QuantityField()

    def __init__(self, *args: Any, catalogue: Catalogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].catalogue = catalogue  # type: ignore[attr-defined]


class ItemLines(LinesFormSet):
    """Rows that share one catalogue; `written` fills the first of them when the form opens."""

    def __init__(self, *args: Any, catalogue: Catalogue, written: Sequence[ShipmentLine] = (), **kwargs: Any) -> None:
        self.catalogue, self.written = catalogue, written
        self.extra = max(self.extra, len(written) + 1)
        super().__init__(*args, **kwargs)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        kwargs = {**super().get_form_kwargs(index), "catalogue": self.catalogue}
        if index is not None and index < len(self.written):
            kwargs["initial"] = {"item": self.written[index].item, "quantity": self.written[index].quantity}
        return kwargs

    @property
    def item_lines(self) -> list[Line]:
        return [Line(**typed) for typed in self.lines]


class ShipmentLines(lines_formset(ItemLineForm, rows=ROWS), ItemLines):  # type: ignore[misc]
    """What a shipment holds."""


class AcknowledgeForm(IdempotentForm):
    """How many of each line arrived; on the paper of a confidential place, the receipt code too."""

    def __init__(self, *args: Any, shipment: Shipment, way: AcknowledgedBy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = list(shipment.lines.select_related("item"))
        for row in self.rows:
            self.fields[self.name_of(row)] = QuantityField(
                minimum=0,
                label=_("%(item)s: arrived") % {"item": row.item},
                help_text=_("%(quantity)s were sent.") % {"quantity": grouped(row.quantity)},
            )
        if way == AcknowledgedBy.PAPER and shipment.receipt_code:
            self.fields["receipt_code"] = forms.CharField(
                label=_("Receipt code"),
                max_length=20,
                help_text=_("A confidential place sends it back instead of signing."),
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )

    @staticmethod
    def name_of(row: ShipmentLine) -> str:
        return f"arrived_{row.pk}"

    @property
    def arrived(self) -> dict[int, int]:
        return {row.pk: self.cleaned_data[self.name_of(row)] for row in self.rows}


def catalogue_of_shipments(acting: Acting) -> Catalogue:
    """Kits and articles in use, without what never goes into a shipment."""
    return Catalogue(Item.objects.visible_to(acting).in_use().filter(is_formula=False))
