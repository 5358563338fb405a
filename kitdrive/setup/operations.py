"""Opening the first house, with its administrator, its sites, its first drive and, if wished, the starter catalogue."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from donations.drives import open_drive
from kitdrive.starter import load_starter
from network.enums import Role, SiteKind
from network.models import House, Region, Site
from network.operations import grant, open_house, open_site
from web.errors import Refused


@transaction.atomic
def set_up(
    *,
    house_name: str,
    name: str,
    email: str,
    password: str,
    store_name: str,
    store_address: str,
    store_city: str,
    drive_name: str,
    starts_on: date,
    ends_on: date,
    with_starter: bool,
    points: Sequence[Mapping[str, Any]],
    key: str,
) -> User:
    """Open the house and all that the first day needs, and answer its administrator, who coordinates too.

    `points` are the collection points: name, address, city. Raises Refused where somebody has an account already, or
    what a site or the drive is to be does not hold.
    """
    _refuse_a_second_time()
    house = open_house(name=house_name)
    user = User.objects.create_user(email, password, name=name, language=(get_language() or "fr")[:2])
    for role in (Role.ADMIN, Role.COORDINATOR):
        grant(user=user, role=role, house=house, actor=user)
    sites = _open_points(house, points, user)
    _open_store(house, store_name, store_address, store_city, sites[0], user)
    open_drive(house=house, name=drive_name, starts_on=starts_on, ends_on=ends_on, sites=sites, actor=user, key=key)
    if with_starter:
        load_starter(house, user)
    return user


def _refuse_a_second_time() -> None:
    """Of two people who send the page at the same moment, let one through: the regions' first row is the lock."""
    list(Region.objects.select_for_update().order_by("pk")[:1])
    if User.objects.exists():
        raise Refused(_("kitdrive was set up a moment ago. Sign in instead."))


def _open_points(house: House, points: Sequence[Mapping[str, Any]], user: User) -> list[Site]:
    sites = []
    for index, point in enumerate(points):
        try:
            sites.append(open_site(house=house, actor=user, kind=SiteKind.COLLECTION_POINT, **point))
        except Refused as refused:
            raise Refused(refused.message, field=refused.field, line=index) from refused
    return sites


def _open_store(house: House, name: str, address: str, city: str, relay: Site, user: User) -> None:
    """Open the store; without an address it is a confidential place, which people reach through a collection point."""
    said: dict[str, Any] = {"kind": SiteKind.STORE, "address": address, "city": city}
    if not address:
        said = {"is_confidential": True, "relay": relay}
    try:
        open_site(house=house, actor=user, name=name, **said)
    except Refused as refused:
        raise Refused(refused.message, field=f"store_{refused.field}") from refused
