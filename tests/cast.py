"""The cast of the tests: one house, its people, places and goods. Every state is reached through operations."""

from datetime import date, timedelta
from itertools import count
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from donations.arrivals import ArrivalLine
from donations.models import Drive, Tablet
from donations.operations import receive
from donations.tablets.operations import confirm_tablet, invite_tablet
from kits.models import AcceptedItem, KitLine, KitTemplate, TemplateVersion
from network.devices import open_with
from network.enums import OrganisationKind, Role, SiteKind
from network.models import House, Membership, Organisation, Site
from stock.enums import Category, DateRule, PlaceKind, Unit
from stock.models import Balance, Item, Place
from stock.operations import open_house, open_site

_numbers = count(1)


def a_key() -> str:
    """A fresh idempotency key, as a form makes one when it opens."""
    return str(uuid4())


def the_house(name: str = "Maison des Tilleuls") -> House:
    house, created = House.objects.get_or_create(name=name)
    if created:
        open_house(house=house)
    return house


def a_site(name: str = "Atelier", kind: str = SiteKind.STORE, house: House | None = None) -> Site:
    site, created = Site.objects.get_or_create(
        house=house or the_house(), name=name, defaults={"kind": kind, "address": "1 place du Marché", "city": "Paris"}
    )
    if created:
        open_site(site=site)
    return site


def the_store(site: Site | None = None) -> Place:
    return Place.objects.select_related("house", "site").get(site=site or a_site(), kind=PlaceKind.STORE)


def a_person(role: str | None, *, house: House | None = None, name: str | None = None, **scope) -> User:
    """Somebody who signs in, with one role (or none)."""
    number = next(_numbers)
    user = User.objects.create_user(
        f"{role or 'nobody'}{number}@example.org", "corail-tilleul-42", name=name or f"Alix {number}"
    )
    if role:
        house = None if role == Role.NETWORK else house or the_house()
        Membership.objects.create(user=user, role=role, house=house, **scope)
    return user


def a_coordinator(**kwargs) -> User:
    return a_person(Role.COORDINATOR, **kwargs)


def a_volunteer(**kwargs) -> User:
    return a_person(Role.VOLUNTEER, **kwargs)


def an_admin(**kwargs) -> User:
    return a_person(Role.ADMIN, **kwargs)


def a_distributor(site: Site | None = None, **kwargs) -> User:
    return a_person(Role.DISTRIBUTOR, site=site or a_site(), **kwargs)


def a_partner(organisation: Organisation | None = None, **kwargs) -> User:
    return a_person(Role.PARTNER, organisation=organisation or an_organisation(), **kwargs)


def a_referrer(organisation: Organisation | None = None, **kwargs) -> User:
    return a_person(Role.REFERRER, organisation=organisation or an_organisation(), **kwargs)


def somebody_of_the_network() -> User:
    return a_person(Role.NETWORK)


def an_organisation(
    name: str = "Les Glycines", kind: str = OrganisationKind.ASSOCIATION, house: House | None = None, **fields
) -> Organisation:
    return Organisation.objects.get_or_create(house=house or the_house(), name=name, defaults={"kind": kind, **fields})[
        0
    ]


def an_item(name: str = "Savon", **fields) -> Item:
    fields = {"category": Category.HYGIENE, "unit": Unit.PIECE, **fields}
    return Item.objects.get_or_create(house=fields.pop("house", None) or the_house(), name=name, defaults=fields)[0]


def a_dated_item(name: str = "Compote", **fields) -> Item:
    return an_item(name, **{"category": Category.INFANT_FOOD, "date_rule": DateRule.BEST_BEFORE, **fields})


def infant_formula(name: str = "Lait premier âge") -> Item:
    return an_item(name, category=Category.INFANT_FOOD, date_rule=DateRule.BEST_BEFORE, is_formula=True)


def a_drive(name: str = "Collecte d’automne", house: House | None = None) -> Drive:
    today = timezone.localdate()
    return Drive.objects.get_or_create(
        house=house or the_house(),
        name=name,
        defaults={"starts_on": today - timedelta(days=20), "ends_on": today + timedelta(days=20)},
    )[0]


def stocked(
    item: Item | str, quantity: int, *, place: Place | None = None, days: int | None = None, number: str = ""
) -> Item:
    """`quantity` of an article, given by a partner to `place`; with a printed date `days` from now."""
    item = an_item(item) if isinstance(item, str) else item
    best_before: date | None = timezone.localdate() + timedelta(days=days) if days is not None else None
    place = place or the_store()
    receive(
        drive=a_drive(house=place.house),
        place=place,
        partner=an_organisation("Pharmacies du Canal", OrganisationKind.PARTNER, house=place.house),
        received_on=timezone.localdate(),
        lines=[ArrivalLine(item, quantity, number=number, best_before=best_before)],
        actor=a_coordinator(house=place.house),
        key=a_key(),
    )
    return item


def a_version(recipe: dict[Item, int], name: str = "Kit femme") -> TemplateVersion:
    """A published version of a kit that holds `recipe`, ready to be packed."""
    house = next(iter(recipe)).house
    template = KitTemplate.objects.create(house=house, name=name)
    version = TemplateVersion.objects.create(template=template, number=1)
    for position, (item, quantity) in enumerate(recipe.items()):
        line = KitLine.objects.create(version=version, position=position, quantity=quantity)
        AcceptedItem.objects.create(line=line, item=item)
    version.item = Item.objects.create(house=house, name=name, category=Category.KIT, unit=Unit.KIT)
    version.published_on = timezone.localdate()
    version.save()
    return TemplateVersion.objects.with_contents().get(pk=version.pk)


def on_hand(item: Item, place: Place | None = None) -> int:
    balances = Balance.objects.filter(lot__item=item)
    balances = balances.filter(place=place) if place else balances
    return sum(balances.values_list("on_hand", flat=True))


def a_point(name: str = "Pharmacie du Port", drive: Drive | None = None) -> Site:
    """A collection point of `drive`, or of the drive that the cast has."""
    site = a_site(name, SiteKind.COLLECTION_POINT)
    (drive or a_drive()).sites.add(site)
    return site


def a_tablet(site: Site | None = None, drive: Drive | None = None, **asked) -> tuple[Tablet, str]:
    """A tablet that was invited, opened and confirmed, and its secret."""
    drive = drive or a_drive()
    site, actor = site or a_point(drive=drive), a_coordinator()
    tablet, code = invite_tablet(drive=drive, site=site, name="Tablette du comptoir", actor=actor, **asked)
    device, secret = open_with(code=code, software="Chrome, Android")
    tablet.device = device
    return confirm_tablet(tablet=tablet, actor=actor), secret
