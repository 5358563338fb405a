"""Forms of attestations and of a partner's gifts."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from donations.enums import CancelReason
from donations.forms import day_field
from donations.querysets import givers
from network.acting import Acting
from network.enums import Role
from network.models import Organisation
from web.forms import PageForm

FIRST_YEAR = 2000


def partners_of(acting: Acting) -> Any:
    """The partners whose gifts somebody may look up: those of the house, or the one that they stand for."""
    partners = givers(acting.house)
    return partners if acting.has_role(Role.COORDINATOR) else partners.filter(pk__in=acting.organisation_ids)


class PeriodForm(PageForm):
    """What an attestation is to be about, this year where no day is said; sent by GET: its address shows it again."""

    partner = forms.ModelChoiceField(Organisation.objects.none(), label=_("Partner"))
    first_day = day_field(label=_("First day"))
    last_day = day_field(label=_("Last day"))

    def __init__(self, data: Any, *, acting: Acting) -> None:
        today = timezone.localdate()
        initial = {"first_day": date(today.year, 1, 1), "last_day": today}
        super().__init__({**initial, **data.dict()} if data else None, initial=initial)
        self.fields["partner"].queryset = givers(acting.house)  # type: ignore[attr-defined]


class YearForm(PageForm):
    """Whose gifts of which year; sent by GET."""

    partner = forms.ModelChoiceField(Organisation.objects.none(), label=_("Partner"))
    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, localize=False)

    def __init__(self, data: Any, *, acting: Acting) -> None:
        this_year = timezone.localdate().year
        partners = partners_of(acting)
        super().__init__(data, initial={"year": this_year, "partner": partners.first()})
        self.fields["partner"].queryset = partners  # type: ignore[attr-defined]
        year = self.fields["year"]
        year.max_value = this_year  # type: ignore[attr-defined]
        year.widget.attrs["max"] = this_year


class CancelForm(PageForm):
    reason = forms.ChoiceField(
        label=_("Why it is cancelled"),
        choices=[("", _("Choose a reason")), *[c for c in CancelReason.choices if c[0] != CancelReason.HIDDEN]],
    )
