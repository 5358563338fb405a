"""Whoever signs in finds something to do or to know: nobody's home is empty."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from distribution.models import Shipment
from donations.models import Pledge
from donations.pledges import promise
from donations.tablets.operations import note_contact
from kits.models import Target
from tests.cast import (
    a_coordinator,
    a_distributor,
    a_drive,
    a_key,
    a_partner,
    a_point,
    a_referrer,
    a_site,
    a_tablet,
    a_volunteer,
    an_admin,
    an_item,
    an_organisation,
    stocked,
)
from tests.distribution.stage import a_shipment_that_left, packed_kits
from tests.donations.sorted import collected, filled

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
SHIPMENTS = "/shipments/"


@pytest.fixture
def home_of(signed_in):
    return lambda user: signed_in(user).get(reverse("home")).context["home"]


def test_a_structure_for_which_nothing_left_is_told_what_will_come(home_of):
    home = home_of(a_referrer())
    assert (home.step.url, [figure.figure for figure in home.figures]) == (SHIPMENTS, [0, 0])


def test_a_structure_says_what_arrived_and_sees_what_else_waits(home_of):
    first = a_shipment_that_left((packed_kits(3).item, 3))
    a_shipment_that_left((packed_kits(2, "Kit enfant").item, 2), organisation=first.organisation)
    home = home_of(a_referrer(first.organisation))
    assert home.step.url == reverse("distribution:shipment_acknowledge", args=[first.pk])
    assert [figure.figure for figure in home.figures] == [2, 5]
    assert [str(sentence) for sentence, _url in home.attention] == ["1 more shipment waits until you say what arrived."]


def test_a_partner_that_promised_is_led_to_its_promises(home_of):
    asked = {"drive": a_drive(), "partner": an_organisation(), "item": an_item(), "quantity": 5}
    pledge = promise(**asked, due_on=timezone.localdate(), actor=a_coordinator(), key=a_key())
    Pledge.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    home = home_of(a_partner(pledge.partner))
    assert home.step.url == reverse("donations:pledge_list")
    assert [str(sentence) for sentence, _url in home.attention] == ["1 of your promises is late."]


def test_who_only_administers_sees_the_accounts_in_use(home_of):
    home = home_of(an_admin())
    assert home.step.url == reverse("admin:index")
    assert (home.figures[0].figure, str(home.figures[0].label)) == (1, "account in use")


def test_an_administrator_hears_of_accounts_without_a_second_factor(home_of):
    a_coordinator()
    a_volunteer()
    assert [str(sentence) for sentence, _url in home_of(an_admin()).attention] == [
        "1 account that needs a second factor has not set it up."
    ]


def test_what_comes_to_its_date_leads_to_the_list_of_dates(home_of):
    stocked("Savon", 5, days=10)
    assert reverse("stock:lot_list") in dict(map(reversed, home_of(a_coordinator()).attention))


def test_a_tablet_that_fell_silent_with_entries_on_it_leads_to_the_list_of_such(home_of):
    silent, _secret = a_tablet()
    note_contact(a_tablet()[0], waiting=2, refused=0, version="1")
    with time_machine.travel(timezone.now() - timedelta(minutes=20)):
        note_contact(silent, waiting=3, refused=0, version="1")
    assert ("1 tablet holds entries that it has not sent.", "/tablets/?state=unsent") in home_of(
        a_coordinator()
    ).attention


def test_what_is_late_or_unheard_of_leads_to_the_list_of_such(home_of):
    asked = {"drive": a_drive(), "partner": an_organisation(), "item": an_item(), "quantity": 5}
    promise(**asked, due_on=timezone.localdate(), actor=a_coordinator(), key=a_key())
    Pledge.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    a_shipment_that_left((packed_kits(3).item, 3))
    Shipment.objects.update(planned_on=timezone.localdate() - timedelta(days=8))
    leads = dict(home_of(a_coordinator()).attention)
    assert leads["1 pledge is late."] == "/donations/pledges/?state=late"
    assert leads["1 shipment has not been acknowledged for a week."] == f"{SHIPMENTS}?state=handed_over"


def test_a_distributor_sees_how_many_handovers_today_had(home_of):
    assert reverse("distribution:handover_list") in [figure.url for figure in home_of(a_distributor()).figures]


def test_each_step_of_the_beginning_goes_when_it_is_done(home_of):
    user = a_coordinator()
    before = [step.icon for step in home_of(user).beginning]
    an_organisation()
    assert before == ["file-earmark-arrow-up", "bullseye", "calendar-plus"]
    assert [step.icon for step in home_of(user).beginning] == ["bullseye", "calendar-plus"]


def test_packing_ends_the_beginning(home_of):
    packed_kits(1)
    assert not Target.objects.exists()
    assert home_of(a_coordinator()).beginning == []


DROP_OFF, SORTING, DONATION = "/drop-offs/new/", "/sorting/", "/donations/new/"


def test_without_a_drive_that_has_points_a_volunteer_records_what_is_brought(home_of):
    a_drive()
    assert home_of(a_volunteer()).step.url == DONATION


def test_on_the_days_of_a_drive_a_volunteer_notes_drop_offs_at_the_door(home_of):
    volunteer, at_the_point = a_volunteer(), a_volunteer(site=a_point())
    assert [home_of(user).step.url for user in (volunteer, at_the_point)] == [DROP_OFF, DROP_OFF]
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        assert home_of(volunteer).step.url == DONATION


def test_what_was_collected_is_sorted_first_but_not_by_who_stands_at_a_point(home_of):
    filled()
    before = home_of(a_volunteer()).step.url
    collected()
    kept_to = [a_volunteer(site=site) for site in (a_site(), a_point(), a_site("Ailleurs"))]
    assert before == DROP_OFF
    assert [home_of(user).step.url for user in (a_volunteer(), *kept_to)] == [SORTING, SORTING, DROP_OFF, DONATION]
