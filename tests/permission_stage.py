"""For tests/test_permissions.py: one house with a row of every kind, and one person for each role."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from types import SimpleNamespace

from allauth.mfa.totp.internal import auth
from django.contrib import admin
from django.db.models import Model
from django.utils import timezone

from accounts.models import User
from distribution.shipments import pack_shipment
from donations.arrivals import ArrivalLine
from donations.drop_offs.operations import decline, drop_off
from donations.enums import DropOffKind, Entered, RefusalReason
from donations.models import Donation, DropOff, Purchase
from donations.operations import buy
from donations.partners.attestations import Subject
from donations.picture_operations import set_donation_picture
from donations.pledges import promise
from donations.publishing import publish_drive
from kits.models import Kit, Pack
from kits.operations import pack
from kits.sessions import MixLine, open_session, plan_session
from kits.targets import TargetLine, set_targets
from network.enums import OrganisationKind
from stock.models import Conflict, Item, Lot, Operation
from stock.picture_operations import set_item_picture
from tests import cast
from tests.distribution.stage import a_shipment, a_shipment_that_left, codes_of, given, the_handover
from tests.donations.partners_stage import a_house_on_paper, issued, the_pharmacy
from tests.donations.sorted import collected, finished, part
from tests.sent_pictures import a_picture
from web.jobs.models import Job

THERE = "Autre maison"
PEOPLE = (
    "anonymous",
    "nobody",
    "volunteer",
    "coordinator",
    "distributor",
    "referrer",
    "partner",
    "network",
    "admin",
    "coordinator elsewhere",
)


def the_person(who: str) -> User | None:
    """Somebody of each role, with a second factor; the distributor hands over at the stage's site."""
    makers: dict[str, Callable[[], User | None]] = {
        "anonymous": lambda: None,
        "nobody": lambda: cast.a_person(None),
        "volunteer": cast.a_volunteer,
        "coordinator": cast.a_coordinator,
        "distributor": cast.a_distributor,
        "referrer": cast.a_referrer,
        "partner": cast.a_partner,
        "network": cast.somebody_of_the_network,
        "admin": cast.an_admin,
        "coordinator elsewhere": lambda: cast.a_coordinator(house=cast.the_house(THERE)),
        "admin elsewhere": lambda: cast.an_admin(house=cast.the_house(THERE)),
    }
    user = makers[who]()
    if user is not None:
        auth.TOTP.activate(user, auth.generate_totp_secret())
    return user


