"""The scope that a role has: said of that role alone, at the field, before the table's constraint says all of them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network.enums import Role
from network.house_admin import HouseModelForm

OF_A_SITE = _("Choose the site where this person hands over: a distributor belongs to one.")
OF_AN_ORGANISATION = _("Choose the organisation that this person stands for.")
OF_THE_HOUSE = _("Leave this empty: a person with this role acts for the whole house.")
NOT_OF_A_SITE = _("Leave this empty: who stands for an organisation belongs to no site.")
NOT_OF_AN_ORGANISATION = _("Leave this empty: a person with this role works for the house itself.")


def wrong_in_role(role: str, site: Any, organisation: Any) -> dict[str, Any]:
    """What does not go with `role`: a sentence for each field."""
    stands_for_one = role in (Role.REFERRER, Role.PARTNER)
    wrong = {}
    if role == Role.DISTRIBUTOR and not site:
        wrong["site"] = OF_A_SITE
    if site and stands_for_one:
        wrong["site"] = NOT_OF_A_SITE
    if site and role in (Role.COORDINATOR, Role.ADMIN):
        wrong["site"] = OF_THE_HOUSE
    if stands_for_one and not organisation:
        wrong["organisation"] = OF_AN_ORGANISATION
    if organisation and not stands_for_one:
        wrong["organisation"] = NOT_OF_AN_ORGANISATION
    return wrong


class RoleForm(HouseModelForm):
    """A role with its scope; one that exists is only ended, and its scope stays."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not {"role", "site", "organisation"} <= cleaned.keys():
            return cleaned
        for name, sentence in wrong_in_role(cleaned["role"], cleaned["site"], cleaned["organisation"]).items():
            self.add_error(name, forms.ValidationError(sentence, code="scope"))
        return cleaned
