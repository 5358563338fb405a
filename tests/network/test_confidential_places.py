"""A confidential place is a pseudonym, a region, a relay point and a relay mailbox, whichever way it comes in."""

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction

from network.enums import OrganisationKind, SiteKind
from network.models import Department, Organisation, Region, Site
from network.operations import (
    add_organisation,
    change_organisation,
    make_organisation_confidential,
    make_site_confidential,
    open_site,
)
from tests.cast import a_coordinator, a_site, an_organisation, the_house
from web.errors import Refused

pytestmark = pytest.mark.django_db

TOO_MUCH = {
    "kind": OrganisationKind.SHELTER,
    "address": "3 rue des Lilas",
    "city": "Pantin",
    "contact_email": "refuge@example.org",
    "siren": "123456782",
}


@pytest.mark.parametrize("field", [*TOO_MUCH, "department"])
def test_the_operation_refuses_each_thing_too_many(field):
    value = TOO_MUCH.get(field) or Department.objects.get(code="93")
    with pytest.raises(Refused) as refused:
        add_organisation(house=the_house(), actor=None, name="Mésange", is_confidential=True, **{field: value})
    assert refused.value.field == field
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("field", TOO_MUCH)
def test_the_database_refuses_it_too(field):
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(house=the_house(), name="Mésange", is_confidential=True, **{field: TOO_MUCH[field]})


def test_the_database_refuses_a_confidential_site_with_an_address():
    relay = a_site()
    with pytest.raises(IntegrityError), transaction.atomic():
        Site.objects.create(
            house=the_house(), name="Mésange", is_confidential=True, relay=relay, address="3 rue des Lilas"
        )


def test_a_confidential_site_needs_a_relay_point():
    with pytest.raises(Refused) as refused:
        open_site(house=the_house(), actor=None, name="Mésange", is_confidential=True)
    assert refused.value.field == "relay"


@pytest.mark.parametrize("name", ["Mme Durand", "refuge@example.org", "Foyer 06 12 34 56 78"])
def test_a_name_that_is_a_persons_is_refused(name):
    with pytest.raises(Refused) as refused:
        add_organisation(house=the_house(), actor=None, name=name, kind=OrganisationKind.SHELTER)
    assert refused.value.field == "name"


def test_an_open_organisation_takes_the_region_of_its_department():
    organisation = add_organisation(
        house=the_house(),
        actor=None,
        name="Les Lilas",
        kind=OrganisationKind.PMI,
        department=Department.objects.get(code="93"),
    )
    assert organisation.region.name == "Île-de-France"


def test_a_name_is_taken_once_in_a_house():
    organisation = an_organisation()
    with pytest.raises(Refused) as refused:
        add_organisation(house=the_house(), actor=None, name=organisation.name, kind=OrganisationKind.PMI)
    assert refused.value.field == "name"


def test_making_it_confidential_forgets_the_rest():
    organisation = an_organisation("Refuge de Pantin", **{**TOO_MUCH, "kind": OrganisationKind.SHELTER})
    _make_confidential(organisation)
    organisation.refresh_from_db()
    said = {getattr(organisation, field) for field in TOO_MUCH}
    assert said == {""}
    assert organisation.name == "Mésange"


def test_its_former_name_leaves_the_log_of_the_administration():
    organisation = an_organisation("Société d’Été", OrganisationKind.SHELTER)
    coordinator = a_coordinator()
    _log(coordinator, organisation, str(organisation))
    _log(coordinator, coordinator, "Alix", '[{"added": {"object": "Soci\\u00e9t\\u00e9 d\\u2019\\u00c9t\\u00e9"}}]')
    _log(coordinator, coordinator, "Alix (Société d’Été), partner")
    _make_confidential(organisation)
    kept = str(list(LogEntry.objects.values_list("object_repr", "change_message")))
    assert LogEntry.objects.count() == 2
    assert "Soci" not in kept
    assert kept.count("sange") == 2


def test_a_pseudonym_does_not_hold_the_name():
    organisation = an_organisation("Refuge", OrganisationKind.SHELTER)
    with pytest.raises(Refused):
        _make_confidential(organisation, "Le Refuge")


def test_a_site_becomes_confidential_with_a_relay_point():
    site = a_site("Vestiaire", SiteKind.CLOTHING_ROOM)
    make_site_confidential(site=site, name="Mésange", relay=a_site("Mairie"), actor=a_coordinator())
    site.refresh_from_db()
    assert (site.kind, site.address, site.city, site.is_confidential) == ("", "", "", True)


def test_a_confidential_place_is_changed_within_what_it_may_say():
    organisation = an_organisation("Refuge", OrganisationKind.SHELTER)
    _make_confidential(organisation)
    with pytest.raises(Refused):
        change_organisation(organisation=organisation, actor=a_coordinator(), city="Pantin")


def _make_confidential(organisation: Organisation, name: str = "Mésange") -> None:
    make_organisation_confidential(
        organisation=organisation,
        name=name,
        region=Region.objects.get(code="11"),
        relay=a_site("Mairie"),
        relay_email="relais@example.org",
        actor=a_coordinator(),
    )


def _log(user, subject, label: str, message: str = "") -> None:
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(subject),
        object_id=str(subject.pk),
        object_repr=label,
        action_flag=ADDITION,
        change_message=message,
    )