class Stage:
    """Rows of one house. `row_of` answers the one that an address with an argument is about."""

    def __init__(self) -> None:
        self.coordinator = cast.a_coordinator()
        self.soap = cast.stocked("Savon", 50)
        self.version = cast.a_version({self.soap: 1})
        pack(version=self.version, count=6, place=cast.the_store(), actor=self.coordinator, key=cast.a_key())
        self.draft = a_shipment((self.soap, 1))
        self.left = a_shipment_that_left((self.soap, 1))
        self.packed = a_shipment((self.soap, 1))
        pack_shipment(shipment=self.packed, actor=self.coordinator, key=cast.a_key())
        self.handover = the_handover(given(codes=codes_of(self.version)[:1], actor=self.coordinator))
        self.of_kits = a_shipment((self.version.item, 1))
        pack_shipment(shipment=self.of_kits, actor=self.coordinator, key=cast.a_key())
        self._promise_and_buy()
        self._plan()
        self.job = self._asked()
        self.tablet, _secret = cast.a_tablet()
        self.drop_off = self._drop_off()
        self._sort()
        self._picture()
        a_house_on_paper()
        the_pharmacy()
        self.attestation = issued(Subject.of_donation(Donation.objects.get()))

    def _promise_and_buy(self) -> None:
        partner = cast.an_organisation("Pharmacies du Canal", OrganisationKind.PARTNER)
        by = {"actor": self.coordinator, "key": cast.a_key()}
        due_on = timezone.localdate() + timedelta(days=3)
        self.pledge = promise(drive=cast.a_drive(), partner=partner, item=self.soap, quantity=5, due_on=due_on, **by)
        bought = {"supplier": "Droguerie", "cost": Decimal(9), "bought_on": timezone.localdate()}
        lines = [ArrivalLine(self.soap, 3)]
        buy(place=cast.the_store(), lines=lines, **bought, actor=self.coordinator, key=cast.a_key())

    def _plan(self) -> None:
        now = timezone.now()
        hours = {"starts_at": now, "ends_at": now + timedelta(hours=4)}
        where = {"drive": cast.a_drive(), "place": cast.the_store(), "actor": self.coordinator}
        mix = [MixLine(self.version, 2)]
        self.planned = plan_session(name="Matin", mix=mix, **hours, **where)
        self.open = plan_session(name="Usine à kits", mix=mix, **hours, **where)
        open_session(session=self.open, actor=self.coordinator)
        by = {"actor": self.coordinator, "key": cast.a_key()}
        pack(version=self.version, count=1, place=cast.the_store(), session=self.open, **by)
        set_targets(drive=cast.a_drive(), targets=[TargetLine(self.version.template, 20)], actor=self.coordinator)
        self.point = cast.a_point(drive=cast.a_drive())
        publish_drive(drive=cast.a_drive(), slug="collecte", actor=self.coordinator)
        operation = Operation.objects.order_by("pk").first()
        self.conflict = Conflict.objects.create(
            house=cast.the_house(), operation=operation, digest="0" * 64, actor=self.coordinator, day=now.date()
        )

    def _drop_off(self) -> DropOff:
        at = {"drive": cast.a_drive(), "site": self.point, "actor": self.coordinator, "entered": Entered.PAGE}
        decline(reason=RefusalReason.DIRTY, key=cast.a_key(), **at)
        return drop_off(kind=DropOffKind.BAG, key=cast.a_key(), **at).drop_off

    def _sort(self) -> None:
        """A carton that is being sorted, and one that is finished."""
        self.container, self.finished = (collected(actor=self.coordinator) for _carton in range(2))
        self.sorting = part(self.container, actor=self.coordinator)
        part(self.finished, actor=self.coordinator)
        finished(self.finished, actor=self.coordinator)

    def _picture(self) -> None:
        set_item_picture(item=self.soap, picture=a_picture(), actor=self.coordinator)
        set_donation_picture(donation=Donation.objects.get(), picture=a_picture(), actor=self.coordinator)
        self.soap.refresh_from_db()

    def _asked(self) -> Job:
        """A paper that the coordinator asked for, which waits."""
        asked = {"name": "shipment slip", "arguments": {}, "language": "fr", "total": 1}
        return Job.objects.create(owner=self.coordinator, key=cast.a_key(), **asked)

    def row_of(self, route: str) -> object:
        """The row that `route` is about: named whole, or by the first word after its app."""
        if route in self._by_route:
            return self._by_route[route]
        return self._by_word[route.partition(":")[2].partition("_")[0]]

    @cached_property
    def _by_route(self) -> dict[str, object]:
        return {
            "drive_poster": cast.a_drive(),
            "drive_posters": cast.a_drive(),
            "drive_publish": cast.a_drive(),
            "site_posters": self.point,
            "drive_unpublish": cast.a_drive(),
            "donations:container_reopen": self.finished,
            "distribution:shipment_hand_over": self.packed,
            "distribution:shipment_detail": self.left,
            "distribution:shipment_acknowledge": self.left,
            "distribution:shipment_take_back": self.left,
            "distribution:shipment_slip": self.left,
            "distribution:shipment_kit_slips": self.of_kits,
            "distribution:shipment_labels": self.of_kits,
            "distribution:session_slips": self.open,
            "kits:session_labels": self.open,
            "kits:session_pack": self.open,
            "kits:session_close": self.open,
            "network:site_make_confidential": cast.a_site("Vestiaire"),
        }

    @cached_property
    def _by_word(self) -> dict[str, object]:
        return {
            "organisation": cast.an_organisation(),
            "site": cast.a_site(),
            "lot": Lot.objects.filter(item=self.soap).first(),
            "operation": Donation.objects.get().operation,
            "conflict": self.conflict,
            "drop": self.drop_off,
            "entry": self.drop_off.operation,
            "noted": self.drop_off.operation,
            "point": self.point,
            "item": self.soap,
            "donation": Donation.objects.get(),
            "attestation": self.attestation,
            "gift": self.attestation.partner,
            "drive": cast.a_drive(),
            "target": cast.a_drive(),
            "pledge": self.pledge,
            "purchase": Purchase.objects.get(),
            "pack": Pack.objects.earliest("pk"),
            "kit": Kit.objects.in_place().first(),
            "session": self.planned,
            "template": self.version.template,
            "shipment": self.draft,
            "handover": self.handover,
            "place": cast.the_store(),
            "job": self.job,
            "tablet": self.tablet,
            "container": self.container,
            "sorting": self.sorting,
        }

    def administered(self, model: type[Model]) -> Model:
        """A row that the administrators of this house may open."""
        if model is Item:
            return self.soap
        acting = SimpleNamespace(house=cast.the_house())
        return admin.site._registry[model].get_queryset(SimpleNamespace(acting=acting)).first()
