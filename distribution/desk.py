"""The desk where one hands over: which places are one, and what can be given there now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from network.acting import Acting
from network.enums import Role
from network.models import House
from stock.finding import Catalogue
from stock.lots import can_be_given
from stock.models import Balance, Item, Place


@dataclass(frozen=True, slots=True)
class Here:
    """An article or a kind of kit, and how many of it can be given."""

    item: Item
    free: int


class DeskCatalogue(Catalogue):
    """What lies at the desk is suggested; what has just run out is found too, so that the shortage is said by name."""

    def __init__(self, items: Iterable[Item], house: House) -> None:
        super().__init__(items)
        self.house = house

    def find(self, typed: str) -> Item:
        try:
            return super().find(typed)
        except ValidationError as unknown:
            try:
                return Catalogue(Item.objects.of_house(self.house).in_use().loose()).find(typed)
            except ValidationError:
                raise unknown from None


class Shelf:
    """What `place` can give today: kinds of kits, and loose articles. One statement."""

    def __init__(self, place: Place, day: date | None = None) -> None:
        day = day or timezone.localdate()
        free: dict[Item, int] = {}
        for balance in Balance.objects.at(place).free().select_related("lot__item"):
            if can_be_given(balance.lot, day=day):
                free[balance.lot.item] = free.get(balance.lot.item, 0) + balance.free
        rows = sorted((Here(item, count) for item, count in free.items()), key=lambda here: str(here.item))
        self.kits = [here for here in rows if here.item.is_kit]
        self.articles = [here for here in rows if not here.item.is_kit]
        self.catalogue = DeskCatalogue((here.item for here in self.articles), place.house)

    @property
    def has_formula(self) -> bool:
        return any(here.item.is_formula for here in self.articles)


def desks(acting: Acting) -> QuerySet[Place]:
    """Where they may hand over: a coordinator anywhere in the house, a distributor at her own sites."""
    places = Place.objects.visible_to(acting).in_use().where_goods_are_ready().select_related("house", "site")
    if acting.has_role(Role.COORDINATOR):
        return places
    return places.filter(site__in=acting.handover_site_ids)
