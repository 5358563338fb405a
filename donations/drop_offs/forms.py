"""The forms of what is noted at the door: at a desk, from a sheet of paper; and what a list of days is narrowed by."""

from collections.abc import Iterator, Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from donations.drop_offs.days import Narrowed
from donations.drop_offs.operations import MOST_AT_ONCE
from donations.drop_offs.together import Line
from donations.enums import REASONS_AT_THE_DOOR, DropOffKind, RefusalReason
from donations.forms import NOBODY, GramsField, day_field, the_running_one
from donations.models import Drive
from donations.querysets import givers
from network.acting import Acting
from network.models import Site
from web.forms import IdempotentForm, QuantityField

GRAMS = {
    DropOffKind.BAG: _("Grams of the bags"),
    DropOffKind.CARTON: _("Grams of the cartons"),
    DropOffKind.PALLET: _("Grams of the pallets"),
}
KINDS = ((DropOffKind.BAG, _("Bags")), (DropOffKind.CARTON, _("Cartons")), (DropOffKind.PALLET, _("Pallets")))


class CountField(QuantityField):
    """How many were counted; empty where there were none."""

    default_error_messages = dict.fromkeys(("absurd", "negative"), _("Enter a number from 0 to 9,999."))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"minimum": 0, "maximum": MOST_AT_ONCE, "required": False, **kwargs})


def points_of(acting: Acting) -> QuerySet[Site]:
    """Where one may note something: the points of a drive that this person sees."""
    sites = Site.objects.visible_to(acting).in_use()
    return sites.filter(is_confidential=False, drives__isnull=False).distinct()


ALL = "all"


class DaysForm(forms.Form):
    """What the list of days is narrowed by: where no drive is said, by the one that runs, for years pile up."""

    drive = forms.ChoiceField(label=_("Drive"), required=False)
    site = forms.TypedChoiceField(label=_("Point"), required=False, empty_value=None)
    since = day_field(label=_("From"), required=False)
    until = day_field(label=_("To"), required=False)

    def __init__(self, data: Mapping[str, Any], *, acting: Acting) -> None:
        self.drives = {str(drive.pk): drive for drive in Drive.objects.visible_to(acting)}
        running = the_running_one(self.drives.values())
        said = {name: data[name] for name in data}
        super().__init__({**said, "drive": said.get("drive") or (str(running.pk) if running else ALL)})
        self.sites = {site.pk: site for site in Site.objects.visible_to(acting)}
        self.fields["drive"].choices = [(ALL, _("All drives")), *self.drives.items()]  # type: ignore[attr-defined]
        self.fields["site"].choices = [("", "---------"), *self.sites.items()]  # type: ignore[attr-defined]
        self.fields["site"].coerce = lambda pk: self.sites[int(pk)]  # type: ignore[attr-defined]

    @property
    def narrowed(self) -> Narrowed:
        """What is asked for; a field that is filled in wrongly narrows nothing, and says so."""
        self.full_clean()
        site = self.cleaned_data.get("site")
        sites = {site.pk: site} if site else self.sites
        drive = self.drives.get(self.cleaned_data.get("drive", ALL))
        return Narrowed(sites, drive, **{name: self.cleaned_data.get(name) for name in ("since", "until")})


