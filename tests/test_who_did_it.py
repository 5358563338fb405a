"""Every write says who did it; of a place that may hide one day it says who and when, and never what."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from distribution.shipments import cancel_shipment
from donations.drives import edit_drive
from kits.closing import close_session, reopen_session
from kits.models import Target
from kits.sessions import MixLine, open_session, plan_session
from kits.targets import TargetLine, set_targets
from kits.templates import create_template, new_draft, publish, save_draft
from network.enums import OrganisationKind, Role
from network.models import Membership, Organisation, Region, Site
from network.operations import (
    add_organisation,
    change_organisation,
    end_membership,
    grant,
    make_organisation_confidential,
    make_site_confidential,
    open_site,
)
from stock.catalogue_operations import change_item
from stock.enums import PlaceKind
from stock.models import Conflict, Place
from stock.place_operations import open_place, settle
from tests import cast
from tests.distribution.stage import a_shipment
from tests.kits.recipes import DraftLine
from web.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def her():
    return cast.a_coordinator(name="Maud")


def who(rows) -> list[str]:
    """Who did what is in a history, the first first."""
    return [str(row.history_user) for row in rows.order_by("history_id")]


def test_sites_and_organisations(her):
    open_site(house=cast.the_house(), actor=her, name="Atelier", kind="store", address="1 place du Marché")
    organisation = add_organisation(house=cast.the_house(), actor=her, name="Iris", kind=OrganisationKind.PMI)
    change_organisation(organisation=organisation, actor=cast.a_coordinator(name="Jo"), city="Pantin")
    assert (who(Site.history), who(Organisation.history)) == (["Maud"], ["Maud", "Jo"])


def test_the_history_of_a_place_says_nothing_of_where_it_is(her):
    kept = {field.name for model in (Site, Organisation, Place) for field in model.history.model._meta.fields}
    where = {"name", "address", "city", "department", "region", "relay", "contact_email", "siren"}
    assert not kept & where
    assert "kind" not in {field.name for field in Organisation.history.model._meta.fields}


def test_roles(her):
    admin = cast.an_admin(name="Dominique")
    membership = grant(user=her, role=Role.VOLUNTEER, house=cast.the_house(), actor=admin)
    end_membership(membership=membership, actor=admin)
    assert who(Membership.history.filter(id=membership.pk)) == ["Dominique", "Dominique"]


def test_places_conflicts_and_bar_codes(her):
    place = open_place(site=cast.a_site(), kind=PlaceKind.TABLE, name="Table 3", actor=her)
    conflict = a_conflict(her, {})
    settle(conflict=conflict, actor=her)
    settle(conflict=conflict, actor=cast.a_coordinator())
    conflict.refresh_from_db()
    item = cast.an_item()
    change_item(item=item, actor=her, gtins=["03017620422003"])
    assert (who(place.history), conflict.settled_by, who(item.history)[1:]) == (["Maud"], her, ["Maud"])


def test_templates_targets_and_sessions(her):
    soap = cast.stocked("Savon", 5)
    template = create_template(house=cast.the_house(), name="Trousse", actor=her)
    draft = new_draft(template=template, actor=her)
    save_draft(version=draft, lines=[DraftLine((soap,), 1)], actor=her)
    version = publish(version=draft, actor=cast.a_coordinator(name="Jo"))
    assert who(version.history) == ["Maud", "Maud", "Jo"]
    for quantity in (20, 20, 30):
        set_targets(drive=cast.a_drive(), targets=[TargetLine(template, quantity)], actor=her)
    set_targets(drive=cast.a_drive(), targets=[], actor=cast.a_coordinator(name="Jo"))
    assert who(Target.history) == ["Maud", "Maud", "Jo"]
    now = timezone.now()
    hours = {"starts_at": now, "ends_at": now + timedelta(hours=4)}
    mix = [MixLine(version, 2)]
    session = plan_session(drive=cast.a_drive(), place=cast.the_store(), name="Matin", mix=mix, actor=her, **hours)
    for _time in range(2):
        open_session(session=session, actor=cast.a_coordinator(name="Jo"))
    closing = close_session(session=session, counts=[], actor=her, key=cast.a_key())
    reopen_session(operation=closing, actor=her, key=cast.a_key())
    session.refresh_from_db()
    assert (who(session.history), session.state, session.closing) == (["Maud", "Jo", "Maud", "Maud"], "open", None)


def test_a_draft_of_a_shipment_that_is_cancelled(her):
    shipment = a_shipment((cast.stocked("Savon", 5), 1))
    for actor in (her, cast.a_coordinator()):
        cancel_shipment(shipment=shipment, actor=actor, key=cast.a_key())
    shipment.refresh_from_db()
    assert shipment.cancelled_by == her


def a_conflict(actor, content) -> Conflict:
    cast.stocked("Savon", 1)
    from stock.models import Operation

    operation = Operation.objects.first()
    fields = {"house": cast.the_house(), "actor": actor, "day": timezone.localdate(), "digest": "0" * 64}
    return Conflict.objects.create(operation=operation, content=content, **fields)


def hide(place, actor, name="Mésange") -> None:
    relay = cast.a_site("Mairie")
    if isinstance(place, Site):
        return make_site_confidential(site=place, name=name, relay=relay, actor=actor)
    region = Region.objects.get(code="11")
    return make_organisation_confidential(organisation=place, name=name, region=region, relay=relay, actor=actor)


def test_what_becomes_confidential_is_forgotten_in_what_was_set_aside_and_in_places(her):
    site = cast.a_site("Refuge de Pantin")
    said = {"place": "Refuge de Pantin, Réserve", "lines": [["Savon", "Refuge de Pantin"], 3]}
    conflict, place = a_conflict(her, said), open_place(site=site, kind="table", name="Refuge de Pantin 2", actor=her)
    hide(site, her)
    conflict.refresh_from_db()
    place.refresh_from_db()
    assert conflict.content == {"place": "Mésange, Réserve", "lines": [["Savon", "Mésange"], 3]}
    assert place.name == "Mésange 2"


def test_what_becomes_confidential_leaves_its_drives(her):
    site, drive = cast.a_site("Refuge"), cast.a_drive()
    said = {"name": drive.name, "starts_on": drive.starts_on, "ends_on": drive.ends_on}
    edit_drive(drive=drive, actor=her, sites=[site, cast.a_site("Mairie")], **said)
    hide(site, her)
    assert [str(site) for site in drive.sites.all()] == ["Mairie"]


def test_another_houses_log_is_left_alone(her):
    theirs = cast.an_admin(house=cast.the_house("Autre maison"))
    kind = ContentType.objects.get_for_model(theirs)
    LogEntry.objects.create(user=theirs, content_type=kind, object_id="1", object_repr="Refuge", action_flag=CHANGE)
    hide(cast.an_organisation("Refuge"), her)
    assert LogEntry.objects.get().object_repr == "Refuge"


def test_the_relay_point_of_others_does_not_hide(her):
    hide(cast.an_organisation("Refuge"), her)
    cast.a_site("Gare")
    with pytest.raises(Refused, match="relay point of Mésange"):
        make_site_confidential(site=cast.a_site("Mairie"), name="Merle", relay=cast.a_site("Gare"), actor=her)
