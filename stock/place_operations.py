"""Places inside a site, and settling what was set aside."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Value
from django.db.models.functions import Replace
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from network.models import Organisation, Site
from stock.enums import PlaceKind
from stock.models import Conflict, Place
from web.errors import Refused

OPENED_BY_HAND = (PlaceKind.TABLE, PlaceKind.STORE, PlaceKind.TRANSIT)


def open_place(*, site: Site, kind: PlaceKind, name: str, actor: User) -> Place:
    """Open a table, a store or a vehicle at a site; the very same one again is answered and changes nothing."""
    if kind not in OPENED_BY_HAND:
        raise Refused(_("Choose a kind of place from the list."), field="kind")
    try:
        with transaction.atomic():
            place = Place(house_id=site.house_id, site=site, kind=kind, name=name.strip())
            place._history_user = actor  # type: ignore[attr-defined]
            place.save()
            return place
    except IntegrityError:
        same = Place.objects.filter(site=site, kind=kind, name=name.strip(), is_active=True).first()
        if same is None:
            raise Refused(_("This site has a place of this name already."), field="name") from None
        return same


def forget_former_name(place: Site | Organisation, former: str) -> None:
    """Write the pseudonym of a place that became confidential over its former name, in what was set aside and in the
    names of places.
    """
    for conflict in Conflict.objects.filter(house=place.house_id, content__isnull=False):
        content = _renamed(conflict.content, former, place.name)
        if content != conflict.content:
            conflict.content = content
            conflict.save(update_fields=["content"])
    named = Place.objects.filter(house=place.house_id, name__contains=former)
    named.update(name=Replace("name", Value(former), Value(place.name)))


def _renamed(content: Any, former: str, pseudonym: str) -> Any:
    if isinstance(content, dict):
        return {name: _renamed(value, former, pseudonym) for name, value in content.items()}
    if isinstance(content, list):
        return [_renamed(value, former, pseudonym) for value in content]
    return content.replace(former, pseudonym) if isinstance(content, str) else content


def settle(*, conflict: Conflict, actor: User) -> None:
    """Put away what was set aside, once a person has entered again what of it was right, or nothing."""
    Conflict.objects.filter(pk=conflict.pk, is_settled=False).update(is_settled=True, settled_by=actor)
