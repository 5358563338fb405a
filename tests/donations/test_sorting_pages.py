"""The sorting table: found by a code or a part of it, sorted part by part, finished by a press."""

from typing import Any

import pytest
from django.utils import timezone

from donations.enums import ContainerState, RefusalReason
from donations.models import Container, Refusal, Sorting
from network.enums import OrganisationKind
from stock.codes import numbered_code
from stock.models import Gtin
from tests import cast
from tests.cast import a_key, on_hand
from tests.donations.sorted import collected, filled, finished, part
from tests.donations.typed import lines
from tests.photos import EAN

pytestmark = pytest.mark.django_db
FIND = "/sorting/"
WITH_DIGITS = numbered_code(348_678_934)
SOAP = {"item": "Savon", "quantity": "12", "grams": "1200"}


@pytest.fixture
def volunteer(signed_in):
    cast.an_item("Savon")
    return signed_in(cast.a_volunteer())


def typed(*rows: dict[str, Any], **fields: Any) -> dict[str, Any]:
    here = {"place": cast.the_store().pk, "sorted_on": timezone.localdate().isoformat(), "lost_reason": ""}
    return {"key": a_key(), **here, **lines(*rows), **fields}


def sent(client, container: Container, *rows: dict[str, Any], **fields: Any):
    return client.post(f"{FIND}{container.pk}/", typed(*rows, **fields), follow=True)


def test_a_code_leads_to_its_container_however_it_is_typed(volunteer):
    container = collected()
    for code in (container.code, container.spoken_code.lower(), f" {container.code[:4]}-{container.code[4:]}"):
        assert volunteer.post(FIND, {"code": code}).url == f"{FIND}{container.pk}/"


def test_a_part_of_a_code_is_enough_where_it_is_of_one_alone(volunteer):
    first, second = collected(), collected()
    Container.objects.filter(pk=first.pk).update(code="3467AAAA")
    Container.objects.filter(pk=second.pk).update(code="3467BBBB")
    assert volunteer.post(FIND, {"code": "7bbb"}).url == f"{FIND}{second.pk}/"
    answer = volunteer.post(FIND, {"code": "3467"})
    assert "choose one" in answer.content.decode()
    assert set(answer.context["here"]) == {first, second}


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("34", "at least three characters"),
        ("34678934", "is not a code"),
        ("XXXX", "No container to sort has"),
        ("3346789D", "No container of yours|is not a code"),
        ("", "Scan or type the code"),
    ],
)
def test_what_leads_nowhere_is_said_at_the_field(volunteer, code, said):
    collected()
    Container.objects.update(code="34679ABC")
    error = volunteer.post(FIND, {"code": code}).context["form"].errors["code"][0]
    assert any(part in error for part in said.split("|"))


def test_another_houses_code_is_unknown(volunteer, signed_in):
    container = collected()
    theirs = signed_in(cast.a_coordinator(house=cast.the_house("Maison des Saules")))
    assert "No container of yours" in theirs.post(FIND, {"code": container.code}).context["form"].errors["code"][0]
    assert theirs.get(f"{FIND}{container.pk}/").status_code == 404


def listed(client) -> tuple[list[Container], list[Container]]:
    """What is to be sorted here, and what is not here yet."""
    context = client.get(FIND).context
    return list(context["here"]), list(context["elsewhere"])


def test_what_is_still_at_its_point_is_not_said_to_be_here(volunteer):
    waiting, here = filled(), collected()
    finished(part(collected()).container)
    assert listed(volunteer) == ([here], [waiting])
    page = " ".join(volunteer.get(FIND).content.decode().split())
    assert page.index("To sort here") < page.index(here.spoken_code) < page.index("Not here yet")
    assert page.index("Not here yet") < page.index(waiting.spoken_code)


def test_what_somebody_sorts_where_it_was_filled_is_there(volunteer):
    begun = part(filled()).container
    assert listed(volunteer) == ([begun], [])
    assert "Not here yet" not in volunteer.get(FIND).content.decode()


def test_who_is_kept_to_a_site_sees_what_was_brought_there_apart_from_what_left_it(signed_in):
    waiting, brought = filled(), collected()
    at_the_store = signed_in(cast.a_volunteer(site=cast.a_site()))
    at_the_point = signed_in(cast.a_volunteer(site=waiting.site))
    assert listed(at_the_store) == ([brought], [])
    assert listed(at_the_point) == ([], [waiting, brought])


