"""Changing a plan: the form knows which plan it shows, and what stands there if it is another by now."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from kits.forms import SessionForm
from kits.models import AssemblySession
from kits.sessions import Plan, plan_as_seen

NOT_WHOLE = _("This form was not sent whole. Load the page again and fill it in once more.")


class ChangeForm(SessionForm):
    """The form of a plan that is there already; `seen` says which plan was looked at."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, error_messages={"required": NOT_WHOLE})

    def see(self, session: AssemblySession) -> None:
        """Take the plan of `session` for the one that is looked at from now on; what was typed stays."""
        self.data = self.data.copy()
        self.data["seen"] = plan_as_seen(session)


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that the plan says by now, and what somebody wrote instead."""

    what: Any
    now: Any
    typed: Any


def differences(session: AssemblySession, typed: Plan, mix: dict[Any, int]) -> list[Difference]:
    """What the plan of `session` says otherwise than `typed` and `mix` (kits by version), in the order of the form."""
    now = AssemblySession.objects.select_related("drive", "place__site").get(pk=session.pk)
    planned = {line.version: line.quantity for line in now.mix.select_related("version__template", "version__item")}
    pairs = [
        Difference(_("Drive"), now.drive, typed["drive"]),
        Difference(_("Place"), now.place, typed["place"]),
        Difference(_("Name"), now.name, typed["name"]),
        Difference(_("Starts at"), _moment(now.starts_at), _moment(typed["starts_at"])),
        Difference(_("Ends at"), _moment(now.ends_at), _moment(typed["ends_at"])),
        *(Difference(kit.item, planned.get(kit, 0), mix.get(kit, 0)) for kit in {**planned, **mix}),
    ]
    return [pair for pair in pairs if pair.now != pair.typed]


def _moment(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
