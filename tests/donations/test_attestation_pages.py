"""Attestations on the screen and on paper: previewed, issued, printed twice, cancelled; a partner sees its own."""

from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from donations.arrivals import ArrivalLine
from donations.models import Attestation
from donations.operations import receive, reverse_arrival
from donations.partners.papers import render_attestation
from network.enums import OrganisationKind
from tests.cast import a_coordinator, a_drive, a_key, a_partner, an_item, an_organisation, the_store
from tests.donations.partners_stage import a_delivery, a_house_on_paper, issued, the_pharmacy, the_year
from tests.printing.tags import complaints
from tests.queries import statements

pytestmark = pytest.mark.django_db

LIST, NEW, GIFTS = "/attestations/", "/attestations/new/", "/attestations/gifts/"


@pytest.fixture(autouse=True)
def _on_paper():
    a_house_on_paper()


def paper_of(client, attestation: Attestation) -> PdfReader:
    answer = client.get(reverse("donations:attestation_paper", args=[attestation.pk]))
    name = f"attestation-{attestation.year}-{attestation.number:03}.pdf"
    assert answer["Content-Disposition"] == f'inline; filename="{name}"'
    return PdfReader(BytesIO(answer.content))


def text_of(paper: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in paper.pages).split())


def asked(**fields: Any) -> dict[str, Any]:
    today = timezone.localdate()
    period = {"first_day": date(today.year, 1, 1).isoformat(), "last_day": today.isoformat()}
    return {"partner": the_pharmacy().pk, **period, **fields}


def test_a_coordinator_sees_what_it_would_say_and_issues_it_once(signed_in):
    a_delivery(12)
    client = signed_in(a_coordinator())
    page = client.get(NEW, asked())
    assert [line["article"] for line in page.context["lines"]] == ["Savon"]
    address, key = page.wsgi_request.get_full_path(), a_key()
    for _time in range(2):
        answer = client.post(address, {"key": key}, follow=True)
    assert "Attestation" in answer.content.decode()
    assert Attestation.objects.get().number == 1


def test_it_is_issued_for_one_donation_from_its_page(signed_in):
    donation, client = a_delivery(12), signed_in(a_coordinator())
    link = f"{NEW}?donation={donation.pk}"
    assert link in client.get(donation.get_absolute_url()).content.decode()
    client.post(link, {"key": a_key()})
    page = client.get(donation.get_absolute_url()).content.decode()
    assert link not in page
    assert Attestation.objects.get().get_absolute_url() in page


def test_what_is_missing_is_said_and_nothing_can_be_issued(signed_in):
    a_delivery(12)
    asks = asked()
    the_pharmacy(address="")
    page = signed_in(a_coordinator()).get(NEW, asks)
    assert "no address or no city" in page.content.decode()
    assert "Issue the attestation" not in page.content.decode()


def test_days_of_two_years_are_refused_on_the_page(signed_in):
    a_delivery(12)
    today = timezone.localdate()
    wrong = asked(first_day=date(today.year - 1, 1, 1).isoformat())
    client = signed_in(a_coordinator())
    page = client.get(NEW, wrong)
    answer = client.post(page.wsgi_request.get_full_path(), {"key": a_key()})
    assert "days of one calendar year" in answer.content.decode()
    assert not Attestation.objects.exists()


def test_the_paper_has_two_copies_says_what_it_must_and_no_value(signed_in):
    a_delivery(12, number="L7")
    paper = paper_of(signed_in(a_coordinator()), issued())
    text = text_of(paper)
    assert len(paper.pages) == 2
    assert "Exemplaire du donateur" in paper.pages[0].extract_text()
    assert "Exemplaire de l’association" in paper.pages[1].extract_text()
    assert text.count("123 456 782") == 2
    assert text.count("Ce document n’est pas un reçu fiscal.") == 2
    assert "8 quai du Canal, 75019 Paris" in text
    assert "Objet : Aider des femmes." in text
    assert "€" not in text
    assert "273 septies D" not in text


def test_the_paper_can_be_read_by_a_screen_reader_and_is_french_for_everybody():
    a_delivery(12)
    attestation = issued()
    title = f"Attestation de don en nature {attestation.full_number}"
    assert complaints(render_attestation(attestation), title=title, language="fr") == []


def test_sixty_lines_take_two_pages_a_copy_and_are_still_tagged():
    lines = [ArrivalLine(an_item(f"Article n° {number}"), number, number=f"LOT-{number:04}") for number in range(1, 61)]
    given = {"place": the_store(), "drive": a_drive(), "partner": the_pharmacy(), "received_on": timezone.localdate()}
    receive(lines=lines, actor=a_coordinator(), key=a_key(), **given)
    attestation = issued()
    paper = render_attestation(attestation)
    assert len(PdfReader(BytesIO(paper)).pages) == 4
    assert all(f"LOT-{number:04}" in text_of(PdfReader(BytesIO(paper))) for number in (1, 35, 60))
    title = f"Attestation de don en nature {attestation.full_number}"
    assert complaints(paper, title=title, language="fr") == []


