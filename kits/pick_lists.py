"""The pick list of an assembly session: what to bring to the tables for the kits that it still is to make."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from kits.contents import contents, load, wants
from kits.models import AssemblySession, TemplateVersion
from kits.plans import made_in
from stock.enums import PlaceKind
from stock.models import Balance, Item
from stock.pick_rows import Missing, Shelf, shelves
from stock.picking import Shortage, first_expired_first, serve


@dataclass(frozen=True, slots=True)
class Planned:
    """So many kits of a version that are still to be made."""

    version: TemplateVersion
    quantity: int


@dataclass(frozen=True, slots=True)
class SessionPickList:
    """`to_bring` from the stores; `there` lies where the session is held, where that is a table."""

    kits: list[Planned]
    to_bring: list[Shelf]
    there: list[Shelf]
    missing: list[Missing]


def still_to_make(session: AssemblySession) -> list[Planned]:
    """The mix of the session less what it made, with the contents of its kits. Three statements."""
    made = made_in(session)
    mix = list(session.mix.select_related("version__template", "version__item"))
    load(planned.version for planned in mix)
    left = [Planned(planned.version, planned.quantity - made.get(planned.version_id, 0)) for planned in mix]
    return [planned for planned in left if planned.quantity > 0]


def session_pick_list(session: AssemblySession) -> SessionPickList:
    """What the session needs: the first article of a line while there is enough, then its substitutes, as in packing.

    A session at a table brings what is not on it yet from the stores of its site; one at a store takes all from there.
    """
    kits = still_to_make(session)
    needed = [want for planned in kits for want in wants(contents(planned.version), planned.quantity)]
    lots = sorted(first_expired_first(_usable(session)), key=lambda balance: balance.place_id != session.place_id)
    picks, shortages = serve(needed, lots)
    here = [(balance, quantity) for balance, quantity in picks if balance.place_id == session.place_id]
    elsewhere = [(balance, quantity) for balance, quantity in picks if balance.place_id != session.place_id]
    is_table = session.place.kind == PlaceKind.TABLE
    there = here if is_table else []
    return SessionPickList(kits, shelves(elsewhere if is_table else here), shelves(there), summed(shortages))


def summed(shortages: Iterable[Shortage]) -> list[Missing]:
    """One row an article, however many kits lack it."""
    found: dict[Item, tuple[int, int]] = {}
    for short in shortages:
        wanted, lack = found.get(short.item, (0, 0))
        found[short.item] = wanted + short.wanted, lack + short.wanted - short.free
    return [Missing(item, wanted, lack) for item, (wanted, lack) in found.items()]


def _usable(session: AssemblySession) -> list[Balance]:
    """What may go into kits: where the session is held, and for a table in the stores of its site. One statement."""
    house, place = session.house, session.place
    where = Q(place=place)
    if place.kind == PlaceKind.TABLE:
        where |= Q(place__site=place.site_id, place__kind=PlaceKind.STORE)
    first_day = timezone.localdate() + timedelta(days=house.minimum_life_days)
    return list(Balance.objects.filter(where).free().usable_until(first_day).for_display())
