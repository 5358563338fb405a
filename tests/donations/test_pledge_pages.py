"""Pledges: written by the coordination, read by it and by the partner who promised."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from donations.enums import PledgeState
from donations.models import Pledge
from donations.partners.letters import remind
from donations.pledges import cancel
from network.enums import OrganisationKind
from network.models import Organisation
from tests.cast import (
    a_coordinator,
    a_drive,
    a_key,
    a_partner,
    a_volunteer,
    an_item,
    an_organisation,
    the_house,
)
from tests.donations.test_pledges import a_pharmacy, brought, made_late, promised
from tests.queries import statements

pytestmark = pytest.mark.django_db

CREATE = "/donations/pledges/new/"
LIST = "/donations/pledges/"


def typed(**fields: Any) -> dict[str, Any]:
    head = {"key": a_key(), "drive": a_drive().pk, "partner": a_pharmacy().pk, "item": "Savon", "quantity": "100"}
    return {**head, "due_on": timezone.localdate().isoformat(), **fields}


def test_a_coordinator_writes_a_pledge_down_once_however_often_it_is_sent(signed_in):
    an_item("Savon")
    client, form = signed_in(a_coordinator()), typed()
    for _time in range(2):
        page = client.post(CREATE, form, follow=True).content.decode()
        assert "Written down: Pharmacies du Canal: 100 × Savon." in page
    assert Pledge.objects.get().quantity == 100


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("quantity", "-1", "cannot be negative"),
        ("quantity", "1.5", "a whole number"),
        ("quantity", "999999999", "more than 100,000"),
        ("item", "Poussette", "No article is called “Poussette”"),
        ("due_on", "2020-01-01", "This date is past"),
        ("due_on", "2099-01-01", "more than a year ahead"),
        ("due_on", "demain", "valid date"),
        ("partner", "", "required"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(signed_in, field, value, sentence):
    an_item("Savon")
    form = signed_in(a_coordinator()).post(CREATE, typed(**{field: value})).context["form"]
    assert list(form.errors) == [field]
    assert sentence in form.errors[field][0]
    assert form[field].value() == value
    assert not Pledge.objects.exists()


def test_a_pledge_is_changed_and_cancelled(signed_in):
    pledge, client = promised(100), signed_in(a_coordinator())
    edit, end = (reverse(f"donations:pledge_{name}", args=[pledge.pk]) for name in ("edit", "cancel"))
    later = timezone.localdate() + timedelta(days=3)
    client.post(edit, {"quantity": "40", "due_on": later.isoformat()})
    pledge.refresh_from_db()
    assert (pledge.quantity, pledge.due_on) == (40, later)
    assert "40 × Savon" in client.get(end).content.decode()
    for _time in range(2):
        assert client.post(end).url == pledge.get_absolute_url()
    refused = client.post(edit, {"quantity": "10", "due_on": later.isoformat()}).context["form"]
    assert "This pledge is cancelled" in refused.non_field_errors()[0]


def test_a_change_to_a_past_day_or_a_wrong_number_is_said_at_its_field(signed_in):
    url = reverse("donations:pledge_edit", args=[promised(100).pk])
    form = signed_in(a_coordinator()).post(url, {"quantity": "0", "due_on": "2020-01-01"}).context["form"]
    assert form.errors["quantity"] == ["Enter at least 1."]
    form = signed_in(a_coordinator()).post(url, {"quantity": "1", "due_on": "2020-01-01"}).context["form"]
    assert "This date is past" in form.errors["due_on"][0]


def test_the_list_says_what_arrived_what_is_late_and_what_is_too_much(signed_in):
    made_late(promised(100))
    brought(30)
    promised(5, item=an_item("Peigne"))
    client = signed_in(a_coordinator())
    page = client.get(LIST).content.decode()
    assert "30 of 100" in page
    assert "late" in page
    for state, names in ((PledgeState.LATE, ["Savon"]), (PledgeState.EXPECTED, ["Peigne"]), (PledgeState.OVER, [])):
        rows = client.get(LIST, {"state": state}).context["rows"]
        assert [str(pledge.item) for pledge in rows] == names


def test_a_partner_reads_its_own_pledges_and_writes_none(signed_in):
    dairy = an_organisation("Laiterie du Bocage", OrganisationKind.PARTNER)
    promised()
    own = promised(partner=dairy)
    client = signed_in(a_partner(dairy))
    assert client.get(LIST).context["rows"] == [own]
    addresses = [CREATE, *(reverse(f"donations:pledge_{name}", args=[own.pk]) for name in ("edit", "cancel"))]
    assert {client.post(address).status_code for address in addresses} == {403}
    pages = [client.get(url).content.decode() for url in (LIST, own.get_absolute_url())]
    assert own.get_absolute_url() in pages[0]
    assert not any(address in page for address in addresses for page in pages)


def test_a_pledge_says_what_came_for_it_and_when_its_partner_was_reminded(signed_in):
    pledge, coordinator = made_late(promised(100)), a_coordinator()
    Organisation.objects.update(contact_email="dons@canal.example")
    donation = brought(30).donation
    remind(partner=pledge.partner, actor=coordinator)
    page = signed_in(coordinator).get(pledge.get_absolute_url())
    said = page.content.decode()
    assert [row.donation for row in page.context["deliveries"]] == [donation]
    assert [letter.asked_by for letter in page.context["letters"]] == [coordinator]
    assert f"{reverse('donations:donation_create')}?pledge={pledge.pk}" in said
    assert reverse("donations:pledge_reminders") in said
    theirs = signed_in(a_partner(pledge.partner)).get(pledge.get_absolute_url()).content.decode()
    assert ("E-mail to the partner" in said, "E-mail to the partner" in theirs) == (True, False)


@pytest.mark.parametrize(
    ("came", "sentence"),
    [
        (0, "Nothing before its day"),
        (100, "All of it is here"),
        (130, "All of it is here"),
        (None, "no more is expected"),
    ],
)
def test_a_pledge_says_what_to_do_next(signed_in, came, sentence):
    pledge = promised(100)
    if came is None:
        cancel(pledge=pledge, actor=a_coordinator())
    elif came:
        brought(came)
    page = signed_in(a_coordinator()).get(pledge.get_absolute_url())
    assert sentence in page.content.decode()
    assert bool(page.context["arrival_url"]) == (came == 0)


def test_every_list_of_pledges_leads_to_their_pages(signed_in):
    pledge, client = made_late(promised(100)), signed_in(a_coordinator())
    donation = brought(30).donation
    for page in (LIST, reverse("donations:pledge_reminders"), donation.get_absolute_url()):
        assert f'href="{pledge.get_absolute_url()}"' in client.get(page).content.decode()


def test_volunteers_other_partners_and_other_houses_see_no_pledge(signed_in):
    pledge = promised()
    edit = reverse("donations:pledge_edit", args=[pledge.pk])
    assert signed_in(a_volunteer()).get(LIST).status_code == 403
    assert signed_in(a_volunteer()).get(pledge.get_absolute_url()).status_code == 403
    dairy = an_organisation("Laiterie du Bocage", OrganisationKind.PARTNER)
    assert signed_in(a_partner(dairy)).get(pledge.get_absolute_url()).status_code == 404
    stranger = signed_in(a_coordinator(house=the_house("Maison des Saules")))
    assert stranger.get(LIST).context["rows"] == []
    assert {stranger.get(url).status_code for url in (edit, pledge.get_absolute_url())} == {404}


def test_pages_ask_as_much_of_the_database_for_eight_rows_as_for_one(signed_in):
    pledge = promised()
    brought(1)
    own = pledge.get_absolute_url()
    visits = [(signed_in(a_coordinator()), url) for url in (LIST, CREATE, own, f"{own}edit/")]
    visits += [(signed_in(a_partner(a_pharmacy())), url) for url in (LIST, own)]
    few = [statements(lambda who=who, url=url: who.get(url)) for who, url in visits]
    for number in range(7):
        promised(item=an_item(f"Article {number}"), drive=a_drive(f"Collecte {number}"))
        promised(partner=a_pharmacy(f"Pharmacie {number}"))
        brought(1, 2)
    many = [statements(lambda who=who, url=url: who.get(url)) for who, url in visits]
    assert many == few
    assert max(many) <= 15
