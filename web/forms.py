"""Forms and rows of forms: laid out by crispy, sent once, and kept as typed when a person asks for more rows."""

import re
import uuid
from collections.abc import Iterator
from typing import Any, cast

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet, formset_factory
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

ADD_LINE = "add_line"
MOST_LINES = 100
MOST_PIECES = 100_000
_SPACES = re.compile(r"[\s\u00a0\u202f]")
_WHOLE = re.compile(r"[+-]?\d{1,12}")
_DECIMAL = re.compile(r"[+-]?\d+[.,]\d+")


class PageMixin:
    """Mixin of a form: crispy lays its fields out, while `<form>`, its address and its buttons stay in the template.

    A press on "Add rows" (of a LinesFormSet in the same `<form>`) shows it again as typed, neither valid nor wrong.
    """

    data: Any
    is_bound: bool

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        return helper

    @property
    def is_adding_lines(self) -> bool:
        return self.is_bound and ADD_LINE in self.data

    def is_valid(self) -> bool:
        return not self.is_adding_lines and super().is_valid()  # type: ignore[misc]

    def full_clean(self) -> None:
        if self.is_adding_lines:
            self._errors: ErrorDict | None = ErrorDict()
            self.cleaned_data: dict[str, Any] = {}
        else:
            super().full_clean()  # type: ignore[misc]


class PageForm(PageMixin, forms.Form):
    """A form of its own."""


class PageModelForm(PageMixin, forms.ModelForm):
    """A form of one row of reference data."""


class IdempotentForm(PageForm):
    """A form that is one operation however often it is sent: `key` is made when it opens and kept when shown again."""

    key = forms.UUIDField(
        initial=uuid.uuid4,
        widget=forms.HiddenInput,
        error_messages={
            "required": _("This form was not sent whole. Load the page again and fill it in once more."),
            "invalid": _("This form was not sent whole. Load the page again and fill it in once more."),
        },
    )


class QuantityField(forms.IntegerField):
    """A number of pieces from `minimum` (1, or 0 for a count) to `maximum`, each mistake with its own sentence."""

    default_error_messages = {
        "required": _("Enter a quantity."),
        "invalid": _("Enter the quantity as a number, in digits."),
        "fraction": _("Enter a whole number of pieces: %(value)s is not one."),
        "negative": _("A quantity cannot be negative. To take something back, undo it or write it off."),
        "zero": _("Enter at least 1, or leave the line empty."),
        "absurd": _("%(value)s is more than 100,000 pieces: check the number of digits."),
    }
    alone = {"zero": _("Enter at least 1.")}  # its error messages where it is of no line

    def __init__(self, *, minimum: int = 1, maximum: int = MOST_PIECES, **kwargs: Any) -> None:
        self.minimum, self.maximum = minimum, maximum
        kwargs.setdefault("label", _("Quantity"))
        kwargs.setdefault("widget", forms.NumberInput(attrs={"inputmode": "numeric"}))
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "min": self.minimum, "max": self.maximum, "step": 1}

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        text = _SPACES.sub("", str(value))
        if _DECIMAL.fullmatch(text) and text.rstrip("0").rstrip(".,").lstrip("+-").isdigit():
            text = text.rstrip("0").rstrip(".,")
        if _DECIMAL.fullmatch(text):
            raise self._wrong("fraction", value)
        if not _WHOLE.fullmatch(text):
            raise self._wrong("absurd" if text.lstrip("+-").isdigit() else "invalid", value)
        return self._within(int(text), value)

    def _within(self, number: int, value: Any) -> int:
        if number < 0:
            raise self._wrong("negative", value)
        if number < self.minimum:
            raise self._wrong("zero", value)
        if number > self.maximum:
            raise self._wrong("absurd", value)
        return number

    def _wrong(self, code: str, value: Any) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params={"value": str(value)[:20]})


class SeveralField(forms.ModelMultipleChoiceField):
    """Several rows, ticked; a number beyond any row's is a wrong choice, which Django passes on to the database."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except OverflowError:
            raise ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": "…"}
            ) from None


class LineForm(forms.Form):
    """One row: its fields wear the look of the theme, and their labels are the column's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            is_select = isinstance(field.widget, forms.Select)
            look = "form-select" if is_select else "form-control"
            if not isinstance(field.widget, forms.CheckboxInput):
                field.widget.attrs.setdefault("class", look)
            field.widget.attrs.setdefault("aria-label", field.label)


class LinesFormSet(BaseFormSet):
    """Rows "article, quantity, …": empty ones are left out, more come by a button named `add_line`."""

    is_required = True
    none_given: Any = _("Enter at least one line.")

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        prefix = kwargs.get("prefix") or self.get_default_prefix()
        self._first_added: int | None = None
        if data is not None and data.get(ADD_LINE) == prefix:
            data, self._first_added = data.copy(), _count(data, prefix)
            data[f"{prefix}-TOTAL_FORMS"] = str(min(_count(data, prefix) + self.extra, MOST_LINES))
        super().__init__(data, *args, **kwargs)

    @property
    def is_adding_lines(self) -> bool:
        return self.is_bound and ADD_LINE in self.data

    @property
    def filled_forms(self) -> list[forms.Form]:
        """The rows somebody wrote in, in order: `Refused.line` counts among them."""
        return [form for form in self.forms if form.has_changed()]

    @property
    def lines(self) -> Iterator[dict[str, Any]]:
        """The cleaned data of each filled row, for an operation."""
        return (form.cleaned_data for form in self.filled_forms)

    def is_valid(self) -> bool:
        return not self.is_adding_lines and super().is_valid()

    def _construct_form(self, index: int, **kwargs: Any) -> forms.Form:
        form = super()._construct_form(index, **kwargs)  # type: ignore[misc]
        if self.is_adding_lines:
            form._errors, form.cleaned_data = ErrorDict(), {}
        if index == self._first_added:  # one goes on there, by keyboard too
            form.visible_fields()[0].field.widget.attrs["autofocus"] = True
        return form

    def full_clean(self) -> None:
        if self.is_adding_lines:
            self._non_form_errors = self.error_class(error_class="nonform")
            self._errors = [ErrorDict() for form in self.forms]
        else:
            super().full_clean()

    def clean(self) -> None:
        if self.is_required and not any(self.errors) and not self.filled_forms:
            raise ValidationError(self.none_given, code="empty")


def lines_formset(
    form: type[forms.Form], *, rows: int = 5, is_required: bool = True, none_given: Any = LinesFormSet.none_given
) -> type[LinesFormSet]:
    """Make the formset of `form`: `rows` blank rows at first and at each press on "Add rows", 100 at most.

    `none_given` is said where all of them are empty and one is required.
    """
    made = formset_factory(
        form, formset=LinesFormSet, extra=rows, max_num=MOST_LINES, absolute_max=MOST_LINES + 1, validate_max=True
    )
    return cast(
        "type[LinesFormSet]", type(f"{form.__name__}s", (made,), {"is_required": is_required, "none_given": none_given})
    )


def _count(data: Any, prefix: str) -> int:
    try:
        return int(data.get(f"{prefix}-TOTAL_FORMS", 0))
    except (TypeError, ValueError):
        return 0
