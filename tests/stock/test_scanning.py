"""A scanned code leads to the article of one's own house; a new one is attached by a coordinator, once and to one."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from stock.catalogue_operations import attach_gtin
from stock.models import Gtin, Item
from tests.cast import (
    a_coordinator,
    a_dated_item,
    a_distributor,
    a_partner,
    a_version,
    a_volunteer,
    an_item,
    stocked,
    the_house,
)
from tests.photos import EAN, a_code, a_photo
from tests.queries import statements
from tests.sent_pictures import a_wall, sent
from web.errors import Refused
from web.pictures import MOST_BYTES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

SCAN, ATTACH = "/stock/scan/", "/stock/items/codes/attach/"
GTIN = EAN.zfill(14)


def known(item: Item, code: str = GTIN) -> Item:
    return attach_gtin(item=item, code=code, actor=a_coordinator(house=item.house))


def scanned(client, code: str) -> dict:
    return client.post(SCAN, {"code": code}).json()


def test_a_scanned_code_says_its_article_lot_and_date(signed_in):
    item, year = known(a_dated_item()), timezone.localdate().year + 1
    answer = scanned(signed_in(a_volunteer()), f"]C101{GTIN}17{year % 100}030010A1")
    assert answer["article"] == {"id": item.pk, "name": "Compote"}
    assert (answer["gtin"], answer["lot"], answer["printed"]) == (GTIN, "A1", f"03/{year}")
    assert (answer["date"], answer["precision"]) == (f"{year}-03-31", "month")


def test_a_code_without_a_date_says_none(signed_in):
    known(an_item())
    answer = scanned(signed_in(a_distributor()), EAN)
    assert (answer["lot"], answer["date"], answer["printed"]) == ("", None, "")


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("3017620422003", "No article has the code 3017620422003 yet"),
        ("96385074", "No article has the code 96385074 yet"),
        ("036000291452", "No article has the code 0036000291452 yet"),
        ("13017620422000", "the code of a case of several pieces"),
        ("3017620422004", "is no GTIN"),
        ("", "no bar code of an article"),
    ],
)
def test_what_is_not_known_is_said(signed_in, code, sentence):
    answer = scanned(signed_in(a_volunteer()), code)
    assert sentence in answer["refused"]
    assert answer.get("article") is None


def test_an_article_that_is_out_of_use_is_named(signed_in):
    known(an_item("Savon"))
    Item.objects.update(is_active=False)
    assert scanned(signed_in(a_volunteer()), EAN)["refused"] == "Savon is not in use any more. Ask the coordination."


def test_another_house_knows_its_own_codes_alone(signed_in):
    known(an_item("Savon", house=the_house("Maison des Saules")))
    assert "No article" in scanned(signed_in(a_volunteer()), EAN)["refused"]
    own = known(an_item("Gel douche"))
    assert scanned(signed_in(a_volunteer()), EAN)["article"]["id"] == own.pk


def test_a_scan_is_sent_by_who_handles_goods_and_changes_nothing(signed_in):
    client = signed_in(a_volunteer())
    assert client.get(SCAN).status_code == 405
    assert signed_in(a_partner()).post(SCAN, {"code": EAN}).status_code == 403
    known(an_item())
    few = statements(lambda: scanned(client, EAN))
    for number in range(8):
        an_item(f"Article {number}")
    assert statements(lambda: scanned(client, EAN)) == few


def test_a_photo_is_read_on_the_server(signed_in):
    item = known(an_item("Savon"))
    photo = sent(a_photo(size=(1200, 900), angle=20))
    answer = signed_in(a_volunteer()).post(SCAN, {"picture": photo}).json()
    assert (answer["code"], answer["article"]["id"]) == (f"]E0{EAN}", item.pk)


def too_large() -> bytes:
    return b"\xff\xd8\xff" + b"0" * MOST_BYTES


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"Savon", "not a picture"),
        (a_wall(30_000, 30_000), "too many pixels"),
        (too_large(), "weighs more than 15 MB"),
        (a_photo(a_code().point(lambda value: 200), size=(600, 400)), "No code was found in this photo"),
        (a_photo(a_code(), a_code("4006381333931"), size=(2000, 1500)), "codes of several articles"),
    ],
    ids=["no picture", "a bomb", "too large", "no code", "two articles"],
)
def test_a_photo_that_does_not_serve_is_refused_with_why(signed_in, content, sentence):
    answer = signed_in(a_volunteer()).post(SCAN, {"picture": sent(content)})
    assert answer.status_code == 200
    assert sentence in answer.json()["refused"]


def test_a_coordinator_attaches_a_new_code_and_it_is_known_from_then_on(signed_in):
    soap, coordinator = an_item("Savon"), a_coordinator()
    client = signed_in(coordinator)
    page = client.get(ATTACH, {"code": EAN}).content.decode()
    assert f'value="{EAN}"' in page
    answer = client.post(ATTACH, {"code": EAN, "item": "savon"})
    assert answer.url == soap.get_absolute_url()
    assert scanned(client, EAN)["article"]["id"] == soap.pk
    assert soap.history.first().history_user == coordinator


def test_attaching_again_changes_nothing():
    soap = known(an_item("Savon"))
    before = soap.history.count()
    assert known(soap) == soap
    assert (Gtin.objects.count(), soap.history.count()) == (1, before)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"code": EAN, "item": "Gel douche"}, "code", f"The GTIN {GTIN} belongs to “Savon” already."),
        ({"code": "3017620422004", "item": "Savon"}, "code", "is no GTIN"),
        ({"code": EAN, "item": "Poussette"}, "item", "No article is called “Poussette”"),
        ({"code": EAN, "item": ""}, "item", "Choose an article"),
        ({"code": "", "item": "Savon"}, "code", "This field is required"),
    ],
)
def test_what_cannot_be_attached_is_said_at_its_field(signed_in, typed, field, sentence):
    known(an_item("Savon"))
    an_item("Gel douche")
    answer = signed_in(a_coordinator()).post(ATTACH, typed)
    assert sentence in answer.context["form"].errors[field][0]
    assert Gtin.objects.get().item == an_item("Savon")


def test_a_kit_has_no_code_of_a_maker():
    kit = a_version({stocked("Savon", 1): 1}).item
    with pytest.raises(Refused, match="A kit comes from its template"):
        attach_gtin(item=kit, code=GTIN, actor=a_coordinator())
    assert not Gtin.objects.exists()


def test_a_volunteer_attaches_nothing(signed_in):
    an_item("Savon")
    client = signed_in(a_volunteer())
    assert client.get(ATTACH).status_code == client.post(ATTACH, {"code": EAN, "item": "Savon"}).status_code == 403
    assert not Gtin.objects.exists()


def attaching(item: int, actor: int) -> int:
    return attach_gtin(item=Item.objects.get(pk=item), code=GTIN, actor=User.objects.get(pk=actor)).pk


@pytest.mark.race
def test_two_who_attach_one_code_at_the_same_moment_leave_it_on_one_article(race):
    soap, gel, actor = an_item("Savon"), an_item("Gel douche"), a_coordinator().pk
    answers = race(*[(attaching, {"item": item.pk, "actor": actor}) for item in (soap, gel)])
    assert "Refused" in answers
    assert Gtin.objects.get().item_id in answers


@pytest.mark.race
def test_two_who_attach_a_code_to_one_article_both_succeed(race):
    soap, actor = an_item("Savon"), a_coordinator().pk
    assert race(*[(attaching, {"item": soap.pk, "actor": actor})] * 2) == [soap.pk, soap.pk]
    assert Gtin.objects.count() == 1


def test_the_catalogue_leads_to_the_page(signed_in):
    assert f'href="{reverse("stock:code_attach")}"' in signed_in(a_coordinator()).get("/stock/items/").content.decode()
