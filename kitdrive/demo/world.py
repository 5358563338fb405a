"""The house of the demonstration, its people, places and catalogue, and what the replay remembers on its way."""

import uuid
from dataclasses import asdict, dataclass, field
from datetime import date, time, timedelta
from typing import Any, cast

from accounts.models import User
from donations.drives import open_drive
from donations.models import Container, Drive, Pledge, Tablet
from donations.publishing import proposed_slug, publish_drive
from kitdrive.demo import clock, plan
from kitdrive.starter import load_starter
from kits.models import TemplateVersion
from network.enums import OrganisationKind, Role, SiteKind, Weekday
from network.models import Department, House, Organisation, Region, Site
from network.operations import add_organisation, grant, join_network, open_house, open_site
from stock.catalogue_operations import change_item, clean_gtin
from stock.models import Balance, Item, Lot, Place

OPENING = ({"weekday": Weekday.SATURDAY, "opens": time(10), "closes": time(18)},)
_KEYS = uuid.UUID("6f9c2f4e-0000-4000-8000-000000002911")  # the same keys each time: the replay is idempotent too


@dataclass
class World:
    """Everything that the replay needs by name. `day` is the 29 November that is told, `today` when it is told."""

    today: date
    day: date
    house: House
    people: dict[str, User] = field(default_factory=dict)
    sites: dict[str, Site] = field(default_factory=dict)
    stores: dict[str, Place] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    versions: dict[str, TemplateVersion] = field(default_factory=dict)
    tablets: dict[str, Tablet] = field(default_factory=dict)  # the one in use at each point
    containers: list[Container] = field(default_factory=list)
    pledges: dict[tuple[str, str], Pledge] = field(default_factory=dict)
    drive: Drive = field(init=False)
    year_drive: Drive = field(init=False)
    _keys: int = 0

    def key(self, what: str) -> str:
        """The next idempotency key."""
        self._keys += 1
        return str(uuid.uuid5(_KEYS, f"{what} {self._keys}"))

    def kit(self, template: str) -> Item:
        """The item under which the kits of a template are counted."""
        return cast(Item, self.versions[template].item)  # a published version has one

    def free_lots(self, site: str, item: Item | None = None) -> list[tuple[Lot, int]]:
        """What can be taken at a site's store, lot by lot, first expired first."""
        here = Balance.objects.at(self.stores[site]).free().select_related("lot__item").first_expired_first_out()
        here = here.filter(lot__item=item) if item else here
        return [(balance.lot, balance.free) for balance in here]


def settle(today: date) -> World:
    """Open the house with its people, sites, organisations, catalogue, templates and drives."""
    day = plan.anniversary(today)
    with clock.at(day - timedelta(days=60)):
        world = World(today, day, open_house(name=plan.HOUSE))
        _people_who_run_it(world)
        _papers(world)
        _sites(world)
        _organisations(world)
        _people_of_sites_and_organisations(world)
        load_starter(world.house, world.people["coordination"])
        world.items = {item.name: item for item in Item.objects.of_house(world.house).loose()}
        for name, codes in plan.GTINS.items():
            change_item(item=world.items[name], gtins=[clean_gtin(code) for code in codes], actor=world.people["admin"])
        versions = TemplateVersion.objects.packable().with_contents().filter(template__house=world.house)
        world.versions = {version.template.name: version for version in versions}
        _drives(world)
    return world


def _people_who_run_it(world: World) -> None:
    for address, name, role, scope in plan.PEOPLE:
        if scope is None:
            _join(world, address, name, Role(role))


def _papers(world: World) -> None:
    """What papers for donors say of the house; an administrator writes it down."""
    house = world.house
    house.seat_address, house.purpose, house.siren = plan.SEAT, plan.PURPOSE, plan.HOUSE_SIREN
    house._history_user = world.people["admin"]  # type: ignore[attr-defined]  # read by simple_history
    house.save()


def _people_of_sites_and_organisations(world: World) -> None:
    for address, name, role, scope in plan.PEOPLE:
        if scope in world.sites:
            _join(world, address, name, Role(role), site=world.sites[scope])
        elif scope:
            _join(world, address, name, Role(role), organisation=world.organisations[scope])


