"""Forms of sites, organisations and their opening hours: their cleaned data are the arguments of the operations."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.acting import Acting
from network.confidential import wrong_in_organisation, wrong_in_site
from network.devices import DevicesAtWork
from network.enums import Weekday
from network.models import Organisation, Site
from web.forms import LineForm, LinesFormSet, PageModelForm, lines_formset

ORGANISATION_SAYS = ("kind", "department", "city", "address", "contact_email", "siren")
CONFIDENTIAL_ORGANISATION_SAYS = ("region", "relay", "relay_email")
SITE_SAYS = ("kind", "address", "city", "department", "are_hours_public")


class KnownDevicesField(forms.CharField):
    """The ids of the tablets and phones of which the page has said that they will be shut out; empty at first."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": 4000, **kwargs})

    def clean(self, value: Any) -> Any:
        return {int(part) for part in super().clean(value).split() if part.isascii() and part.isdecimal()}


def tell_of(form: Any, refused: DevicesAtWork) -> None:
    """Let `form`, sent once more, know of the devices that the page now names; `form.at_work` are these."""
    form.data = form.data.copy()
    form.data["known"] = " ".join(str(device.pk) for device in refused.devices)
    form.at_work = refused.devices


class DetailsForm(PageModelForm):
    """Fields of a model, and no more of it: the operation that is given them keeps the rules and writes."""

    def _post_clean(self) -> None:
        """Leave the instance as it is: it is the operation that changes it."""

    def offer_relays(self, acting: Acting) -> None:
        sites = Site.objects.visible_to(acting).in_use().exclude(address="")
        if isinstance(self.instance, Site) and self.instance.pk:
            sites = sites.exclude(pk=self.instance.pk)
        self.fields["relay"].queryset = sites  # type: ignore[attr-defined]


class PlaceForm(DetailsForm):
    """What sites and organisations share. One that exists shows the fields of its own sort, open or confidential."""

    says: tuple[str, ...] = ()
    says_if_confidential: tuple[str, ...] = ()
    wrong: Callable[[Mapping[str, Any]], dict[str, Promise]]

    def __init__(self, *args: Any, acting: Acting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            unsaid = self.says if self.instance.is_confidential else self.says_if_confidential
            for name in ("is_confidential", *unsaid):
                del self.fields[name]
        elif "known" in self.fields:
            del self.fields["known"]  # where nothing works yet
        if "relay" in self.fields:
            self.offer_relays(acting)

    def clean(self) -> None:
        super().clean()
        said = {"is_confidential": self.instance.is_confidential, **self.cleaned_data}
        for name, sentence in type(self).wrong(said).items():
            self.add_error(name if name in self.fields else None, str(sentence))


class OrganisationForm(PlaceForm):
    says, says_if_confidential = ORGANISATION_SAYS, CONFIDENTIAL_ORGANISATION_SAYS
    wrong = staticmethod(wrong_in_organisation)

    class Meta:
        model = Organisation
        fields = ("name", "is_confidential", *ORGANISATION_SAYS, *CONFIDENTIAL_ORGANISATION_SAYS, "is_active")
        help_texts = {
            "is_confidential": _("A place whose whereabouts nobody may learn, such as a shelter."),
            "region": _("For a confidential place: the most that is said of where it is."),
            "relay": _("For a confidential place: where goods are fetched for it."),
            "relay_email": _("For a confidential place: a mailbox that does not name it."),
        }


class SiteForm(PlaceForm):
    says = SITE_SAYS
    wrong = staticmethod(wrong_in_site)
    known = KnownDevicesField()

    class Meta:
        model = Site
        fields = ("name", "is_confidential", *SITE_SAYS, "relay", "is_active")
        help_texts = {
            "is_confidential": _("A place whose whereabouts nobody may learn. Others come to its relay point."),
            "relay": _("Where people and goods come when the site has no public address."),
            "are_hours_public": _("The opening hours of a clothing room stay unpublished unless this is ticked."),
        }


class ConfidentialForm(DetailsForm):
    """What is left of a place that becomes confidential; its pseudonym is typed anew."""

    def __init__(self, *args: Any, acting: Acting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["name"] = ""
        self.fields["name"].label = _("Pseudonym")
        self.offer_relays(acting)
        for name in {"relay", "region"} & self.fields.keys():
            self.fields[name].required = True


class ConfidentialOrganisationForm(ConfidentialForm):
    class Meta:
        model = Organisation
        fields = ("name", *CONFIDENTIAL_ORGANISATION_SAYS)
        help_texts = {"name": _("A name that says nothing of what the place is or where it is.")}


class ConfidentialSiteForm(ConfidentialForm):
    class Meta:
        model = Site
        fields = ("name", "relay")
        help_texts = {"name": _("A name that says nothing of what the place is or where it is.")}


class OpeningLineForm(LineForm):
    weekday = forms.ChoiceField(label=_("Day"), choices=[("", "—"), *Weekday.choices])
    opens = forms.TimeField(label=_("Opens at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    closes = forms.TimeField(label=_("Closes at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    def clean(self) -> None:
        super().clean()
        opens, closes = self.cleaned_data.get("opens"), self.cleaned_data.get("closes")
        if opens and closes and closes <= opens:
            self.add_error("closes", _("The closing time comes after the opening time."))


class OpeningLines(lines_formset(OpeningLineForm, rows=3, is_required=False)):  # type: ignore[misc]
    """All rows are written anew: one that was emptied is gone."""

    def initial_form_count(self) -> int:
        return 0 if self.is_bound else super().initial_form_count()


def opening_lines(data: Any, openings: Iterable[Any] = ()) -> LinesFormSet:
    """The rows of opening hours: what there is and some blank ones, or what was sent."""
    initial = [{"weekday": row.weekday, "opens": row.opens, "closes": row.closes} for row in openings]
    return OpeningLines(data, prefix="hours", initial=None if data else initial)
