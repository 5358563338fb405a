"""What a confidential place never says, and how it is forgotten where it was said before.

A confidential place is a pseudonym, a region, a relay point and a relay mailbox. The sentences here are shown by the
forms, the administration and the imports; the database refuses the same in its CHECK constraints.
"""

import json
from collections.abc import Mapping
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, Value
from django.db.models.functions import Replace
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network import registry
from network.company_numbers import WRONG, is_siren
from network.models import Membership, Organisation, Site
from web.imports.people import looks_like_a_person

_NEVER_SAYS: dict[str, Promise] = {
    "kind": _("A confidential place has no kind here. Leave this empty."),
    "address": _("A confidential place has no address here, only a relay point. Leave this empty."),
    "city": _("A confidential place has no city here, only a region. Leave this empty."),
    "department": _("A confidential place has no department here, only a region. Leave this empty."),
    "contact_email": _("A confidential place has no e-mail address of its own here. Write its relay mailbox instead."),
    "siren": _("A confidential place has no SIREN here: it leads to its name and address. Leave this empty."),
    "are_hours_public": _("The opening hours of a confidential place are never published."),
}
_ONLY_CONFIDENTIAL: dict[str, Promise] = {
    "relay": _("Only a confidential place has a relay point. Leave this empty."),
    "relay_email": _("Only a confidential place has a relay mailbox. Write the contact e-mail instead."),
}
_A_PERSON = _("This looks like a person’s name, e-mail address or phone number. Write the name of the place alone.")


def wrong_in_organisation(said: Mapping[str, Any]) -> dict[str, Promise]:
    """The fields of an organisation that must be empty and are not, or the reverse; each with its sentence."""
    wrong = _wrong_name(said)
    if said.get("is_confidential"):
        return wrong | {name: sentence for name, sentence in _NEVER_SAYS.items() if said.get(name)}
    wrong |= {name: sentence for name, sentence in _ONLY_CONFIDENTIAL.items() if said.get(name)}
    if not said.get("kind"):
        wrong["kind"] = _("Choose what kind of organisation it is.")
    if said.get("siren") and not is_siren(said["siren"]):
        wrong["siren"] = WRONG
    return wrong


def wrong_in_site(said: Mapping[str, Any]) -> dict[str, Promise]:
    """The fields of a site that must be empty and are not, or the reverse; each with its sentence."""
    wrong = _wrong_name(said)
    if said.get("is_confidential"):
        wrong |= {name: sentence for name, sentence in _NEVER_SAYS.items() if said.get(name)}
        if not said.get("relay"):
            wrong["relay"] = _("Choose the relay point where people and goods come instead.")
        return wrong
    if not said.get("kind"):
        wrong["kind"] = _("Choose what kind of site it is.")
    if not said.get("address") and not said.get("relay"):
        wrong["address"] = _("Write the public address, or choose a relay point.")
    return wrong


def _wrong_name(said: Mapping[str, Any]) -> dict[str, Promise]:
    return {"name": _A_PERSON} if looks_like_a_person(str(said.get("name") or "")) else {}


def forget_former_name(place: Site | Organisation, former: str) -> None:
    """Delete the administration's log of `place`; in the log of its house, and in what the other apps kept in words,
    write its pseudonym over its former name.
    """
    pseudonym = place.name
    people = Membership.objects.filter(house=place.house_id).values("user")
    kind = ContentType.objects.get_for_model(place)
    LogEntry.objects.filter(content_type=kind, object_id=str(place.pk)).delete()
    for old, new in ((former, pseudonym), (_in_json(former), _in_json(pseudonym))):
        named = Q(object_repr__contains=old) | Q(change_message__contains=old)
        entries = LogEntry.objects.filter(named, user__in=people)
        entries.update(
            object_repr=Replace("object_repr", Value(old), Value(new)),
            change_message=Replace("change_message", Value(old), Value(new)),
        )
    for forget in registry.made_confidential:
        forget(place, former)


def _in_json(text: str) -> str:
    return json.dumps(text)[1:-1]
