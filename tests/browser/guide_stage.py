"""The demonstration as the user guide pictures it: told on one day, with what a picture needs besides, and its rows."""

from datetime import datetime, timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

from django.core.management import call_command
from django.utils import timezone, translation

from accounts.models import User
from distribution.models import Shipment
from donations.models import Container, Donation, Drive, Tablet
from donations.pledges import promise
from donations.tablets.operations import confirm_tablet, invite_tablet
from kitdrive.demo import clock, plan
from kits.models import AssemblySession, KitTemplate, Pack
from kits.operations import pack
from kits.sessions import MixLine, open_session, plan_session
from network.acting import Acting
from network.devices import open_with
from network.enums import SensitiveSubject
from network.models import House, Membership, Organisation, Site
from network.reads import log_read
from stock.catalogue_operations import attach_gtin
from stock.models import Item, Place

DAY = datetime.fromisoformat("2026-03-10T10:00:00+01:00")  # the demonstration tells the 29 November before
CODE = "2000000290003"  # of an article: GS1 leaves this range to each shop, so no maker prints it
INVITED = "Tablette bleue"


def tell_the_demonstration() -> str:
    """Replay it; until `DAY` let a pledge be late, pack some kits, and let a tablet in, whose secret is answered."""
    User.objects.all().delete()
    call_command("demo", stdout=StringIO())
    house, coordinator = House.objects.get(), a_person("coordination")
    with translation.override("fr"):
        _let_a_pledge_be_late(coordinator)
        _pack_some(house, coordinator)
        secret = _let_a_tablet_in(coordinator)
    distributor = Membership.objects.get(user=a_person("distribution"))
    for acting in (Acting(distributor.user, house, (distributor,)), Acting(coordinator, house, ())):
        log_read(acting, SensitiveSubject.HANDOVERS_TODAY, site=distributor.site, day=DAY.date())
    attach_gtin(item=an_article(), code=CODE.zfill(14), actor=coordinator)
    return secret


def _let_a_pledge_be_late(coordinator: User) -> None:
    """One of which nobody has reminded its partner yet."""
    partner, day = Organisation.objects.get(name=plan.VINTAGE), DAY.date()
    with clock.at(day - timedelta(days=20)):
        promise(
            drive=the_drive_of_the_year(),
            partner=partner,
            item=Item.objects.get(name="Foulard en soie"),
            quantity=60,
            due_on=day - timedelta(days=2),
            actor=coordinator,
            key=str(uuid4()),
        )


def _pack_some(house: House, coordinator: User) -> None:
    """One more session, and some kits of it."""
    version = KitTemplate.objects.get(name=plan.WOMAN).versions.latest("pk")
    session = plan_session(
        drive=Drive.objects.filter(house=house).latest("ends_on"),
        place=the_store(),
        name="Séance de mars",
        starts_at=timezone.now() - timedelta(hours=1),
        ends_at=timezone.now() + timedelta(hours=3),
        mix=[MixLine(version, 5)],
        actor=coordinator,
    )
    open_session(session=session, actor=coordinator)
    for count in (2, 1):
        pack(
            version=version,
            count=count,
            place=session.place,
            actor=a_person("volontaire"),
            key=str(uuid4()),
            session=session,
        )


def _let_a_tablet_in(coordinator: User) -> str:
    """One that counts loose goods too; and another that is only invited."""
    point = Site.objects.get(name=plan.POINTS[0][0])
    asked: dict[str, Any] = {"drive": the_drive_of_the_year(), "site": point, "actor": coordinator}
    store = Place.objects.get(site=point, kind="store")
    tablet, code = invite_tablet(**asked, name="Tablette verte", place=store)
    tablet.device, secret = open_with(code=code, software="Chrome 118, Android 9")
    confirm_tablet(tablet=tablet, actor=coordinator)
    invite_tablet(**asked, name=INVITED)
    return secret


def a_person(name: str) -> User:
    """Whose login begins so."""
    return User.objects.get(email=f"{name}@{plan.MAIL_DOMAIN}")


def the_store() -> Place:
    return Place.objects.get(site__name=plan.ATELIER, name="Réserve")


def the_drive() -> Drive:
    return Drive.objects.get(ends_on__lt=DAY)


def the_drive_of_the_year() -> Drive:
    return Drive.objects.get(ends_on__gte=DAY)


def a_delivery() -> Donation:
    return Donation.objects.filter(partner__name=plan.PHARMACY).earliest("pk")


def a_template() -> KitTemplate:
    return KitTemplate.objects.get(name=plan.BABY)


def a_pack() -> Pack:
    """One whose kits are still here, a boxful of them."""
    return Pack.objects.filter(quantity=plan.PACK_OF).latest("pk")


def a_shipment() -> Shipment:
    """The one that is still to be acknowledged."""
    return Shipment.objects.get(organisation__name=plan.UNCONFIRMED)


def an_organisation() -> Organisation:
    return Organisation.objects.get(name=plan.UNCONFIRMED)


def an_article() -> Item:
    return Item.objects.get(name="Dentifrice")


def the_open_session() -> AssemblySession:
    return AssemblySession.objects.latest("pk")


def a_container() -> Container:
    """The one that waits longest at the sorting table."""
    return Container.objects.to_sort().filter(state="collected").earliest("pk")


def an_invitation() -> Tablet:
    return Tablet.objects.get(device__name=INVITED)


def of_the_store() -> dict[str, Any]:
    """Where a page begins with a place."""
    return {"place": the_store().pk}


def of_a_partner() -> dict[str, Any]:
    """A partner, and the year of the drive that is told."""
    year = the_drive().ends_on.year
    partner = Organisation.objects.get(name=plan.VINTAGE)
    return {"partner": partner.pk, "first_day": f"{year}-01-01", "last_day": f"{year}-12-31"}
