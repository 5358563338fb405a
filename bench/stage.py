"""What the demonstration lacks for each page to have a row: what is drafted, planned, set aside or read."""

import secrets
import uuid
from datetime import timedelta
from itertools import count

from django.utils import timezone

from accounts.models import User
from distribution.drafts import Line, draft_shipment
from distribution.enums import LetterException, ShipmentMode
from distribution.handover_rules import Household
from distribution.handovers import hand_over
from distribution.models import Shipment
from distribution.shipments import pack_shipment
from donations.models import Drive
from kitdrive.demo import clock, plan
from kits.models import TemplateVersion
from kits.sessions import MixLine, open_session, plan_session
from kits.templates import new_draft
from network.enums import OrganisationKind, ReadReason, Role, SensitiveSubject
from network.models import House, Membership, Organisation, SensitiveRead
from network.operations import grant, join_network
from stock.models import Conflict, Item, Operation, Place
from web.jobs.models import Job

_numbers = count(1)


class Stage:
    """Rows of every state in the demonstration's house, on the last day that it tells of."""

    def __init__(self) -> None:
        self.house = House.objects.get()
        self.actor = User.objects.get(email__startswith="coordination@")
        self.day = timezone.localdate(Operation.objects.latest("happened_at").happened_at)
        self.room = Place.objects.select_related("house", "site").get(site__name=plan.CLOTHING_ROOM, kind="store")
        self.workshop = Place.objects.select_related("house", "site").get(site__name=plan.ATELIER, kind="store")
        self.version = TemplateVersion.objects.packable().with_contents().order_by("pk")[0]
        with clock.at(self.day):
            self._shipments()
            self._sessions()
        new_draft(template=self.version.template, actor=self.actor)
        self._log()

    @staticmethod
    def key() -> str:
        return f"bench-{next(_numbers)}"

    def _shipments(self) -> None:
        """Ten drafts and a packed one, of an article of the workshop."""
        to = Organisation.objects.filter(kind=OrganisationKind.ASSOCIATION, is_confidential=False)[0]
        item = Item.objects.loose().filter(lots__balances__place=self.workshop, lots__balances__on_hand__gt=20)[0]
        for number in range(11):
            shipment = draft_shipment(
                organisation=to,
                place=self.workshop,
                mode=ShipmentMode.DELIVERY,
                planned_on=self.day,
                lines=[Line(item, 1)],
                actor=self.actor,
                key=f"00000000-0000-4000-8000-{number:012}",
            )
        pack_shipment(shipment=shipment, actor=self.actor, key=self.key())

    def _sessions(self) -> None:
        now = timezone.now()
        for name in ("Matin", "Soir"):
            session = plan_session(
                drive=Drive.objects.latest("starts_on"),
                place=self.workshop,
                name=name,
                starts_at=now,
                ends_at=now + timedelta(hours=4),
                mix=[MixLine(self.version, 20)],
                actor=self.actor,
            )
        open_session(session=session, actor=self.actor)

    def _log(self) -> None:
        """Sixty reads, and three entries that came twice."""
        at = timezone.make_aware(timezone.datetime.combine(self.day, timezone.datetime.min.time()))
        read = {"house": self.house, "reader": self.actor, "subject": SensitiveSubject.HANDOVERS_PAST}
        SensitiveRead.objects.bulk_create(
            SensitiveRead(**read, reason=ReadReason.COUNT_CHECK, day=self.day, at=at) for _number in range(60)
        )
        Conflict.objects.bulk_create(
            Conflict(house=self.house, operation=operation, digest="0" * 64, actor=self.actor, day=self.day)
            for operation in Operation.objects.order_by("pk")[:3]
        )

    def today(self) -> None:
        """A handover that can still be undone."""
        hand_over(
            place=self.room,
            structure=None,
            has_letter=False,
            letter_exception=LetterException.PREMIER_ACCUEIL,
            household=Household(women=1),
            codes=[],
            kits=[Line(self.version.item, 1)],
            articles=[],
            grams=None,
            actor=self.actor,
            key=self.key(),
        )

    def everybody(self) -> User:
        """One person with every role that works inside, and the network's: nobody sees more. Their print waits."""
        user = User.objects.create_user("everything@example.org", secrets.token_urlsafe(), name="Toutes")
        admin = Membership.objects.select_related("user").get(role=Role.ADMIN).user
        for role in (Role.VOLUNTEER, Role.COORDINATOR, Role.ADMIN):
            grant(user=user, role=role, house=self.house, actor=admin)
        grant(user=user, role=Role.DISTRIBUTOR, house=self.house, actor=admin, site=self.room.site)
        join_network(user=user)
        about = {"shipment": Shipment.objects.latest("pk").pk}
        asked = {"name": "shipment slip", "arguments": about, "language": "fr", "total": 1}
        Job.objects.create(owner=user, key=uuid.uuid4(), **asked)
        return user
