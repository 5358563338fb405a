"""Forms of drives, pledges, donations and purchases: their cleaned data are the arguments of the operations."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from donations.arrivals import ArrivalLine
from donations.enums import Condition
from donations.models import Drive, Pledge
from donations.operations import MOST_EUROS
from donations.querysets import givers
from network.acting import Acting
from network.forms import KnownDevicesField
from network.models import Organisation, Site
from stock.finding import Catalogue
from stock.forms import ItemSearchField, PrintedDateField
from stock.lots import check_arrival
from stock.models import Item, Place
from web.errors import Refused
from web.forms import IdempotentForm, LineForm, LinesFormSet, PageForm, QuantityField, SeveralField, lines_formset

NOBODY = Organisation.objects.none()
MOST_GRAMS = 20_000_000  # a lorry


def day_field(**kwargs: Any) -> forms.DateField:
    """A day of the calendar, as the browser's own field asks for it."""
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class GramsField(QuantityField):
    """What was weighed, in grams; many have no scale, so that it is never required."""

    default_error_messages = {
        "fraction": _("Write whole grams: %(value)s is not a whole number."),
        "invalid": _("Write the weight in grams, in digits."),
        "negative": _("A weight cannot be negative."),
        "zero": _("Leave the weight empty where nothing was weighed."),
        "absurd": _("%(value)s g is more than a lorry carries: check the number of digits."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("Weight in grams"), "required": False, "maximum": MOST_GRAMS, **kwargs})


