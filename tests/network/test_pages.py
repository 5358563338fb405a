"""Organisations, sites and the log of sensitive reads, as a coordinator uses them."""

from datetime import time

import pytest
import time_machine
from allauth.mfa.totp.internal import auth
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from network.acting import choose
from network.enums import OrganisationKind, ReadReason, SensitiveSubject, SiteKind
from network.models import Membership, Organisation, Region, SensitiveRead, Site
from network.reads import log_read
from tests.cast import a_coordinator, a_site, an_organisation, the_house
from web import tidy

pytestmark = pytest.mark.django_db
NO_HOURS = {"hours-TOTAL_FORMS": "0", "hours-INITIAL_FORMS": "0"}


@pytest.fixture
def coordinator(client):
    user = a_coordinator()
    auth.TOTP.activate(user, auth.generate_totp_secret())
    client.force_login(user)
    return client


def test_a_coordinator_adds_an_organisation(coordinator):
    answer = coordinator.post(
        reverse("network:organisation_create"),
        {"name": "Les Lilas", "kind": "pmi", "department": "93", "city": "Pantin"},
    )
    organisation = Organisation.objects.get()
    assert answer.url == organisation.get_absolute_url()
    assert "Les Lilas" in coordinator.get(answer.url).content.decode()


def test_what_a_confidential_place_may_not_say_is_told_at_each_field(coordinator):
    answer = coordinator.post(
        reverse("network:organisation_create"),
        {"name": "Mésange", "is_confidential": "on", "kind": "shelter", "address": "3 rue des Lilas", "city": "Pantin"},
    )
    assert set(answer.context["form"].errors) == {"kind", "address", "city"}
    assert not Organisation.objects.exists()


def test_a_confidential_place_shows_its_relay_and_nothing_else(coordinator):
    relay = a_site("Mairie")
    details = {"name": "Mésange", "is_confidential": "on", "region": "11", "relay": relay.pk}
    coordinator.post(reverse("network:organisation_create"), {**details, "relay_email": "relais@example.org"})
    organisation = Organisation.objects.get()
    form = coordinator.get(reverse("network:organisation_edit", args=[organisation.pk])).context["form"]
    assert set(form.fields) == {"name", "region", "relay", "relay_email", "is_active"}
    assert "Mairie" in coordinator.get(organisation.get_absolute_url()).content.decode()


def test_a_coordinator_makes_a_place_confidential(coordinator):
    organisation = an_organisation("Refuge de Pantin", OrganisationKind.SHELTER, address="3 rue des Lilas")
    page = reverse("network:organisation_make_confidential", args=[organisation.pk])
    details = {"name": "Mésange", "region": "11", "relay": a_site("Mairie").pk, "relay_email": ""}
    assert coordinator.post(page, details).url == organisation.get_absolute_url()
    organisation.refresh_from_db()
    assert (organisation.name, organisation.address) == ("Mésange", "")
    assert coordinator.get(page).status_code == 404


def test_a_coordinator_changes_an_organisation(coordinator):
    organisation = an_organisation()
    page = reverse("network:organisation_edit", args=[organisation.pk])
    coordinator.post(page, {"name": "Les Iris", "kind": "chrs", "is_active": "on"})
    organisation.refresh_from_db()
    assert (organisation.name, organisation.kind) == ("Les Iris", "chrs")


def test_a_coordinator_opens_a_site_with_its_hours(coordinator):
    hours = {"hours-TOTAL_FORMS": "2", "hours-INITIAL_FORMS": "0"}
    hours |= {"hours-0-weekday": "3", "hours-0-opens": "14:00", "hours-0-closes": "17:30"}
    details = {"name": "Vestiaire", "kind": "clothing_room", "address": "1 place du Marché", "city": "Paris"}
    answer = coordinator.post(reverse("network:site_create"), {**details, "is_active": "on", **hours})
    site = Site.objects.get()
    assert answer.url == site.get_absolute_url()
    assert site.opening_hours.get().opens == time(14)
    assert site.places.count() == 2
    assert "14:00" in coordinator.get(answer.url).content.decode()


