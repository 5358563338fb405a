"""Places inside a site, and settling what was set aside."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Sum, Value
from django.db.models.functions import Replace
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from network.models import Organisation, Site
from stock import registry
from stock.enums import PlaceKind
from stock.models import Balance, Conflict, Item, Place
from web.errors import Refused
from web.numbers import grouped

OPENED_BY_HAND = (PlaceKind.TABLE, PlaceKind.STORE, PlaceKind.TRANSIT)
NAMED_AT_ONCE = 3  # articles that still lie at a place which somebody would close


def open_place(*, site: Site, kind: PlaceKind, name: str, actor: User) -> Place:
    """Open a table, a store or a vehicle at a site; the very same one again is answered and changes nothing."""
    if kind not in OPENED_BY_HAND:
        raise Refused(_("Choose a kind of place from the list."), field="kind")
    try:
        with transaction.atomic():
            place = Place(house_id=site.house_id, site=site, kind=kind, name=name.strip())
            _save(place, actor)
            return place
    except IntegrityError:
        same = Place.objects.filter(site=site, kind=kind, name=name.strip(), is_active=True).first()
        if same is None:
            raise Refused(_("This site has a place of this name already."), field="name") from None
        return same


def rename_place(*, place: Place, name: str, actor: User) -> Place:
    """Call a place otherwise. Raises Refused where its site has a place of this name already."""
    try:
        with transaction.atomic():
            place = _locked(place)
            if name.strip() != place.name:
                place.name = name.strip()
                _save(place, actor)
            return place
    except IntegrityError:
        raise Refused(_("This site has a place of this name already."), field="name") from None


@transaction.atomic
def close_place(*, place: Place, actor: User) -> Place:
    """Offer a place no longer; its past stays. Again changes nothing.

    Raises Refused, which names them, while goods lie there or something counts on it, for a quarantine, and for the
    last store of a site.
    """
    place = _locked(place)
    if place.is_active:
        _check_can_close(place)
        place.is_active = False
        _save(place, actor)
    return place


@transaction.atomic
def reopen_place(*, place: Place, actor: User) -> Place:
    """Offer a place again that was closed. Again changes nothing."""
    place = _locked(place)
    if not place.is_active:
        place.is_active = True
        _save(place, actor)
    return place


def _check_can_close(place: Place) -> None:
    if place.kind not in OPENED_BY_HAND:
        raise Refused(_("A quarantine stays open as long as its site: what is blocked goes there."))
    others = Place.objects.in_use().filter(site=place.site_id, kind=PlaceKind.STORE).exclude(pk=place.pk)
    if place.kind == PlaceKind.STORE and not others.exists():
        raise Refused(_("This is the only store of its site. Open another one first."))
    here = Balance.objects.at(place).something_here().values_list("lot__item").annotate(pieces=Sum("on_hand"))
    most: dict[int, int] = dict(here.order_by("-pieces", "lot__item")[:NAMED_AT_ONCE])
    items = Item.objects.in_bulk(most)
    goods = [f"{grouped(pieces)} × {items[item]}" for item, pieces in most.items()]
    if goods:
        said = {"place": place, "goods": ", ".join(goods)}
        raise Refused(_("%(place)s still holds goods (%(goods)s …). Move them or write them off first.") % said)
    for keeper in registry.keepers:
        if sentence := keeper(place):
            raise Refused(sentence)


def _locked(place: Place) -> Place:
    """As it is now: what somebody else wrote since it was read is not written over."""
    return Place.objects.select_for_update(of=("self",)).select_related("site").get(pk=place.pk)


def _save(place: Place, actor: User) -> None:
    place._history_user = actor  # type: ignore[attr-defined]
    place.save()


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