class DoorForm(IdempotentForm):
    """What the desk and the sheet ask for alike: the drive, the point, and what was refused."""

    drive = forms.ModelChoiceField(Drive.objects.none(), label=_("Drive"))
    site = forms.ModelChoiceField(Site.objects.none(), label=_("Point"))
    head: tuple[str, ...] = ("drive", "site")
    counted: tuple[str, ...] = ()
    legend: Any = ""

    def __init__(self, *args: Any, acting: Acting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drives, sites = Drive.objects.visible_to(acting), points_of(acting)
        self.fields["drive"].queryset = drives  # type: ignore[attr-defined]
        self.fields["drive"].initial = the_running_one(drives)
        self.fields["site"].queryset = sites  # type: ignore[attr-defined]
        only = list(sites[:2])
        self.fields["site"].initial = only[0] if len(only) == 1 else None
        for reason in REASONS_AT_THE_DOOR:
            self.fields[reason.value] = CountField(label=capfirst(str(reason.label)))

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(
            Div(*self.head, "key", css_class="kd-arrival-head"),
            Fieldset(self.legend, Div(*self.counted, css_class="kd-door-counts")),
            Fieldset(_("Refused"), Div(*REASONS_AT_THE_DOOR, css_class="kd-door-counts")),
        )
        return helper

    def clean(self) -> dict[str, Any]:
        drive, site = self.cleaned_data.get("drive"), self.cleaned_data.get("site")
        if drive and site and not drive.sites.filter(pk=site.pk).exists():
            self.add_error("site", _("%(site)s is not a point of this drive.") % {"site": site})
        if not self.errors and not self.lines:
            raise forms.ValidationError(_("Enter at least one number."))
        return self.cleaned_data

    @property
    def asked(self) -> dict[str, Any]:
        """What the operation asks besides the lines."""
        return {name: self.cleaned_data[name] for name in ("drive", "site", "key")}

    @property
    def lines(self) -> list[Line]:
        return [*self.left(), *self.refused()]

    def left(self) -> Iterator[Line]:
        """What was left: each form asks for it in its own way, and this one not at all."""
        yield from ()

    def refused(self) -> Iterator[Line]:
        for reason in REASONS_AT_THE_DOOR:
            if count := self.cleaned_data.get(reason.value):
                yield Line(RefusalReason(reason), count)


class DropOffForm(DoorForm):
    """What somebody brings to a desk."""

    kind = forms.ChoiceField(label=_("What"), choices=DropOffKind, initial=DropOffKind.BAG)
    quantity = CountField(label=_("How many"), initial=1)
    grams = GramsField()
    partner = forms.ModelChoiceField(NOBODY, label=_("Partner"), required=False, empty_label=_("The public"))
    counted = ("kind", "quantity", "grams", "partner")
    legend = _("What is left here")

    def __init__(self, *args: Any, acting: Acting, **kwargs: Any) -> None:
        super().__init__(*args, acting=acting, **kwargs)
        self.fields["partner"].queryset = givers(acting.house)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        asked = self.cleaned_data
        if "quantity" not in self.errors and not asked.get("quantity") and (asked.get("grams") or asked.get("partner")):
            self.add_error("quantity", _("Enter a quantity."))
        return super().clean()

    def left(self) -> Iterator[Line]:
        asked = self.cleaned_data
        if asked.get("quantity"):
            yield Line(DropOffKind(asked["kind"]), asked["quantity"], asked.get("grams"), asked.get("partner"))


class TallyForm(DoorForm):
    """What was ticked on a sheet of paper."""

    day = day_field(label=_("Day written on the sheet"), initial=timezone.localdate)
    head = ("drive", "site", "day")
    counted = tuple(name for kind, _label in KINDS for name in (kind.value, f"{kind.value}_grams"))
    legend = _("What was left")

    def __init__(self, *args: Any, acting: Acting, **kwargs: Any) -> None:
        super().__init__(*args, acting=acting, **kwargs)
        for kind, label in KINDS:
            self.fields[kind.value] = CountField(label=label)
            self.fields[f"{kind.value}_grams"] = GramsField(label=GRAMS[kind])

    def clean(self) -> dict[str, Any]:
        for kind, _label in KINDS:
            is_wrong = kind.value in self.errors
            if self.cleaned_data.get(f"{kind.value}_grams") and not self.cleaned_data.get(kind.value) and not is_wrong:
                self.add_error(kind.value, _("Say how many weigh this."))
        return super().clean()

    @property
    def asked(self) -> dict[str, Any]:
        return {**super().asked, "day": self.cleaned_data["day"]}

    def left(self) -> Iterator[Line]:
        for kind, _label in KINDS:
            if count := self.cleaned_data.get(kind.value):
                yield Line(kind, count, self.cleaned_data.get(f"{kind.value}_grams"))
