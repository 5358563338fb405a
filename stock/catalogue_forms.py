"""The forms of the catalogue and of the places."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network.acting import Acting
from network.models import Site
from stock.barcodes import NotACode, read_code
from stock.catalogue_operations import FIELDS, clean_gtin
from stock.enums import Category, PlaceKind, Unit
from stock.finding import Catalogue
from stock.forms import ItemSearchField
from stock.models import Item
from stock.place_operations import OPENED_BY_HAND
from web.errors import Refused
from web.forms import IdempotentForm, PageForm, PageModelForm

MOST_GRAMS = 100_000


class ItemForm(PageModelForm):
    gtins = forms.CharField(
        label=_("GTINs"),
        required=False,
        help_text=_("The numbers under the bar codes, separated by spaces. None is needed."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )

    class Meta:
        model = Item
        fields = FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, left_out in (("category", Category.KIT), ("unit", Unit.KIT)):
            field = self.fields[name]
            field.choices = [choice for choice in field.choices if choice[0] != left_out]  # type: ignore[attr-defined]
        self.fields["grams"].max_value = MOST_GRAMS  # type: ignore[attr-defined]
        self.fields["grams"].help_text = _("Of one piece. Leave it empty when nobody knows.")
        if self.instance.pk:
            self.initial["gtins"] = " ".join(str(gtin) for gtin in self.instance.gtins.all())
        else:
            del self.fields["is_active"]

    def clean_grams(self) -> int | None:
        grams = self.cleaned_data["grams"]
        if grams is not None and not 1 <= grams <= MOST_GRAMS:
            raise forms.ValidationError(_("A piece weighs from 1 to 100,000 grams; leave it empty when nobody knows."))
        return grams

    def clean_gtins(self) -> list[str]:
        try:
            return [clean_gtin(word) for word in self.cleaned_data["gtins"].replace(",", " ").split()]
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from None

    def _post_clean(self) -> None:
        """Leave the row as it is: the operation writes it."""


class GtinForm(PageForm):
    """A code, and the article that it is printed on."""

    code = forms.CharField(
        label=_("Bar code"),
        max_length=400,
        help_text=_("The digits below the bars, typed or scanned."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    item = ItemSearchField(help_text=_("The beginning of its name; then choose from the list."))

    def __init__(self, *args: Any, catalogue: Catalogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].catalogue = catalogue  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        try:
            return read_code(self.cleaned_data["code"]).gtin
        except NotACode as refused:
            raise forms.ValidationError(str(refused)) from None


class PlaceCreateForm(IdempotentForm):
    site = forms.ModelChoiceField(
        Site.objects.none(), label=_("Site"), error_messages={"required": _("Choose a site.")}
    )
    kind = forms.TypedChoiceField(
        label=_("Kind"),
        coerce=PlaceKind,
        choices=[(kind, kind.label) for kind in OPENED_BY_HAND],
        error_messages={"invalid_choice": _("Choose a kind of place from the list.")},
    )
    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("As it is called there: Table 3, shelf by the window.")
    )

    def __init__(self, *args: Any, acting: Acting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = Site.objects.visible_to(acting).in_use()  # type: ignore[attr-defined]


class PlaceRenameForm(PageForm):
    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("As it is called there: Table 3, shelf by the window.")
    )