def test_a_part_is_saved_and_the_table_is_ready_for_the_next(volunteer):
    container = collected()
    answer = sent(volunteer, container, SOAP, **{"refused-dirty": "3", "refused-dirty_grams": "400"})
    sorting = Sorting.objects.get()
    assert answer.redirect_chain == [(f"{FIND}{container.pk}/", 302)]
    assert f"Sorting no. {sorting.pk} is recorded." in answer.content.decode()
    assert f'action="/sorting/parts/{sorting.pk}/reverse/"' in answer.content.decode()
    assert on_hand(cast.an_item("Savon")) == 12
    assert Refusal.objects.get().reason == RefusalReason.DIRTY


def test_the_page_adds_up_what_was_saved(volunteer):
    container = collected(grams=2000)
    sent(volunteer, container, SOAP, **{"refused-dirty": "3", "refused-dirty_grams": "400"})
    page = volunteer.get(f"{FIND}{container.pk}/")
    assert page.context["account"].left == 400
    assert 'data-in="2000"' in page.content.decode()
    assert 'data-out="1200"' in page.content.decode()


def test_the_last_part_and_the_end_are_one_press(volunteer):
    container = collected()
    answer = sent(volunteer, container, SOAP, then="finish")
    container.refresh_from_db()
    assert answer.redirect_chain[-1] == (FIND, 302)
    assert container.state == ContainerState.SORTED
    assert f'action="/containers/{container.pk}/reopen/"' in answer.content.decode()


def test_the_end_alone_is_a_press_too_and_twice_is_once(volunteer):
    container = collected()
    part(container)
    form = typed(then="finish")
    for _press in range(2):
        answer = volunteer.post(f"{FIND}{container.pk}/", form, follow=True)
        assert "is sorted." in answer.content.decode()
    assert Sorting.objects.count() == 1


def test_a_difference_keeps_the_part_and_asks_why(volunteer):
    container = collected(grams=2000)
    answer = sent(volunteer, container, SOAP, then="finish")
    assert "differ by 800 g" in answer.content.decode()
    assert Sorting.objects.count() == 1
    answer = sent(volunteer, container, then="finish")
    assert "differ by 800 g" in answer.context["form"].errors["lost_reason"][0]
    sent(volunteer, container, then="finish", lost_reason="packaging")
    container.refresh_from_db()
    assert (container.state, container.lost_grams) == (ContainerState.SORTED, 800)


def test_nothing_typed_is_said(volunteer):
    assert "at least one article" in sent(volunteer, collected()).content.decode()
    assert "Note first what came out" in sent(volunteer, collected(), then="finish").content.decode()


def test_grams_without_a_number_are_asked_for(volunteer):
    answer = sent(volunteer, collected(), **{"refused-worn_grams": "400"})
    assert answer.context["refused"].errors["worn"] == ["Say how many weigh this."]
    assert not Sorting.objects.exists()


def test_a_bad_line_is_said_where_it_is_and_nothing_is_lost(volunteer):
    cast.a_dated_item("Compote")
    answer = sent(volunteer, collected(), SOAP, {"item": "Compote", "quantity": "2"}, **{"refused-dirty": "1"})
    assert "Compote: read the printed date" in answer.context["lines"].forms[1].errors["best_before"][0]
    assert answer.context["refused"]["dirty"].value() == "1"
    assert not Sorting.objects.exists()


def test_rows_are_added_without_javascript(volunteer):
    answer = sent(volunteer, collected(), SOAP, add_line="lines")
    assert len(answer.context["lines"].forms) == 6
    assert not Sorting.objects.exists()


def test_formula_is_offered_where_a_partner_gave_it_alone(volunteer):
    partner = cast.an_organisation("Pharmacies du Canal", OrganisationKind.PARTNER)
    cast.infant_formula()
    public, given = collected(), collected(partner=partner)
    assert "Lait premier" not in volunteer.get(f"{FIND}{public.pk}/").content.decode()
    assert "Lait premier" in volunteer.get(f"{FIND}{given.pk}/").content.decode()
    answer = sent(volunteer, public, {"item": "Lait premier âge", "quantity": "1"})
    assert "never accepted from the public" in answer.context["lines"].forms[0].errors["item"][0].replace("\n", " ")


def scanned(client, container: Container, code: str, *rows: dict[str, Any], **fields: Any):
    return sent(client, container, *rows, code=code, **fields)


def row(answer, number: int = 0) -> tuple[str, str]:
    line = answer.context["lines"].forms[number]
    return line["item"].value(), line["quantity"].value()


