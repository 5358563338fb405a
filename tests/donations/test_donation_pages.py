"""Donations as they are entered at a door, and read by who may."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from donations.models import Donation
from network.enums import OrganisationKind, Role
from stock.models import Gtin, Operation
from stock.operations import LotLine, transfer
from tests.cast import (
    a_coordinator,
    a_dated_item,
    a_distributor,
    a_drive,
    a_key,
    a_partner,
    a_person,
    a_site,
    a_volunteer,
    an_item,
    an_organisation,
    infant_formula,
    on_hand,
    stocked,
    the_house,
    the_store,
)
from tests.donations.test_pledges import brought, promised
from tests.donations.typed import a_donation
from tests.queries import statements

pytestmark = pytest.mark.django_db

CREATE = "/donations/new/"
LIST = "/donations/"


def sent(client, *rows, **fields):
    return client.post(CREATE, a_donation(*rows, **fields))


def test_a_volunteer_records_what_somebody_gave_and_the_next_form_opens_with_an_undo(signed_in):
    an_item("Savon")
    client = signed_in(a_volunteer())
    answer = client.post(CREATE, a_donation({"item": "savon", "quantity": "12"}), follow=True)
    donation = Donation.objects.get()
    page = answer.content.decode()
    assert answer.redirect_chain == [(CREATE, 302)]
    assert f"Donation no. {donation.pk} is recorded: 12 × Savon." in page
    assert f'action="{reverse("donations:donation_reverse", args=[donation.pk])}"' in page


def test_drive_and_place_are_remembered_and_the_giver_is_not(signed_in):
    client, spring, hall = signed_in(a_volunteer()), a_drive("Collecte de printemps"), the_store(a_site("Gymnase"))
    an_item("Savon")
    partner = an_organisation("Pharmacies du Canal", OrganisationKind.PARTNER)
    sent(client, {"item": "Savon", "quantity": "1"}, drive=spring.pk, place=hall.pk, partner=partner.pk)
    form = client.get(CREATE).context["form"]
    assert (form["drive"].value(), form["place"].value(), form["partner"].value()) == (spring.pk, hall.pk, None)


def test_a_gtin_is_scanned_and_a_month_is_read(signed_in):
    Gtin.objects.create(house=the_house(), item=a_dated_item(), code="03017620422003")
    year = timezone.localdate().year + 1
    row = {"item": "3017620422003", "quantity": "4", "best_before": f"03/{year}", "number": "A1", "grams": "360"}
    sent(signed_in(a_volunteer()), row)
    line = Donation.objects.get().lines.get()
    assert (line.item, line.lot.printed_date, line.lot.number, line.grams) == (
        a_dated_item(),
        f"March {year}",
        "A1",
        360,
    )


def test_the_same_form_sent_twice_answers_the_same_success(signed_in):
    an_item("Savon")
    client, typed = signed_in(a_volunteer()), a_donation({"item": "Savon", "quantity": "12"})
    assert [client.post(CREATE, typed).url for _time in range(2)] == [CREATE, CREATE]
    assert on_hand(an_item("Savon")) == 12


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("quantity", "-2", "A quantity cannot be negative"),
        ("quantity", "0", "Enter at least 1"),
        ("quantity", "2.5", "Enter a whole number of pieces: 2.5"),
        ("quantity", "100001", "more than 100,000 pieces"),
        ("quantity", "deux", "in digits"),
        ("quantity", "", "Enter a quantity"),
        ("item", "Poussette", "No article is called “Poussette”"),
        ("item", "3017620422003", "No article has the GTIN 3017620422003"),
        ("item", "", "Choose an article"),
        ("best_before", "31/02/2099", "“31/02/2099” is not in the calendar"),
        ("best_before", "03/2020", "Savon: the printed date, March 2020, is past"),
        ("grams", "1.5", "Write whole grams: 1.5"),
        ("grams", "20000001", "more than a lorry carries"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(signed_in, field, typed, sentence):
    an_item("Savon")
    answer = sent(signed_in(a_volunteer()), {"item": "Savon", "quantity": "12", "number": "L42", field: typed})
    line = answer.context["lines"].forms[0]
    assert list(line.errors) == [field]
    assert sentence in line.errors[field][0]
    assert f'value="{typed}"' in str(line[field]) or not typed
    assert line["number"].value() == "L42"
    assert not Operation.objects.exists()


def test_formula_from_the_public_is_refused_at_its_line(signed_in):
    infant_formula()
    rows = [{"item": "Savon", "quantity": "1"}, {"item": "Lait premier âge", "quantity": "2", "best_before": "2099"}]
    an_item("Savon")
    year = str(timezone.localdate().year + 1)
    answer = sent(signed_in(a_volunteer()), rows[0], {**rows[1], "best_before": year})
    assert "never accepted from the public" in answer.context["lines"].forms[1].errors["item"][0]


@pytest.mark.parametrize(("days", "sentence"), [(1, "is to come"), (-400, "more than a year ago")])
def test_a_wrong_day_is_said_at_its_field(signed_in, days, sentence):
    an_item("Savon")
    day = (timezone.localdate() + timedelta(days=days)).isoformat()
    answer = sent(signed_in(a_volunteer()), {"item": "Savon", "quantity": "1"}, received_on=day)
    assert sentence in answer.context["form"].errors["received_on"][0]


def test_an_empty_form_asks_for_a_line_and_more_rows_keep_what_was_typed(signed_in):
    client = signed_in(a_volunteer())
    assert "Enter at least one line." in sent(client).content.decode()
    answer = sent(client, {"item": "Savo", "quantity": "1"}, add_line="lines")
    assert len(answer.context["lines"].forms) == 6
    assert 'value="Savo"' in answer.content.decode()


def test_a_volunteer_of_one_site_puts_goods_there_alone(signed_in):
    mine, other = a_site("Mairie"), a_site("Gymnase")
    an_item("Savon")
    client = signed_in(a_volunteer(site=mine))
    answer = sent(client, {"item": "Savon", "quantity": "1"}, place=the_store(other).pk)
    assert "place" in answer.context["form"].errors
    sent(client, {"item": "Savon", "quantity": "1"}, place=the_store(mine).pk)
    assert Donation.objects.get().place.site == mine


def test_confidential_places_and_other_houses_are_not_offered_as_givers(signed_in):
    an_organisation("Les Mésanges", "", is_confidential=True)
    an_organisation("Foyer des Lilas", OrganisationKind.SHELTER)
    an_organisation("Leur pharmacie", OrganisationKind.PARTNER, house=the_house("Maison des Saules"))
    an_organisation("Pharmacies du Canal", OrganisationKind.PARTNER)
    offered = signed_in(a_volunteer()).get(CREATE).context["form"].fields["partner"].queryset
    assert [str(partner) for partner in offered] == ["Pharmacies du Canal"]


def test_a_pledge_fills_the_form(signed_in):
    pledge = promised(100)
    brought(60)
    answer = signed_in(a_coordinator()).get(CREATE, {"pledge": pledge.pk})
    form, line = answer.context["form"], answer.context["lines"].forms[0]
    assert (form["partner"].value(), form["drive"].value()) == (pledge.partner_id, pledge.drive_id)
    assert 'value="Savon"' in str(line["item"])
    assert line["quantity"].value() == 40


@pytest.mark.parametrize("typed", ["0", "x", "-1", "9" * 40, "²"])
def test_a_garbled_address_opens_an_empty_form(signed_in, typed):
    assert signed_in(a_volunteer()).get(CREATE, {"pledge": typed, "again": typed}).status_code == 200


def test_the_undo_takes_it_back_however_often_it_is_pressed(signed_in):
    an_item("Savon")
    client = signed_in(a_volunteer())
    sent(client, {"item": "Savon", "quantity": "12", "number": "L42"})
    donation = Donation.objects.get()
    undo = reverse("donations:donation_reverse", args=[donation.pk])
    pages = [client.post(undo, follow=True).content.decode() for _time in range(2)]
    assert all(f"Taken back: donation no. {donation.pk}." in page for page in pages)
    assert on_hand(an_item("Savon")) == 0
    line = client.get(CREATE, {"again": donation.pk}).context["lines"].forms[0]
    assert (line["quantity"].value(), line["number"].value()) == (12, "L42")


def test_what_has_moved_on_stays_and_the_page_says_where_it_went(signed_in):
    soap, hall = stocked("Savon", 10), the_store(a_site("Gymnase"))
    moved = [LotLine(soap.lots.get(), 4)]
    transfer(source=the_store(), target=hall, lines=moved, actor=a_coordinator(), key=a_key())
    undo = reverse("donations:donation_reverse", args=[Donation.objects.get().pk])
    client = signed_in(a_coordinator())
    assert client.get(undo).status_code == 200
    assert "4 × Savon to Gymnase" in client.post(undo, follow=True).content.decode()
    assert on_hand(soap) == 10


def test_a_volunteer_takes_back_what_they_recorded_today_and_nothing_else(signed_in):
    stocked("Savon", 10)
    theirs = reverse("donations:donation_reverse", args=[Donation.objects.get().pk])
    volunteer = a_volunteer()
    client = signed_in(volunteer)
    assert client.post(theirs).status_code == 403
    sent(client, {"item": "Savon", "quantity": "1"})
    mine = Donation.objects.get(operation__actor=volunteer)
    undo = reverse("donations:donation_reverse", args=[mine.pk])
    assert client.get(undo).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert signed_in(volunteer).post(undo).status_code == 403


def test_a_partner_reads_its_own_donations_and_enters_none(signed_in):
    stocked("Savon", 10)
    brought(5, partner=an_organisation("Laiterie du Bocage", OrganisationKind.PARTNER))
    client = signed_in(a_partner(an_organisation("Laiterie du Bocage", OrganisationKind.PARTNER)))
    answer = client.get(LIST)
    assert [donation.giver for donation in answer.context["rows"]] == ["Laiterie du Bocage"]
    assert set(answer.context["filter"].form.fields) == {"drive", "since", "until"}
    own, other = Donation.objects.order_by("-pk")
    assert "Recorded by" not in client.get(own.get_absolute_url()).content.decode()
    assert client.get(other.get_absolute_url()).status_code == 404
    assert client.get(CREATE).status_code == 403
    assert client.post(reverse("donations:donation_reverse", args=[own.pk])).status_code == 403


def test_another_house_sees_nothing(signed_in):
    stocked("Savon", 10)
    client = signed_in(a_coordinator(house=the_house("Maison des Saules")))
    assert client.get(LIST).context["rows"] == []
    assert client.get(Donation.objects.get().get_absolute_url()).status_code == 404


def test_distributors_referrers_and_administrators_do_not_come_here(signed_in):
    for person in (a_distributor(), a_person(Role.REFERRER, organisation=an_organisation()), a_person(Role.ADMIN)):
        assert signed_in(person).get(LIST).status_code == 403


def test_the_list_is_narrowed_by_its_address(signed_in):
    partner = an_organisation("Pharmacies du Canal", OrganisationKind.PARTNER)
    brought(1)
    brought(2, partner=None)
    brought(4, place=the_store(a_site("Gymnase")), received_on=timezone.localdate() - timedelta(days=9))
    brought(8, drive=a_drive("Collecte de printemps"))
    client = signed_in(a_coordinator())

    def units(**typed) -> int:
        return sum(donation.units for donation in client.get(LIST, typed).context["rows"])

    assert units() == 15
    assert units(donor_kind="public") == 2
    assert units(partner=partner.pk) == 13
    assert units(site=a_site("Gymnase").pk) == 4
    assert units(drive=a_drive("Collecte de printemps").pk) == 8
    assert units(since=timezone.localdate().isoformat()) == 11
    assert units(until=(timezone.localdate() - timedelta(days=1)).isoformat()) == 4


def test_pages_ask_as_much_of_the_database_for_eight_rows_as_for_one(signed_in):
    client, visitor = signed_in(a_coordinator()), signed_in(a_partner(an_organisation("Pharmacies du Canal")))
    operation = brought(1)
    detail = Donation.objects.get(operation=operation).get_absolute_url()
    visits = [(client, LIST), (client, CREATE), (client, detail), (visitor, LIST)]
    few = [statements(lambda who=who, url=url: who.get(url)) for who, url in visits]
    for number in range(7):
        item = an_item(f"Article {number}")
        promised(item=item)
        brought(1, 1, place=the_store(a_site(f"Site {number}")), drive=a_drive(f"Collecte {number}"))
    long = brought(*[1] * 8)
    visits[2] = (client, Donation.objects.get(operation=long).get_absolute_url())
    many = [statements(lambda who=who, url=url: who.get(url)) for who, url in visits]
    assert many == few
    assert max(many) <= 15


def test_recording_asks_as_much_for_eight_lines_as_for_one(signed_in):
    client = signed_in(a_volunteer())
    for number in range(9):
        an_item(f"Article {number}")
    rows = [{"item": f"Article {number}", "quantity": "1"} for number in range(9)]
    one, eight = a_donation(rows[0]), a_donation(*rows[1:])
    sent(client, rows[0])
    assert statements(lambda: client.post(CREATE, one)) == statements(lambda: client.post(CREATE, eight))


def test_every_line_says_at_once_what_its_date_forbids(signed_in):
    a_dated_item("Compote")
    a_dated_item("Petit pot")
    rows = [{"item": "Compote", "quantity": "1"}, {"item": "Petit pot", "quantity": "1", "best_before": "2020"}]
    lines = sent(signed_in(a_volunteer()), *rows).context["lines"].forms
    assert "Compote: read the printed date" in lines[0].errors["best_before"][0]
    assert "Petit pot: the printed date, 2020, is past" in lines[1].errors["best_before"][0]