def test_a_house_of_public_utility_says_so_with_the_words_of_the_law(signed_in):
    a_house_on_paper(decree_number="2019-123", decree_on=date(2019, 3, 2))
    a_delivery(12)
    text = text_of(paper_of(signed_in(a_coordinator()), issued()))
    assert "par le décret n° 2019-123 du 2 mars 2019" in text
    assert "article 273 septies D du code général des impôts" in text


def test_printed_again_it_says_the_same_and_a_cancelled_one_that_it_is(signed_in):
    a_delivery(12)
    attestation, client = issued(), signed_in(a_coordinator())
    before = text_of(paper_of(client, attestation))
    a_house_on_paper(legal_name="Autrement")
    assert text_of(paper_of(client, attestation)) == before
    client.post(reverse("donations:attestation_cancel", args=[attestation.pk]), {"reason": "lines"})
    assert text_of(paper_of(client, attestation)).count("ANNULÉE") == 2


def test_cancelling_asks_why(signed_in):
    a_delivery(12)
    attestation, client = issued(), signed_in(a_coordinator())
    address = reverse("donations:attestation_cancel", args=[attestation.pk])
    assert client.post(address, {"reason": ""}).context["form"].errors
    assert client.post(address, {"reason": "hidden"}).context["form"].errors
    for _time in range(2):
        assert client.post(address, {"reason": "lines"}).url == attestation.get_absolute_url()
    assert "articles or quantities are wrong" in client.get(attestation.get_absolute_url()).content.decode()


def test_a_gift_that_was_taken_back_afterwards_shows_on_the_page(signed_in):
    donation = a_delivery(12)
    attestation = issued()
    reverse_arrival(operation=donation.operation, actor=a_coordinator(), key=a_key())
    for address in (LIST, attestation.get_absolute_url()):
        assert "changed since" in signed_in(a_coordinator()).get(address).content.decode()


def test_after_six_years_the_page_says_that_what_it_said_is_erased(signed_in):
    a_delivery(12)
    attestation, client = issued(), signed_in(a_coordinator())
    Attestation.objects.update(content=None, digest="")
    page = client.get(attestation.get_absolute_url()).content.decode()
    assert "kept for six years" in page
    assert reverse("donations:attestation_paper", args=[attestation.pk]) not in page


def test_a_partner_reads_and_downloads_its_own_alone(signed_in):
    a_delivery(12)
    own, stranger = issued(), an_organisation("Laiterie", OrganisationKind.PARTNER)
    client, other = signed_in(a_partner(the_pharmacy())), signed_in(a_partner(stranger))
    assert client.get(LIST).context["rows"] == [own]
    assert len(paper_of(client, own).pages) == 2
    assert NEW not in client.get(LIST).content.decode()
    assert other.get(LIST).context["rows"] == []
    assert other.get(own.get_absolute_url()).status_code == 404
    assert client.post(NEW, {"key": a_key()}).status_code == 403


def test_the_gifts_of_a_year_leave_as_csv_and_as_a_workbook_without_any_value(signed_in):
    a_delivery(12, number="L7")
    client, partner = signed_in(a_partner(the_pharmacy())), the_pharmacy()
    year = timezone.localdate().year
    page = client.get(GIFTS, {"partner": partner.pk, "year": year}).content.decode()
    files = {kind: reverse(f"donations:gift_{kind}", args=[partner.pk]) for kind in ("csv", "xlsx")}
    assert all(f"{address}?year={year}" in page for address in files.values())
    lines = client.get(files["csv"]).content.decode().splitlines()
    assert lines[0].lstrip("\ufeff") == "Day,Article,Quantity,Unit,Condition,Lot number,Printed date"
    assert lines[1] == f"{timezone.localdate().isoformat()},Savon,12,piece,new,L7,"
    sheet = openpyxl.load_workbook(BytesIO(client.get(files["xlsx"]).content)).active
    head, row = sheet.iter_rows(values_only=True)
    assert (row[0].date(), row[1], row[2]) == (timezone.localdate(), "Savon", 12)
    assert len(head) == 7
    assert b"Savon" not in client.get(files["csv"], {"year": year - 1}).content


def test_pages_ask_as_much_of_the_database_for_eight_rows_as_for_one(signed_in):
    a_delivery(12)
    first = issued()
    client, asks = signed_in(a_coordinator()), (LIST, first.get_absolute_url(), f"{NEW}?partner={the_pharmacy().pk}")
    few = [statements(lambda url=url: client.get(url)) for url in asks]
    for number in range(7):
        a_delivery(1, item=an_item(f"Article {number}"))
        issued(the_year())
    assert [statements(lambda url=url: client.get(url)) for url in asks] == few
    assert max(few) <= 15