@pytest.fixture
def soap_with_a_code():
    Gtin.objects.create(house=cast.the_house(), item=cast.an_item("Savon"), code=EAN.zfill(14))


@pytest.mark.usefixtures("soap_with_a_code")
@pytest.mark.parametrize("pressed", [{}, {"scan": "lines-lines"}, {"then": "finish"}], ids=["Enter", "scan", "finish"])
def test_a_scanned_code_adds_one_to_its_line_and_records_nothing_whatever_was_pressed(volunteer, pressed):
    answer = scanned(volunteer, collected(), EAN, SOAP, **{"refused-dirty": "2"}, **pressed)
    assert (row(answer), answer.context["scan"].row) == (("Savon", "13"), "lines-1")
    assert 'href="#lines-1"' in answer.content.decode()
    assert answer.context["refused"]["dirty"].value() == "2"
    assert not Sorting.objects.exists()


@pytest.mark.usefixtures("soap_with_a_code")
def test_a_scanned_code_opens_a_line_and_what_it_opened_is_saved(volunteer):
    container = collected()
    answer = scanned(volunteer, container, f"]C101{EAN.zfill(14)}10L7")
    assert row(answer) == ("Savon", "1")
    sent(volunteer, container, {"item": "Savon", "quantity": "1", "number": "L7"})
    assert Sorting.objects.get().lines.get().lot.number == "L7"


def test_an_unknown_code_is_attached_by_a_coordinator(volunteer, signed_in):
    container = collected()
    for client, may in ((volunteer, False), (signed_in(cast.a_coordinator()), True)):
        page = scanned(client, container, "96385074").content.decode()
        assert "No article has the code 96385074 yet" in page
        assert ("/stock/items/codes/attach/?code=96385074" in page) == may


def test_formula_from_the_public_is_refused_when_it_is_scanned(volunteer):
    Gtin.objects.create(house=cast.the_house(), item=cast.infant_formula(), code=EAN.zfill(14))
    partner = cast.an_organisation("Pharmacies du Canal", OrganisationKind.PARTNER)
    refused, taken = (scanned(volunteer, collected(partner=giver), EAN) for giver in (None, partner))
    assert "never accepted from the public" in refused.context["scan"].sentence
    assert not row(refused)[0]
    assert row(taken) == ("Lait premier âge", "1")


@pytest.mark.parametrize("wrap", ["]Q1{}", "]C0{}\r", " {} ", "\x1d{}"])
def test_a_hand_held_scanner_finds_a_container_with_what_it_puts_around_the_code(volunteer, wrap):
    container = collected()
    assert volunteer.post(FIND, {"code": wrap.format(container.code)}).url == f"{FIND}{container.pk}/"


def test_a_hand_held_scanner_set_to_another_keyboard_finds_a_container(volunteer):
    container = collected()
    Container.objects.filter(pk=container.pk).update(code=WITH_DIGITS)
    typed = WITH_DIGITS.translate(str.maketrans("346789MWA", "\"'-è_ç?ZQ"))
    assert volunteer.post(FIND, {"code": typed}).url == f"{FIND}{container.pk}/"


def test_the_code_of_an_article_is_no_container_and_says_so(volunteer):
    error = volunteer.post(FIND, {"code": EAN}).context["form"].errors["code"][0]
    assert "This is the bar code of an article" in error


def test_what_is_sorted_has_no_table_any_more(volunteer):
    container = collected()
    part(container)
    finished(container)
    assert volunteer.get(f"{FIND}{container.pk}/").url == container.get_absolute_url()
    assert "is finished" in sent(volunteer, container, SOAP).content.decode()
    assert on_hand(cast.an_item("Savon")) == 10


def test_a_part_is_taken_back_from_its_page(signed_in):
    client = signed_in(cast.a_coordinator())
    sorting = part(collected())
    path = f"/sorting/parts/{sorting.pk}/reverse/"
    assert "leaves the stock" in client.get(path).content.decode()
    pages = [client.post(path, follow=True).content.decode() for _press in range(2)]
    assert all(f"Taken back: sorting no. {sorting.pk}." in page for page in pages)
    assert on_hand(cast.an_item()) == 0


def test_the_place_is_remembered(volunteer):
    hall = cast.the_store(cast.a_site("Gymnase"))
    sent(volunteer, collected(), SOAP, place=hall.pk)
    assert volunteer.get(f"{FIND}{collected().pk}/").context["form"]["place"].value() == hall.pk
