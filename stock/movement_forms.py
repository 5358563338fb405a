"""The forms that move, write off and count goods: lots are chosen among those of the place that the page is about."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.acting import Acting
from stock.enums import ADJUST_REASONS, WRITE_OFF_REASONS, Reason
from stock.history import Span
from stock.models import Balance, Lot, Place
from stock.operations import LotLine
from web.forms import IdempotentForm, LineForm, LinesFormSet, PageForm, QuantityField, lines_formset
from web.numbers import grouped


def places_of(acting: Acting) -> Any:
    return Place.objects.visible_to(acting).in_use().select_related("site", "house")


class PlaceField(forms.ModelChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": _("Choose a place."), "invalid_choice": _("Choose a place.")})
        super().__init__(Place.objects.none(), **kwargs)


class PlaceForm(PageForm):
    """Which place the page is about; in its address, so that it can be linked to."""

    place = PlaceField(label=_("Place"))

    def __init__(self, *args: Any, acting: Acting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places_of(acting)  # type: ignore[attr-defined]


class StockOnDateForm(PlaceForm):
    day = forms.DateField(
        label=_("At the end of"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day."), "invalid": _("Write the day as 31/10/2026.")},
    )

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come: the stock of that day is not known."))
        return day


class SpanForm(PageForm):
    """Of which days a history tells, in its address; empty is without an end."""

    since = forms.DateField(
        label=_("From"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as 31/10/2026.")},
    )
    until = forms.DateField(
        label=_("To"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as 31/10/2026.")},
    )

    @property
    def span(self) -> Span | None:
        """The days that were asked for, or None where nothing was, or nothing that makes sense."""
        if not (self.is_valid() and {"since", "until"} & self.data.keys()):
            return None
        return Span(self.cleaned_data.get("since"), self.cleaned_data.get("until"))

    def clean(self) -> None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day comes before the first."))
        if until and until >= date.max:
            self.add_error("until", _("Write the day as 31/10/2026."))


class HistoryForm(SpanForm):
    place = forms.TypedChoiceField(label=_("Place"), required=False, coerce=int, empty_value=None)
    field_order = ("place", "since", "until")

    def __init__(self, *args: Any, places: Iterable[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {place.pk: place for place in places}
        self.fields["place"].choices = [(pk, str(place)) for pk, place in self.places.items()]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Place | None:
        """The place that was asked for, else the first of them, where most is."""
        asked = self.cleaned_data.get("place") if self.is_valid() else None
        return self.places[asked] if asked else next(iter(self.places.values()), None)


class LotField(forms.ChoiceField):
    """One of the lots of a place, whose balances the form read once for all its rows. Its value is a Lot."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Article and lot"))
        super().__init__(**kwargs)
        self.error_messages["required"] = _("Choose an article.")
        self.error_messages["invalid_choice"] = _("This lot is not at this place. Choose one of the list.")

    def among(self, balances: Iterable[Balance]) -> None:
        self.balances = {str(balance.lot_id): balance for balance in balances}
        self.choices = [("", "—"), *((pk, _label(balance)) for pk, balance in self.balances.items())]

    def clean(self, value: Any) -> Lot | None:
        pk = super().clean(value)
        return self.balances[pk].lot if pk else None


def _label(balance: Balance) -> str:
    sentence = _("%(lot)s: %(free)s free") if not balance.lot.is_blocked else _("%(lot)s: %(free)s free, blocked")
    return sentence % {"lot": balance.lot, "free": grouped(balance.free)}


class LotLineForm(LineForm):
    lot = LotField()
    quantity = QuantityField()

    def __init__(self, *args: Any, balances: Iterable[Balance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lot"].among(balances)  # type: ignore[attr-defined]


class LotLinesFormSet(LinesFormSet):
    @property
    def lot_lines(self) -> list[LotLine]:
        return [LotLine(**line) for line in self.lines]


def lot_lines(data: Any, balances: Iterable[Balance], lot: Lot | None = None) -> LotLinesFormSet:
    """Rows of lots and quantities, the first about `lot` where the page was opened for one."""
    formset = lines_formset(LotLineForm, rows=3)
    made = type("LotLines", (LotLinesFormSet, formset), {})
    initial = [{"lot": lot.pk}] if lot else None
    return made(data, prefix="lines", initial=initial, form_kwargs={"balances": list(balances)})


class TransferForm(IdempotentForm):
    target = PlaceField(label=_("To"))

    def __init__(self, *args: Any, acting: Acting, source: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].queryset = places_of(acting).exclude(pk=source.pk)  # type: ignore[attr-defined]


class ReasonForm(IdempotentForm):
    reason = forms.TypedChoiceField(
        label=_("Why"), coerce=Reason, error_messages={"required": _("Choose a reason from the list.")}
    )
    reasons: tuple[Reason, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.choices = [("", "—"), *((reason, reason.label) for reason in self.reasons)]  # type: ignore[attr-defined]


class WriteOffForm(ReasonForm):
    reasons = WRITE_OFF_REASONS


class AdjustmentForm(ReasonForm):
    lot = LotField()
    counted = QuantityField(
        minimum=0, label=_("Counted"), help_text=_("How many you counted there, reserved ones too.")
    )
    reasons = ADJUST_REASONS
    field_order = ("lot", "counted", "reason")

    def __init__(self, *args: Any, balances: Iterable[Balance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lot"].among(balances)  # type: ignore[attr-defined]