class DriveForm(PageForm):
    name = forms.CharField(label=_("Name in French"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    starts_on = day_field(label=_("First day"))
    ends_on = day_field(label=_("Last day"))
    sites = SeveralField(
        Site.objects.none(), label=_("Where goods are brought"), required=False, widget=forms.CheckboxSelectMultiple
    )
    public_text = forms.CharField(
        label=_("Text for the public in French"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    public_text_en = forms.CharField(
        label=_("Text for the public in English"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, acting: Acting, drive: Drive | None = None, **kwargs: Any) -> None:
        if drive:
            fields = ("name", "name_en", "starts_on", "ends_on", "public_text", "public_text_en")
            kwargs["initial"] = {**{name: getattr(drive, name) for name in fields}, "sites": drive.sites.all()}
        super().__init__(*args, **kwargs)
        kept = Q(is_active=True) | Q(drives=drive) if drive else Q(is_active=True)
        sites = Site.objects.visible_to(acting).filter(kept, is_confidential=False).distinct()
        self.fields["sites"].queryset = sites  # type: ignore[attr-defined]


class ChangedDriveForm(DriveForm):
    """A drive that is there: who changes it is told which tablets that shuts out."""

    known = KnownDevicesField()


class NewDriveForm(IdempotentForm, DriveForm):
    """A drive that is not there yet."""


class NewPledgeForm(IdempotentForm):
    drive = forms.ModelChoiceField(Drive.objects.none(), label=_("Drive"))
    partner = forms.ModelChoiceField(NOBODY, label=_("Partner"))
    item = ItemSearchField()
    quantity = QuantityField(label=_("Quantity promised"), error_messages=QuantityField.alone)
    due_on = day_field(label=_("Promised for"))

    def __init__(self, *args: Any, acting: Acting, catalogue: Catalogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drives = Drive.objects.visible_to(acting).open()
        self.fields["drive"].queryset = drives  # type: ignore[attr-defined]
        self.fields["drive"].initial = the_running_one(drives)
        self.fields["partner"].queryset = givers(acting.house)  # type: ignore[attr-defined]
        self.fields["item"].catalogue = catalogue  # type: ignore[attr-defined]


class PledgeForm(PageForm):
    """What can still change of a pledge; another partner or article is another pledge."""

    quantity = QuantityField(label=_("Quantity promised"), error_messages=QuantityField.alone)
    due_on = day_field(label=_("Promised for"))

    def __init__(self, *args: Any, pledge: Pledge, **kwargs: Any) -> None:
        kwargs["initial"] = {"quantity": pledge.quantity, "due_on": pledge.due_on}
        super().__init__(*args, **kwargs)


class ArrivalForm(IdempotentForm):
    """What donations and purchases ask for alike: the drive, and where the goods lie now."""

    drive = forms.ModelChoiceField(Drive.objects.none(), label=_("Drive"))
    place = forms.ModelChoiceField(Place.objects.none(), label=_("Where it lies now"))

    def __init__(self, *args: Any, acting: Acting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drives = Drive.objects.visible_to(acting)
        places = Place.objects.visible_to(acting).in_use().where_goods_are_ready().select_related("house", "site")
        self.fields["drive"].queryset = drives  # type: ignore[attr-defined]
        self.fields["drive"].initial = the_running_one(drives)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]
        self.fields["place"].initial = places.first()


class DonationForm(ArrivalForm):
    partner = forms.ModelChoiceField(NOBODY, label=_("Given by"), required=False, empty_label=_("The public"))
    received_on = day_field(label=_("Received on"), initial=timezone.localdate)

    def __init__(self, *args: Any, acting: Acting, **kwargs: Any) -> None:
        super().__init__(*args, acting=acting, **kwargs)
        self.fields["partner"].queryset = givers(acting.house)  # type: ignore[attr-defined]


class PurchaseForm(ArrivalForm):
    supplier = forms.CharField(
        label=_("Bought from"), max_length=120, help_text=_("A shop or a company, never a person.")
    )
    bought_on = day_field(label=_("Bought on"), initial=timezone.localdate)
    cost = forms.DecimalField(
        label=_("Cost in euros"),
        min_value=0,
        error_messages={"min_value": _("A cost cannot be negative.")},
        max_value=MOST_EUROS - 1,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    funder = forms.ModelChoiceField(NOBODY, label=_("Paid by"), required=False, empty_label=_("The house itself"))

    def __init__(self, *args: Any, acting: Acting, **kwargs: Any) -> None:
        super().__init__(*args, acting=acting, **kwargs)
        self.fields["drive"].required = False
        self.fields["drive"].empty_label = _("No drive in particular")  # type: ignore[attr-defined]
        self.fields["funder"].queryset = givers(acting.house)  # type: ignore[attr-defined]


class PurchaseLineForm(LineForm):
    item = ItemSearchField()
    quantity = QuantityField()
    best_before = PrintedDateField(required=False)
    number = forms.CharField(label=_("Lot number"), max_length=40, required=False)
    grams = GramsField()

    def __init__(self, *args: Any, catalogue: Catalogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].catalogue = catalogue  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Say of every line at once what its printed date forbids; the operation keeps the rule."""
        if self.has_changed() and not self.errors:
            try:
                check_arrival(self.arrival_line().arrival(), today=timezone.localdate())
            except Refused as refused:
                self.add_error(refused.field, str(refused))
        return self.cleaned_data

    def arrival_line(self) -> ArrivalLine:
        """The line as the operation takes it."""
        typed = dict(self.cleaned_data)
        printed = typed.pop("best_before")
        return ArrivalLine(**typed, best_before=printed.best_before, precision=printed.precision)


class DonationLineForm(PurchaseLineForm):
    condition = forms.ChoiceField(label=_("Condition"), choices=Condition, initial=Condition.NEW)
    field_order = ("item", "quantity", "condition", "best_before", "number", "grams")


class ArrivalLines(LinesFormSet):
    """Rows that share one catalogue; `typed` fills the first of them when the form opens."""

    def __init__(self, *args: Any, catalogue: Catalogue, typed: Sequence[dict[str, Any]] = (), **kwargs: Any) -> None:
        self.catalogue, self.typed = catalogue, typed
        self.extra = max(self.extra, len(typed))
        super().__init__(*args, **kwargs)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        typed = self.typed[index] if index is not None and index < len(self.typed) else {}
        return {**super().get_form_kwargs(index), "catalogue": self.catalogue, "initial": typed}

    @property
    def arrival_lines(self) -> list[ArrivalLine]:
        return [form.arrival_line() for form in self.filled_forms]  # type: ignore[attr-defined]


class DonationLines(lines_formset(DonationLineForm, rows=3), ArrivalLines):  # type: ignore[misc]
    """What was given."""


class PurchaseLines(lines_formset(PurchaseLineForm, rows=3), ArrivalLines):  # type: ignore[misc]
    """What was bought."""


def catalogue_of(acting: Acting) -> Catalogue:
    """The articles that can come in: those in use, without the assembled kits."""
    return Catalogue(Item.objects.visible_to(acting).in_use().loose())


def the_running_one(drives: Any) -> Drive | None:
    """The drive that most likely is meant: one that runs today, else the latest."""
    found = list(drives)
    return next((drive for drive in found if drive.is_running), next(iter(found), None))
