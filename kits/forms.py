"""Forms of kits: their cleaned data are the arguments of the operations, or the lines of a draft."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from donations.models import Drive
from kits.closing import Count
from kits.enums import TemplateKind
from kits.models import KitTemplate, TemplateVersion
from kits.operations import MOST_AT_ONCE
from kits.recipes import MOST_OF_ONE
from kits.sessions import MixLine
from kits.targets import LAST_PRIORITY, TargetLine
from kits.templates import DraftLine
from network.acting import Acting
from stock.codes import clean_code
from stock.finding import Catalogue
from stock.forms import ItemSearchField
from stock.models import Item, Place
from web.errors import Refused
from web.forms import IdempotentForm, LineForm, LinesFormSet, PageForm, QuantityField, SeveralField, lines_formset

SUBSTITUTES = ("substitute_1", "substitute_2", "substitute_3")


class TemplateForm(PageForm):
    name = forms.CharField(label=_("Name in French"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=TemplateKind.choices,
        initial=TemplateKind.KIT,
        help_text=_("A module, such as a baby’s, is never packed alone: it completes a kit."),
    )


class RenameForm(PageForm):
    name = forms.CharField(label=_("Name in French"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)
    is_active = forms.BooleanField(
        label=_("In use"), required=False, help_text=_("What is not in use is not offered for packing any more.")
    )


class PartsForm(PageForm):
    """What a kit is built on: another kit's version, and versions of modules."""

    base = forms.ModelChoiceField(
        TemplateVersion.objects.none(), label=_("Base"), required=False, empty_label=_("No base")
    )
    modules = SeveralField(
        TemplateVersion.objects.none(), label=_("Modules"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, draft: TemplateVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = TemplateVersion.objects.offered_to(draft).select_related("template")
        self.fields["base"].queryset = offered.filter(template__kind=TemplateKind.KIT, parts=None)  # type: ignore[attr-defined]
        self.fields["modules"].queryset = offered.filter(template__kind=TemplateKind.MODULE)  # type: ignore[attr-defined]

    @property
    def parts(self) -> list[TemplateVersion]:
        base = self.cleaned_data["base"]
        return [*([base] if base else []), *self.cleaned_data["modules"]]


class DraftLineForm(LineForm):
    """A line of a draft: its article, how many, and what may go in instead, in order."""

    item = ItemSearchField()
    quantity = QuantityField(initial=1)
    substitute_1 = ItemSearchField(label=_("First substitute"), required=False)
    substitute_2 = ItemSearchField(label=_("Second substitute"), required=False)
    substitute_3 = ItemSearchField(label=_("Third substitute"), required=False)
    is_optional = forms.BooleanField(label=_("Optional: put in when there is some"), required=False)
    note = forms.CharField(label=_("Note for the packers"), max_length=120, required=False)

    def __init__(self, *args: Any, catalogue: Catalogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quantity"].widget.attrs["max"] = MOST_OF_ONE
        self.fields["is_optional"].widget.attrs["class"] = "form-check-input"
        for name in ("item", *SUBSTITUTES):
            self.fields[name].catalogue = catalogue  # type: ignore[attr-defined]

    @property
    def substitutes(self) -> list[forms.BoundField]:
        return [self[name] for name in SUBSTITUTES]

    @property
    def said(self) -> str:
        """What is written in the part of the line that opens, in a few words."""
        substitutes = [str(field.value()) for field in self.substitutes if field.value()]
        instead = _("else %(substitutes)s") % {"substitutes": ", ".join(substitutes)} if substitutes else ""
        optional = _("optional") if self["is_optional"].value() else ""
        return " · ".join(str(word) for word in (instead, optional, self["note"].value()) if word)

    @property
    def hides_errors(self) -> bool:
        """Whether something is wrong in the part of the line that opens."""
        return any(field.errors for field in (self["note"], self["is_optional"], *self.substitutes))

    @property
    def draft_line(self) -> DraftLine:
        data = self.cleaned_data
        named = [data[name] for name in SUBSTITUTES if data[name]]
        return DraftLine((data["item"], *named), data["quantity"], data["is_optional"], data["note"])


DraftLines = lines_formset(DraftLineForm, rows=2, is_required=False)


def draft_lines(catalogue: Catalogue, data: Any = None, lines: Iterable[DraftLine] = ()) -> LinesFormSet:
    """The rows of a draft as `data` sends them, else as `lines` say, with two empty ones after them."""
    if data is not None:
        data = data.copy()
        data["lines-INITIAL_FORMS"] = "0"  # any row may have been taken out
    initial = [
        {
            "item": line.items[0],
            "quantity": line.quantity,
            "is_optional": line.is_optional,
            "note": line.note,
            **dict(zip(SUBSTITUTES, line.items[1:], strict=False)),
        }
        for line in (lines if data is None else ())  # else a row that stays as it is would count as empty
    ]
    return DraftLines(data, prefix="lines", initial=initial or None, form_kwargs={"catalogue": catalogue})


def written_lines(lines: LinesFormSet) -> list[DraftLine]:
    """What the filled rows say, for `save_draft`."""
    return [line.draft_line for line in lines.filled_forms if isinstance(line, DraftLineForm)]


class NumbersForm(PageForm):
    """A number beside each of some rows; those left empty say nothing. `numbers` are those that are filled."""

    minimum = 0

    def __init__(self, *args: Any, rows: Iterable[Model], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        for row in self.rows:
            self.fields[self.name_of(row)] = self.field_of(row, str(row))

    @staticmethod
    def name_of(row: Model) -> str:
        return f"quantity_{row.pk}"

    def field_of(self, row: Any, called: str) -> forms.Field:
        field = QuantityField(label=called, minimum=self.minimum, required=False)
        field.widget.attrs.update({"class": "form-control", "aria-label": called})
        return field

    @property
    def numbers(self) -> list[tuple[Any, int]]:
        filled = ((row, self.cleaned_data.get(self.name_of(row))) for row in self.rows)
        return [(row, number) for row, number in filled if number is not None]

    def number_field(self, row: Model) -> forms.BoundField:
        return self[self.name_of(row)]

    def attach(self, refused: Refused) -> None:
        """Put the sentence beside the row that it is about, else above the form."""
        if refused.line is None:
            self.add_error(refused.field if refused.field in self.fields else None, str(refused))
        else:
            self.add_error(self.name_of(self.numbers[refused.line][0]), str(refused))


class TargetsForm(NumbersForm):
    """How many kits of each template, and in which order. A template without a number has no target."""

    def __init__(self, *args: Any, rows: Iterable[KitTemplate], **kwargs: Any) -> None:
        super().__init__(*args, rows=rows, **kwargs)
        for row in self.rows:
            label = _("Priority of %(template)s") % {"template": row}
            choices = [(number, number) for number in range(1, LAST_PRIORITY + 1)]
            self.fields[f"priority_{row.pk}"] = forms.TypedChoiceField(
                label=label, choices=choices, coerce=int, initial=1
            )
            self.fields[f"priority_{row.pk}"].widget.attrs.update({"class": "form-select", "aria-label": label})

    @property
    def targets(self) -> list[TargetLine]:
        return [TargetLine(row, number, self.cleaned_data[f"priority_{row.pk}"]) for row, number in self.numbers]

    @property
    def numbers(self) -> list[tuple[Any, int]]:
        return [(row, number) for row, number in super().numbers if number]


class WhereForm(forms.Form):
    """The drive and the place that a session is planned for; both are in the address of the page."""

    drive = forms.ModelChoiceField(Drive.objects.none(), label=_("Drive"))
    place = forms.ModelChoiceField(Place.objects.none(), label=_("Place"))

    def __init__(self, *args: Any, acting: Acting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Place.objects.visible_to(acting).in_use().where_goods_are_ready().select_related("house", "site")
        self.fields["drive"].queryset = Drive.objects.visible_to(acting).select_related("house")  # type: ignore[attr-defined]
        self.fields["place"].queryset = places  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"


class SessionForm(NumbersForm):
    """When a session is held and how many kits of each version it means to make."""

    name = forms.CharField(label=_("Name"), max_length=80)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    starts = forms.TimeField(label=_("Starts at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label=_("Ends at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    def field_of(self, row: Any, called: str) -> forms.Field:
        return super().field_of(row, str(row.item))

    @property
    def plan(self) -> dict[str, Any]:
        data = self.cleaned_data
        starts_at, ends_at = (
            timezone.make_aware(datetime.combine(data["day"], data[end])) for end in ("starts", "ends")
        )
        mix = [MixLine(version, number) for version, number in self.numbers]
        return {"name": data["name"], "starts_at": starts_at, "ends_at": ends_at, "mix": mix}

    @property
    def numbers(self) -> list[tuple[Any, int]]:
        return [(row, number) for row, number in super().numbers if number]

    def attach(self, refused: Refused) -> None:
        named = {"ends_at": "ends"}.get(refused.field or "", refused.field)
        super().attach(Refused(refused.message, field=named, line=refused.line))


class CountsForm(NumbersForm, IdempotentForm):
    """What was counted of each article; `expected` is what stock said when the page was opened."""

    def __init__(self, *args: Any, expected: dict[Item, int], **kwargs: Any) -> None:
        super().__init__(*args, rows=expected, **kwargs)
        for row, quantity in expected.items():
            self.fields[f"expected_{row.pk}"] = forms.IntegerField(
                initial=quantity, min_value=0, widget=forms.HiddenInput
            )

    def expected_field(self, row: Item) -> forms.BoundField:
        return self[f"expected_{row.pk}"]

    def expect(self, expected: dict[Item, int]) -> None:
        """Take what stock says now, so that what is counted again is compared with it; what was typed stays."""
        self.data = self.data.copy()
        for row, quantity in expected.items():
            self.data[f"expected_{row.pk}"] = str(quantity)

    @property
    def counts(self) -> list[Count]:
        return [Count(row, self.cleaned_data[f"expected_{row.pk}"], number) for row, number in self.numbers]


class PackForm(IdempotentForm):
    """So many kits of a version, at the end of the table: a number, or a press on +1, +5 or +10."""

    version = forms.ModelChoiceField(
        TemplateVersion.objects.none(),
        label=_("Kit"),
        error_messages={"required": _("Choose which kit was made."), "invalid_choice": _("Choose a kit of the list.")},
    )
    count = QuantityField(label=_("Kits made"), error_messages=QuantityField.alone)

    def __init__(self, data: Any = None, *args: Any, versions: Any, **kwargs: Any) -> None:
        if data is not None and data.get("add"):
            data = data.copy()
            data["count"] = data["add"]
        super().__init__(data, *args, **kwargs)
        self.fields["version"].queryset = versions  # type: ignore[attr-defined]
        self.fields["count"].widget.attrs.update({"class": "form-control", "max": MOST_AT_ONCE})


class LookupForm(PageForm):
    code = forms.CharField(
        label=_("Code of the kit"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("Type or scan the eight characters of the label."),
    )

    def clean_code(self) -> str:
        try:
            return clean_code(self.cleaned_data["code"])
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from None
