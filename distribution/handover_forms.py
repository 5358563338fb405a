"""The form of a handover: how many, never who. Nothing is typed but a search; reasons are lists."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from distribution.desk import Here, Shelf
from distribution.drafts import Line
from distribution.enums import LetterException
from distribution.forms import ItemLineForm, ItemLines
from distribution.handover_rules import MOST_GRAMS, MOST_KITS, MOST_PEOPLE, Household
from network.acting import Acting
from network.enums import OrganisationKind, ReadReason
from network.models import Organisation
from stock.models import Item
from web.forms import IdempotentForm, PageForm, QuantityField, lines_formset
from web.numbers import grouped

SEEN = "seen"
LETTERS = [(SEEN, _("Letter seen")), *((value, label) for value, label in LetterException.choices)]
NOT_STRUCTURES = (OrganisationKind.OWN, OrganisationKind.PARTNER)


class PeopleField(QuantityField):
    """How many people of one band; left empty, nobody."""

    default_error_messages = {
        "invalid": _("Enter the number of people in digits."),
        "fraction": _("Enter whole people: %(value)s is not a whole number."),
        "negative": _("A number of people cannot be negative."),
        "absurd": _("%(value)s people in one household: check the number."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(minimum=0, maximum=MOST_PEOPLE, required=False, initial=0, **kwargs)

    def clean(self, value: Any) -> int:
        return super().clean(value) or 0


class KindField(QuantityField):
    """How many kits of one kind, without scanning their codes."""

    default_error_messages = {"absurd": _("%(value)s kits for one household: check the number.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(minimum=0, maximum=MOST_KITS, required=False, initial=0, **kwargs)


class HandoverForm(IdempotentForm):
    structure = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Sent by"),
        required=False,
        empty_label=_("Nobody, or not in the list"),
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    letter = forms.ChoiceField(
        label=_("Referral letter"),
        choices=LETTERS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say that the letter was seen, or choose why not.")},
    )
    women = PeopleField(label=_("Women"))
    men = PeopleField(label=_("Men"))
    children_0_2 = PeopleField(label=_("Children, 0 to 2 years"))
    children_3_11 = PeopleField(label=_("Children, 3 to 11 years"))
    children_12_17 = PeopleField(label=_("Children, 12 to 17 years"))
    codes = forms.CharField(
        label=_("Codes of the kits"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Scan or type one code a line."),
    )
    is_formula_asked_for = forms.BooleanField(
        label=_("A health or social worker asked for the infant formula, bottles or teats"), required=False
    )
    grams = QuantityField(
        label=_("Weight in grams, if weighed"),
        maximum=MOST_GRAMS,
        required=False,
        error_messages={
            "fraction": _("Write whole grams: %(value)s is not a whole number."),
            "negative": _("A weight cannot be negative."),
            "zero": _("Leave the weight empty where nothing was weighed."),
            "absurd": _("%(value)s g is more than a household carries: check the number of digits."),
        },
    )

    def __init__(self, *args: Any, acting: Acting, shelf: Shelf, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        structures = Organisation.objects.visible_to(acting).in_use().exclude(kind__in=NOT_STRUCTURES)
        self.fields["structure"].queryset = structures  # type: ignore[attr-defined]
        self.kinds = {f"kind_{here.item.pk}": here for here in shelf.kits}
        self.kinds |= self._that_ran_out(acting)
        for name, here in self.kinds.items():
            label = _("%(kit)s (%(free)s here)") % {"kit": here.item, "free": grouped(here.free)}
            self.fields[name] = KindField(label=label)

    def _that_ran_out(self, acting: Acting) -> dict[str, Here]:
        """The kinds that were asked for and lie here no more: a form sent twice still says the same."""
        names = {name for name, value in self.data.items() if name.startswith("kind_") and value not in ("", "0")}
        pks = [name.removeprefix("kind_") for name in names - self.kinds.keys()]
        asked = [int(pk) for pk in pks if pk.isdecimal() and len(pk) < 19]
        items = Item.objects.visible_to(acting).kits().filter(pk__in=asked) if asked else ()
        return {f"kind_{item.pk}": Here(item, 0) for item in items}

    @property
    def people_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in Household.__slots__]

    @property
    def kind_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.kinds]

    @property
    def arguments(self) -> dict[str, Any]:
        """What `hand_over` takes of this form."""
        typed = self.cleaned_data
        seen = typed["letter"] == SEEN
        kinds = sorted((here.item.pk, name) for name, here in self.kinds.items() if typed[name])
        return {
            "structure": typed["structure"],
            "has_letter": seen,
            "letter_exception": "" if seen else typed["letter"],
            "household": Household(**{name: typed[name] for name in Household.__slots__}),
            "codes": [code for code in typed["codes"].splitlines() if code.strip()],
            "kits": [Line(self.kinds[name].item, typed[name]) for _pk, name in kinds],
            "is_formula_asked_for": typed["is_formula_asked_for"],
            "grams": typed["grams"],
            "key": typed["key"],
        }


class ArticleLines(lines_formset(ItemLineForm, rows=2, is_required=False), ItemLines):  # type: ignore[misc]
    """Loose articles of a handover."""


class PastDayForm(PageForm):
    """Handovers of a past day are opened by a coordinator, for a reason of the list."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    reason = forms.ChoiceField(
        label=_("Why"),
        choices=[
            ("", _("Choose a reason")),
            *(choice for choice in ReadReason.choices if choice[0] != ReadReason.TODAY),
        ],
    )

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is to come: choose a day that is past."))
        return day
