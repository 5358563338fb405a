"""On what the outer tags of kits are printed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from printing.sheets import PER_SHEET, LabelFormat
from web.forms import PageForm


class LabelsForm(PageForm):
    """Which labels the printer holds and, of a sheet that was begun, its first free place, counted along the rows."""

    label_format = forms.ChoiceField(
        label=_("Labels"), choices=LabelFormat.choices, widget=forms.RadioSelect, initial=LabelFormat.SHEET
    )
    first = forms.TypedChoiceField(
        label=_("First free label of the sheet"),
        choices=[(number, number) for number in range(1, PER_SHEET + 1)],
        coerce=int,
        required=False,
        widget=forms.RadioSelect,
        initial=1,
    )

    def clean_first(self) -> Any:
        return self.cleaned_data["first"] or 1 if self.cleaned_data.get("label_format") == LabelFormat.SHEET else 1
