"""Places inside a site, and settling what was set aside."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from network.models import Site
from stock.enums import PlaceKind
from stock.models import Conflict, Place
from web.errors import Refused

OPENED_BY_HAND = (PlaceKind.TABLE, PlaceKind.STORE, PlaceKind.TRANSIT)


def open_place(*, site: Site, kind: PlaceKind, name: str, actor: User) -> Place:
    """Open a table, a store or a vehicle at a site; the very same one again is answered and changes nothing."""
    del actor  # who opened a place is not kept
    if kind not in OPENED_BY_HAND:
        raise Refused(_("Choose a kind of place from the list."), field="kind")
    try:
        with transaction.atomic():
            return Place.objects.create(house_id=site.house_id, site=site, kind=kind, name=name.strip())
    except IntegrityError:
        place = Place.objects.filter(site=site, kind=kind, name=name.strip(), is_active=True).first()
        if place is None:
            raise Refused(_("This site has a place of this name already."), field="name") from None
        return place


def settle(*, conflict: Conflict, actor: User) -> None:
    """Put away what was set aside, once a person has entered again what of it was right, or nothing."""
    del actor  # settling writes nothing to the stock
    Conflict.objects.filter(pk=conflict.pk).update(is_settled=True)
