"""Writing to partners from the pages of donations and pledges, and deliveries checked against what was promised."""

import pytest
from django.urls import reverse

from donations.models import Letter
from donations.operations import reverse_arrival
from tests.cast import a_coordinator, a_key, a_partner, a_volunteer, an_item
from tests.donations.partners_stage import a_delivery, the_pharmacy
from tests.donations.test_pledges import made_late, promised
from tests.queries import statements

pytestmark = pytest.mark.django_db

LATE, RECORD = "/donations/pledges/late/", "/donations/new/"


def test_a_coordinator_reads_the_letter_and_has_it_sent_from_the_donations_page(signed_in):
    donation, client = a_delivery(12), signed_in(a_coordinator(name="Maud"))
    address = reverse("donations:donation_letter", args=[donation.pk])
    assert address in client.get(donation.get_absolute_url()).content.decode()
    assert "12 × Savon" in client.get(address).content.decode()
    for _time in range(2):
        page = client.post(address, follow=True).content.decode()
    assert Letter.objects.count() == 1
    assert "asked for by Maud" in page
    assert address not in page


def test_volunteers_and_partners_write_to_nobody(signed_in):
    donation = a_delivery(12)
    address = reverse("donations:donation_letter", args=[donation.pk])
    for person in (a_volunteer(), a_partner(the_pharmacy())):
        client = signed_in(person)
        assert {client.post(url, {"partner": "all"}).status_code for url in (address, LATE)} == {403}
        assert address not in client.get(donation.get_absolute_url()).content.decode()


def test_a_reminder_is_written_from_the_list_of_what_is_late(signed_in):
    partner, client = the_pharmacy(), signed_in(a_coordinator(name="Maud"))
    made_late(promised(100))
    page = client.get(LATE).content.decode()
    assert "100 of 100 still to come" in page
    answer = client.post(LATE, {"partner": partner.pk}, follow=True).content.decode()
    assert "A reminder is being sent to Pharmacies du Canal" in answer
    assert "asked for by Maud" in answer
    assert f'value="{partner.pk}"' not in answer
    again = client.post(LATE, {"partner": partner.pk}, follow=True).content.decode()
    assert "less than seven days ago" in again
    assert "0 reminders are being sent" in client.post(LATE, {"partner": "all"}, follow=True).content.decode()
    assert client.post(LATE, {"partner": "x"}).status_code == 404


def test_a_delivery_says_what_it_keeps_and_what_is_too_much(signed_in):
    promised(100, partner=the_pharmacy())
    donation = a_delivery(130, number="L7")
    for person in (a_coordinator(), a_partner(the_pharmacy())):
        [kept] = signed_in(person).get(donation.get_absolute_url()).context["kept"]
        assert (kept.pledge.quantity, kept.units, kept.pledge.delivered, kept.pledge.over) == (100, 130, 130, 30)
        assert kept.lines[0].lot.number == "L7"
    assert "What it keeps" not in signed_in(a_volunteer()).get(donation.get_absolute_url()).content.decode()


def test_a_pledge_shows_all_that_came_for_it(signed_in):
    pledge = promised(100, partner=the_pharmacy())
    first, second = a_delivery(30, days_ago=2), a_delivery(20)
    reverse_arrival(operation=first.operation, actor=a_coordinator(), key=a_key())
    page = signed_in(a_coordinator()).get(pledge.get_absolute_url())
    rows = [(row.donation, row.quantity, row.is_reversed) for row in page.context["deliveries"]]
    assert rows == [(second, 20, False), (first, 30, True)]


def test_the_form_opens_with_all_that_a_partner_still_owes(signed_in):
    pledge = promised(100, partner=the_pharmacy())
    promised(7, item=an_item("Peigne"))
    a_delivery(30)
    page = signed_in(a_coordinator()).get(RECORD, {"pledge": pledge.pk, "all": 1})
    lines = [(str(form["item"].initial), form["quantity"].initial) for form in page.context["lines"]]
    assert lines[:2] == [("Savon", 70), ("Peigne", 7)]
    one = signed_in(a_coordinator()).get(RECORD, {"pledge": pledge.pk}).context["lines"]
    assert [form["quantity"].initial for form in one][:2] == [70, None]


def test_pages_ask_as_much_of_the_database_for_eight_rows_as_for_one(signed_in):
    made_late(promised(100, partner=the_pharmacy()))
    donation, client = a_delivery(1), signed_in(a_coordinator())
    asks = (LATE, donation.get_absolute_url())
    few = [statements(lambda url=url: client.get(url)) for url in asks]
    for number in range(7):
        made_late(promised(5, item=an_item(f"Article {number}"), partner=the_pharmacy()))
    assert [statements(lambda url=url: client.get(url)) for url in asks] == few
    assert max(few) <= 20
