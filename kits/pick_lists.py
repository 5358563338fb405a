"""The pick list of an assembly session: what to bring to the tables for the kits that it still is to make."""

from collections.abc import Iterable, Mapping
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
from stock.picking import Want, first_expired_first, turn


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
    balances = _usable(session)
    needed = [want for planned in kits for want in wants(contents(planned.version), planned.quantity)]
    taken, missing = serve(needed, _free(balances))
    here: list[tuple[Balance, int]] = []
    elsewhere: list[tuple[Balance, int]] = []
    for balance, quantity in _spread(taken, balances, session):
        (here if balance.place_id == session.place_id else elsewhere).append((balance, quantity))
    is_table = session.place.kind == PlaceKind.TABLE
    there = here if is_table else []
    return SessionPickList(kits, shelves(elsewhere if is_table else here), shelves(there), missing)


def serve(needed: Iterable[Want], free: Mapping[int, int]) -> tuple[dict[int, int], list[Missing]]:
    """Units to take of each article, by id, out of `free`, and what is short; each want in the turn of packing."""
    left, taken = dict(free), dict.fromkeys(free, 0)
    missing: list[tuple[Item, int, int]] = []
    for want in sorted(needed, key=turn):
        lack = want.quantity
        for item in want.items:
            there = left.get(item.pk, 0)
            taking = min(lack, there - there % want.step)
            left[item.pk], lack = there - taking, lack - taking
            taken[item.pk] = taken.get(item.pk, 0) + taking
        if lack and not want.is_optional:
            missing.append((want.items[0], want.quantity, lack))
    return taken, _summed(missing)


def _summed(missing: Iterable[tuple[Item, int, int]]) -> list[Missing]:
    """One row an article, however many kits lack it."""
    found: dict[Item, tuple[int, int]] = {}
    for item, wanted, lack in missing:
        before = found.get(item, (0, 0))
        found[item] = before[0] + wanted, before[1] + lack
    return [Missing(item, wanted, lack) for item, (wanted, lack) in found.items()]


def _usable(session: AssemblySession) -> list[Balance]:
    """What may go into kits: where the session is held, and for a table in the stores of its site. One statement."""
    house, place = session.house, session.place
    where = Q(place=place)
    if place.kind == PlaceKind.TABLE:
        where |= Q(place__site=place.site_id, place__kind=PlaceKind.STORE)
    first_day = timezone.localdate() + timedelta(days=house.minimum_life_days)
    return list(Balance.objects.filter(where).free().usable_until(first_day).for_display())


def _free(balances: Iterable[Balance]) -> dict[int, int]:
    free: dict[int, int] = {}
    for balance in balances:
        free[balance.lot.item_id] = free.get(balance.lot.item_id, 0) + balance.free
    return free


def _spread(
    taken: Mapping[int, int], balances: Iterable[Balance], session: AssemblySession
) -> Iterable[tuple[Balance, int]]:
    """The lots of what is taken: those on the table first, then by date."""
    left = dict(taken)
    for balance in sorted(first_expired_first(balances), key=lambda b: b.place_id != session.place_id):
        quantity = min(left.get(balance.lot.item_id, 0), balance.free)
        if quantity:
            left[balance.lot.item_id] -= quantity
            yield balance, quantity