def _join(
    world: World,
    address: str,
    name: str,
    role: Role,
    *,
    site: Site | None = None,
    organisation: Organisation | None = None,
) -> None:
    user = User.objects.create_user(f"{address}@{plan.MAIL_DOMAIN}", plan.PASSWORD, name=name)
    world.people[address] = user
    if role == Role.NETWORK:
        join_network(user=user)
    else:
        admin = world.people["admin"]
        grant(user=user, role=role, house=world.house, actor=admin, site=site, organisation=organisation)


def _sites(world: World) -> None:
    relay = (plan.RELAY, SiteKind.RELAY, "2 allée des Peupliers", "75012")
    atelier = (plan.ATELIER, SiteKind.ASSEMBLY, "40 rue des Tilleuls", "75011")
    clothing_room = (plan.CLOTHING_ROOM, SiteKind.CLOTHING_ROOM, "42 rue des Tilleuls", "75011")
    points = [(name, SiteKind.COLLECTION_POINT, address, code) for name, address, code in plan.POINTS]
    for name, kind, address, code in (relay, atelier, clothing_room, *points):
        site = open_site(
            house=world.house,
            actor=world.people["coordination"],
            name=name,
            kind=kind,
            address=address,
            city=f"{code} Paris",
            department=Department.objects.get(pk="75"),
            are_hours_public=kind == SiteKind.COLLECTION_POINT,
            hours=OPENING if kind == SiteKind.COLLECTION_POINT else (),
        )
        world.sites[name] = site
        world.stores[name] = Place.objects.select_related("house", "site").get(site=site, kind="store")


def _organisations(world: World) -> None:
    partners = [(name, OrganisationKind.PARTNER, "75") for name in (plan.PHARMACY, plan.DAIRY, plan.VINTAGE)]
    others = [association[:3] for association in plan.ASSOCIATIONS if association[0] != plan.CONFIDENTIAL]
    for name, kind, department in [*partners, *others, *plan.STRUCTURES, (plan.FUNDER, OrganisationKind.OTHER, "75")]:
        world.organisations[name] = add_organisation(
            house=world.house,
            actor=world.people["coordination"],
            name=name,
            kind=kind,
            department=Department.objects.select_related("region").get(pk=department),
            **(asdict(plan.CONTACTS[name]) if name in plan.CONTACTS else {}),
        )
    world.organisations[plan.CONFIDENTIAL] = add_organisation(
        house=world.house,
        actor=world.people["coordination"],
        name=plan.CONFIDENTIAL,
        is_confidential=True,
        region=Region.objects.get(pk="11"),
        relay=world.sites[plan.RELAY],
        relay_email=f"relais@{plan.MAIL_DOMAIN}",
    )


def _drives(world: World) -> None:
    points = [world.sites[name] for name, *_address in plan.POINTS]
    year = world.day.year
    world.drive = _published(
        world,
        name=f"Collecte solidaire du 29 novembre {year}",
        name_en=f"Solidarity drive of 29 November {year}",
        starts_on=world.day - timedelta(days=48),
        ends_on=world.day,
        sites=[*points, world.sites[plan.ATELIER]],
    )
    world.year_drive = all_year_drive(world, year + 1)


def all_year_drive(world: World, year: int) -> Drive:
    """The drive that goes on from one 29 November to that of `year`."""
    return _published(
        world,
        name=f"Collecte permanente {year}",
        name_en=f"All-year drive {year}",
        starts_on=world.day.replace(year=year - 1) + timedelta(days=1),
        ends_on=world.day.replace(year=year),
        sites=[world.sites[name] for name in (*(name for name, *_address in plan.POINTS), plan.ATELIER)],
    )


def _published(world: World, **fields: Any) -> Drive:
    """A drive with its text and its public page."""
    actor = world.people["coordination"]
    text, text_en = plan.PUBLIC_TEXT, plan.PUBLIC_TEXT_EN
    drive = open_drive(
        house=world.house, public_text=text, public_text_en=text_en, actor=actor, key=world.key("drive"), **fields
    )
    return publish_drive(drive=drive, slug=proposed_slug(drive), actor=actor)
