"""Opening a house or a site opens its places; roles are given within one's own house."""

import pytest

from network.enums import Role, SiteKind
from network.models import Membership
from network.operations import end_membership, grant, open_house, open_site
from stock.enums import VIRTUAL_KINDS, PlaceKind
from stock.models import Place
from tests.cast import a_person, a_site, a_volunteer, an_admin, an_organisation, the_house
from web.errors import Refused

pytestmark = pytest.mark.django_db


def test_a_new_house_has_its_virtual_places():
    house = open_house(name="Maison des Glycines")
    assert set(Place.objects.filter(house=house).values_list("kind", flat=True)) == set(VIRTUAL_KINDS)


def test_a_new_site_has_its_store_and_its_quarantine():
    details = {"name": "Atelier", "kind": SiteKind.STORE, "address": "1 place du Marché"}
    site = open_site(house=the_house(), actor=an_admin(), **details)
    assert set(site.places.values_list("kind", flat=True)) == {PlaceKind.STORE, PlaceKind.QUARANTINE}


def test_an_administrator_gives_a_role_in_her_house():
    somebody = a_person(None)
    grant(user=somebody, role=Role.VOLUNTEER, house=the_house(), actor=an_admin())
    assert somebody.memberships.get().role == Role.VOLUNTEER


def test_an_administrator_gives_none_in_another_house():
    an_admin(house=the_house("Autre maison"))
    with pytest.raises(Refused):
        grant(user=a_person(None), role=Role.COORDINATOR, house=the_house("Autre maison"), actor=an_admin())


def test_nor_for_a_site_of_another_house():
    theirs = a_site("Ailleurs", house=the_house("Autre maison"))
    with pytest.raises(Refused):
        grant(user=a_person(None), role=Role.DISTRIBUTOR, house=the_house(), site=theirs, actor=an_admin())


@pytest.mark.parametrize("role", [Role.NETWORK, Role.COORDINATOR])
def test_a_volunteer_gives_no_role(role):
    an_admin()
    house = None if role == Role.NETWORK else the_house()
    with pytest.raises(Refused):
        grant(user=a_person(None), role=role, house=house, actor=a_volunteer())


def test_a_role_without_its_scope_is_refused():
    with pytest.raises(Refused):
        grant(user=a_person(None), role=Role.DISTRIBUTOR, house=the_house(), actor=an_admin())


def test_the_same_role_twice_is_refused():
    admin, partner = an_admin(), a_person(None)
    scope = {"user": partner, "role": Role.PARTNER, "house": the_house(), "organisation": an_organisation()}
    grant(**scope, actor=admin)
    with pytest.raises(Refused):
        grant(**scope, actor=admin)


def test_a_role_that_ended_opens_nothing(client):
    admin, volunteer = an_admin(), a_volunteer()
    end_membership(membership=volunteer.memberships.get(), actor=admin)
    assert not Membership.objects.of_user(volunteer)


def test_the_last_administrator_stays():
    admin = an_admin()
    with pytest.raises(Refused):
        end_membership(membership=admin.memberships.get(), actor=admin)
