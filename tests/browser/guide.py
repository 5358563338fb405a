"""The pictures of the user guide: which page each shows, to whom, in the demonstration as it stood on one day."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import ViewportSize

from accounts.models import User
from distribution.models import Shipment
from donations.models import Donation, Drive
from kitdrive.demo import plan
from kits.models import AssemblySession, KitTemplate, Pack
from kits.operations import pack
from kits.sessions import MixLine, open_session, plan_session
from network.acting import Acting
from network.enums import SensitiveSubject
from network.models import House, Membership, Organisation
from network.reads import log_read
from stock.codes import ALPHABET
from stock.models import Item, Place

DAY = datetime.fromisoformat("2026-03-10T10:00:00+01:00")  # the demonstration tells the 29 November before
FOLDER = Path(settings.BASE_DIR, "docs", "images")
LANGUAGES = ("fr", "en")
SIZE: ViewportSize = {"width": 1280, "height": 800}
TABLET: ViewportSize = {"width": 800, "height": 1280}
WORDS = FOLDER / "words.json"  # what each page said when its picture was taken, as a digest
# Codes, which are drawn at random, and the hour: they differ each time.
CHANGING = re.compile(rf"\b[{ALPHABET}]{{4}}\s?[{ALPHABET}]{{4}}\b|\b\d\d:\d\d\b")


@dataclass(frozen=True)
class Shot:
    """A picture: its name, whose page it is (the login's name; nobody's: ""), the page, and what it is of.

    `key` is the field of the row that is in the address; `place` is chosen where a page begins with a place.
    """

    name: str
    who: str
    route: str
    row: Callable[[], Any] | None = None
    size: ViewportSize | None = None
    key: str = "pk"
    place: Callable[[], Place] | None = None

    def address(self, language: str) -> str:
        arguments = [getattr(self.row(), self.key)] if self.row else []
        page = reverse(self.route.format(language=language), args=arguments)
        return f"{page}?place={self.place().pk}" if self.place else page


def tell_the_demonstration() -> None:
    """Replay it; on `DAY` open one more session, pack some kits, and look at the handovers."""
    User.objects.all().delete()
    call_command("demo", stdout=StringIO())
    house, coordinator = House.objects.get(), User.objects.get(email=f"coordination@{plan.MAIL_DOMAIN}")
    version = KitTemplate.objects.get(name=plan.WOMAN).versions.latest("pk")
    with translation.override("fr"):
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
    volunteer = User.objects.get(email=f"volontaire@{plan.MAIL_DOMAIN}")
    for count in (2, 1):
        pack(version=version, count=count, place=session.place, actor=volunteer, key=str(uuid4()), session=session)
    distributor = Membership.objects.get(user__email=f"distribution@{plan.MAIL_DOMAIN}")
    for acting in (Acting(distributor.user, house, (distributor,)), Acting(coordinator, house, ())):
        log_read(acting, SensitiveSubject.HANDOVERS_TODAY, site=distributor.site, day=DAY.date())


def digest(words: str) -> str:
    """Of what a page says, the same on every machine and each time."""
    return sha256(" ".join(CHANGING.sub("", words).split()).encode()).hexdigest()[:16]


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


SHOTS = (
    Shot("sign-in", "", "account_login"),
    Shot("home", "coordination", "home"),
    Shot("donation", "volontaire", "donations:donation_create", size=TABLET),
    Shot("packing", "volontaire", "kits:session_pack", the_open_session, TABLET),
    Shot("kit-lookup", "volontaire", "kits:kit_lookup"),
    Shot("drive", "coordination", "donations:drive_detail", the_drive),
    Shot("public-page", "", "public_drive_{language}", the_drive_of_the_year, key="slug"),
    Shot("pledges", "coordination", "donations:pledge_list"),
    Shot("delivery", "coordination", "donations:donation_detail", a_delivery),
    Shot("purchases", "coordination", "donations:purchase_list"),
    Shot("item", "coordination", "stock:item_detail", an_article),
    Shot("template", "coordination", "kits:template_detail", a_template),
    Shot("targets", "coordination", "kits:target_list", the_drive),
    Shot("session", "coordination", "kits:session_detail", the_open_session),
    Shot("labels", "coordination", "kits:pack_labels", a_pack),
    Shot("stock", "coordination", "stock:stock_now"),
    Shot("history", "coordination", "stock:item_history", an_article),
    Shot("coming-dates", "coordination", "stock:lot_list"),
    Shot("stock-on-date", "coordination", "stock:stock_on_date"),
    Shot("transfer", "coordination", "stock:transfer_create", place=the_store),
    Shot("count", "coordination", "stock:adjustment_create", place=the_store),
    Shot("places", "coordination", "stock:place_list"),
    Shot("journal", "coordination", "stock:operation_list"),
    Shot("shipments", "coordination", "distribution:shipment_list"),
    Shot("shipment", "coordination", "distribution:shipment_detail", a_shipment),
    Shot("organisation", "coordination", "network:organisation_detail", an_organisation),
    Shot("confidential", "coordination", "network:organisation_make_confidential", an_organisation),
    Shot("imports", "coordination", "import_list"),
    Shot("reads", "coordination", "network:read_list"),
    Shot("second-factor", "coordination", "mfa_index"),
    Shot("handover", "distribution", "distribution:handover_create", size=TABLET),
    Shot("home-structure", "structure", "home"),
    Shot("home-partner", "partenaire", "home"),
    Shot("acknowledge", "partenaire", "distribution:shipment_acknowledge", a_shipment),
    Shot("home-donor", "donateur", "home"),
    Shot("home-network", "reseau", "home"),
    Shot("administration", "admin", "admin:index"),
    Shot("account", "admin", "admin:accounts_user_add"),
)
