"""Forms of containers: their cleaned data are the arguments of the operations."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from donations.enums import CONTAINER_KINDS, DropOffKind
from donations.forms import NOBODY, GramsField, the_running_one
from donations.models import Container, Drive
from donations.querysets import ContainerQuerySet, givers
from network.acting import Acting
from network.models import Site
from printing.label_forms import LabelsForm
from stock.codes import clean_code, spoken
from web.errors import Refused
from web.forms import IdempotentForm, SeveralField


def sites_of(acting: Acting) -> Any:
    """The sites that containers leave and are brought to; a confidential one is neither."""
    return Site.objects.visible_to(acting).in_use().filter(is_confidential=False)


class ContainerForm(IdempotentForm):
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(kind.value, kind.label) for kind in CONTAINER_KINDS],
        initial=DropOffKind.CARTON,
        widget=forms.RadioSelect,
    )
    site = forms.ModelChoiceField(Site.objects.none(), label=_("From"))
    drive = forms.ModelChoiceField(Drive.objects.none(), label=_("Drive"))
    partner = forms.ModelChoiceField(
        NOBODY,
        label=_("Given by"),
        required=False,
        empty_label=_("The public"),
        help_text=_("A partner is chosen where everything in it is from them."),
    )
    grams = GramsField()

    def __init__(self, *args: Any, acting: Acting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drives = Drive.objects.visible_to(acting)
        self.fields["site"].queryset = sites_of(acting)  # type: ignore[attr-defined]
        self.fields["drive"].queryset = drives  # type: ignore[attr-defined]
        self.fields["drive"].initial = the_running_one(drives)
        self.fields["partner"].queryset = givers(acting.house)  # type: ignore[attr-defined]


class CollectForm(IdempotentForm):
    """What leaves with a van: ticked in the list, or its codes typed or scanned one a line."""

    codes = forms.CharField(
        label=_("Codes"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Scan or type one code a line, or tick the containers in the list."),
    )
    to = forms.ModelChoiceField(Site.objects.none(), label=_("Brought to"))
    containers = SeveralField(Container.objects.none(), label=_("Containers"), required=False)

    def __init__(self, *args: Any, acting: Acting, containers: ContainerQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.among = containers
        self.fields["containers"].queryset = containers  # type: ignore[attr-defined]
        self.fields["to"].queryset = sites_of(acting)  # type: ignore[attr-defined]

    def clean_codes(self) -> list[str]:
        """The codes of the lines, each once; a mistake names its line."""
        lines = [line for line in self.cleaned_data["codes"].splitlines() if line.strip()]
        try:
            return sorted({clean_code(line) for line in lines})
        except Refused as refused:
            raise ValidationError(str(refused)) from None

    def clean(self) -> dict[str, Any]:
        codes = self.cleaned_data.pop("codes", [])
        typed = list(self.among.filter(code__in=codes)) if codes else []
        unknown = set(codes) - {container.code for container in typed}
        if unknown:
            sentence = _("No container of yours has the code %(codes)s.")
            self.add_error("codes", sentence % {"codes": ", ".join(map(spoken, sorted(unknown)))})
        ticked = self.cleaned_data.get("containers") or []
        self.cleaned_data["containers"] = list({container.pk: container for container in (*ticked, *typed)}.values())
        return self.cleaned_data


class ContainerLabelsForm(LabelsForm):
    """Which containers get a label, and on what it is printed."""

    containers = SeveralField(
        Container.objects.none(),
        label=_("Containers"),
        error_messages={"required": _("Choose at least one container.")},
    )

    def __init__(self, *args: Any, containers: ContainerQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["containers"].queryset = containers  # type: ignore[attr-defined]

    @property
    def helper(self) -> FormHelper:
        """The containers are ticked in a list of their own."""
        helper = super().helper
        helper.layout = Layout("label_format", "first")
        return helper