def test_a_site_or_an_organisation_is_added_once_however_often_the_form_is_sent(coordinator):
    hours = {"hours-TOTAL_FORMS": "1", "hours-INITIAL_FORMS": "0", "is_active": "on"}
    site = {"name": "Vestiaire", "kind": "clothing_room", "address": "1 place du Marché", "city": "Paris", **hours}
    organisation = {"name": "Les Lilas", "kind": "pmi", "department": "93", "city": "Pantin", "is_active": "on"}
    for name, typed, model in (("site", site, Site), ("organisation", organisation, Organisation)):
        answers = [coordinator.post(reverse(f"network:{name}_create"), typed) for _time in range(2)]
        assert {answer.url for answer in answers} == {model.objects.get().get_absolute_url()}
    assert Site.objects.get().places.count() == 2


def test_hours_that_end_before_they_begin_are_refused(coordinator):
    hours = {"hours-TOTAL_FORMS": "1", "hours-INITIAL_FORMS": "0"}
    hours |= {"hours-0-weekday": "3", "hours-0-opens": "14:00", "hours-0-closes": "12:00"}
    details = {"name": "Vestiaire", "kind": "clothing_room", "address": "1 place du Marché"}
    answer = coordinator.post(reverse("network:site_create"), {**details, **hours})
    assert answer.context["lines"].errors[0]
    assert not Site.objects.exists()


def test_hours_that_are_kept_and_those_that_are_emptied(coordinator):
    site = a_site()
    site.opening_hours.create(weekday="1", opens=time(9), closes=time(12))
    site.opening_hours.create(weekday="2", opens=time(9), closes=time(12))
    page = reverse("network:site_edit", args=[site.pk])
    assert coordinator.get(page).context["lines"].initial_form_count() == 2
    hours = {"hours-TOTAL_FORMS": "2", "hours-INITIAL_FORMS": "2"}
    hours |= {"hours-0-weekday": "1", "hours-0-opens": "09:00", "hours-0-closes": "12:00"}
    details = {"name": site.name, "kind": site.kind, "address": site.address, "is_active": "on"}
    coordinator.post(page, {**details, **hours})
    assert list(site.opening_hours.values_list("weekday", flat=True)) == ["1"]


def test_a_site_becomes_confidential(coordinator):
    site = a_site("Vestiaire", SiteKind.CLOTHING_ROOM)
    page = reverse("network:site_make_confidential", args=[site.pk])
    assert coordinator.get(page).status_code == 200
    coordinator.post(page, {"name": "Mésange", "relay": a_site("Mairie").pk})
    site.refresh_from_db()
    assert site.is_confidential
    assert coordinator.get(site.get_absolute_url()).status_code == 200


def test_what_is_another_houses_is_not_found(coordinator):
    theirs = an_organisation("Ailleurs", house=the_house("Autre maison"))
    for name in ("organisation_detail", "organisation_edit", "organisation_make_confidential"):
        assert coordinator.get(reverse(f"network:{name}", args=[theirs.pk])).status_code == 404


@pytest.mark.parametrize("route", ["organisation_list", "site_list", "read_list"])
def test_an_empty_list_says_what_comes_there(coordinator, route):
    assert "kd-empty" in coordinator.get(reverse(f"network:{route}")).content.decode()


@pytest.mark.parametrize("route", ["organisation_list", "site_list", "read_list"])
def test_a_list_asks_as_much_for_eight_rows_as_for_one(coordinator, route):
    def fill(number: int) -> None:
        site = a_site(f"Atelier {number}")
        an_organisation(f"Les Glycines {number}", region=Region.objects.get(code="11"))
        log_read(_acting(), SensitiveSubject.HANDOVERS_TODAY, site=site)

    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert coordinator.get(reverse(f"network:{route}")).status_code == 200
        return len(captured)

    fill(0)
    one = statements()
    for number in range(1, 8):
        fill(number)
    assert statements() == one


def test_who_read_what_and_why_is_there_to_review(coordinator):
    read = log_read(_acting(), SensitiveSubject.HANDOVERS_PAST, ReadReason.RECALL, a_site(), timezone.localdate())
    page = coordinator.get(reverse("network:read_list")).content.decode()
    assert str(read.reader) in page
    assert str(read.site) in page


def test_reads_are_forgotten_after_twelve_months():
    log_read(_acting(), SensitiveSubject.KIT_CODE)
    with time_machine.travel(timezone.now() + timezone.timedelta(days=364)):
        tidy.sweep()
        assert SensitiveRead.objects.count() == 1
    with time_machine.travel(timezone.now() + timezone.timedelta(days=366)):
        assert tidy.sweep()["sensitive reads"] == 1


def _acting():
    user = a_coordinator()
    return choose(user, Membership.objects.of_user(user), None)
