"""The menu, the tabs of a section, and the choice of a house: each shows what one may open, and nothing else."""

import pytest
from django.urls import reverse

from kitdrive.navigation import SECTIONS
from network.enums import Role
from network.models import Membership
from tests.cast import (
    a_coordinator,
    a_distributor,
    a_partner,
    a_person,
    a_volunteer,
    an_admin,
    somebody_of_the_network,
    the_house,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.DEMO = True


def page(client, user, route="home"):
    client.force_login(user)
    return client.get(reverse(route))


def labels(links) -> list[str]:
    return [str(link.label) for link in links]


@pytest.mark.parametrize(
    ("person", "hidden"),
    [
        (a_coordinator, {"Administration"}),
        (a_volunteer, {"Handovers", "House", "Administration"}),
        (a_distributor, {"House", "Administration"}),
        (a_partner, {"Stock", "Kits", "Handovers", "House", "Administration"}),
        (an_admin, {"House", "Handovers"}),
        (somebody_of_the_network, {"Stock", "Kits", "Donations", "Shipments", "Handovers", "House", "Administration"}),
    ],
)
def test_the_menu_hides_what_one_may_not_open(client, person, hidden):
    shown = labels(page(client, person()).context["navigation"])
    assert shown[0] == "Home"
    assert not hidden & set(shown)


def test_who_has_no_role_finds_home_alone(client):
    assert labels(page(client, a_person(None)).context["navigation"]) == ["Home"]


def test_a_section_shows_its_pages_as_tabs_and_says_which_is_open(client):
    answer = page(client, a_coordinator(), "network:site_list")
    assert labels(answer.context["tabs"]) == ["Organisations", "Sites", "Imports", "Sensitive reads"]
    assert [str(link.label) for link in answer.context["tabs"] if link.current] == ["Sites"]
    assert [str(link.label) for link in answer.context["navigation"] if link.current] == ["House"]
    assert f'<a href="{reverse("network:site_list")}" aria-current="page">Sites</a>' in answer.content.decode()


def test_a_page_below_a_tab_keeps_it_open(client):
    answer = page(client, a_coordinator(), "network:site_create")
    assert [str(link.label) for link in answer.context["tabs"] if link.current] == ["Sites"]
    assert 'aria-current="true">Sites' in answer.content.decode()


def test_home_is_current_on_its_own_page_alone(client):
    user = a_volunteer()
    assert [str(link.label) for link in page(client, user).context["navigation"] if link.current] == ["Home"]
    assert not any(link.current for link in page(client, user, "mfa_index").context["navigation"])


def test_every_page_of_the_menu_has_an_address_and_an_icon_that_exist():
    for section in SECTIONS:
        assert section.icon
        for entry in section.pages:
            assert reverse(entry.route)


def test_who_has_several_houses_chooses_among_them(client):
    user, other = a_coordinator(), the_house("Maison des Saules")
    Membership.objects.create(user=user, role=Role.VOLUNTEER, house=other)
    before = page(client, user)
    assert {house.name for house in before.context["houses"]} == {"Maison des Saules", "Maison des Tilleuls"}
    assert f'value="{other.pk}"' in before.content.decode()
    client.post(reverse("choose_house"), {"house": other.pk})
    after = page(client, user)
    assert after.context["house"] == other
    assert "House" not in labels(after.context["navigation"])  # a volunteer there


def test_who_has_one_house_is_asked_nothing(client):
    answer = page(client, a_coordinator())
    assert answer.context["houses"] == []
    assert reverse("choose_house") not in answer.content.decode()


@pytest.mark.parametrize("typed", ["", "-1", "abc", "9" * 40, "1.5", "²"])
def test_a_house_that_is_not_one_s_own_changes_nothing(client, typed):
    client.force_login(a_coordinator())
    stranger = the_house("Maison des Saules")
    for value in (typed, str(stranger.pk)):
        assert client.post(reverse("choose_house"), {"house": value}).status_code == 302
        assert client.get("/").context["house"] == the_house()
