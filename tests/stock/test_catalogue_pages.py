"""The catalogue and the places: what is added, changed and refused."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from stock.catalogue_operations import change_item, clean_gtin, create_item
from stock.enums import Category, PlaceKind, Unit
from stock.models import Gtin, Item, Place
from stock.place_operations import open_place
from tests.cast import a_coordinator, a_key, a_site, an_item, the_house
from web.errors import Refused

pytestmark = pytest.mark.django_db
CREATE = reverse("stock:item_create")
GTIN, OTHER = "3017620422003", "96385074"


def an_article(**fields) -> dict[str, object]:
    return {"name": "Brosse", "category": "hygiene", "unit": "piece", "date_rule": "none", **fields}


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_an_article_is_added_once_however_often_the_form_is_sent(coordinator):
    typed = an_article(name_en="Brush", size="M", grams=40, gtins=f"{GTIN} {OTHER}")
    for _time in range(2):
        answer = coordinator.post(CREATE, typed, follow=True)
        assert "is in the catalogue" in text(answer)
    item = Item.objects.get()
    assert (str(item), item.grams, item.house) == ("Brush (M)", 40, the_house())
    assert sorted(item.gtins.values_list("code", flat=True)) == ["00000096385074", "03017620422003"]


def test_who_added_an_article_is_in_its_history(coordinator):
    coordinator.post(CREATE, an_article())
    assert Item.history.get().history_user is not None


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "required"),
        ("category", "kit", "valid choice"),
        ("unit", "kit", "valid choice"),
        ("grams", "0", "from 1 to 100,000"),
        ("grams", "-4", "greater than or equal"),
        ("grams", "999999999", "from 1 to 100,000"),
        ("grams", "1.5", "whole number"),
        ("gtins", "3017620422004", "the last one checks the others"),
        ("gtins", "12345", "8, 12, 13 or 14 digits"),
        ("gtins", "not-a-code", "8, 12, 13 or 14 digits"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_kept(coordinator, field, typed, sentence):
    answer = coordinator.post(CREATE, an_article(**{field: typed}))
    assert sentence in str(answer.context["form"].errors[field])
    assert not typed or typed in text(answer) or field in ("category", "unit")
    assert not Item.objects.exists()


def test_another_article_of_the_same_name_and_size_is_refused(coordinator):
    an_item("Brosse", grams=99)
    answer = coordinator.post(CREATE, an_article(grams=10))
    assert "exists already" in str(answer.context["form"].errors["name"])
    coordinator.post(CREATE, an_article(size="L"))
    assert Item.objects.count() == 2


def test_a_gtin_of_another_article_is_refused_and_that_one_named(coordinator):
    item = an_item("Savon")
    Gtin.objects.create(house=the_house(), item=item, code=GTIN.zfill(14))
    answer = coordinator.post(CREATE, an_article(gtins=GTIN))
    assert "belongs to “Savon” already" in str(answer.context["form"].errors["gtins"])
    assert Item.objects.count() == 1


def test_an_article_is_changed_and_its_codes_are_those_that_stay(coordinator):
    coordinator.post(CREATE, an_article(gtins=f"{GTIN} {OTHER}"))
    item = Item.objects.get()
    page = text(coordinator.get(reverse("stock:item_edit", args=[item.pk])))
    assert GTIN in page
    coordinator.post(
        reverse("stock:item_edit", args=[item.pk]), an_article(name="Brosse fine", gtins=OTHER, is_active="on")
    )
    item.refresh_from_db()
    assert (item.name, item.is_active, item.gtins.get().code) == ("Brosse fine", True, OTHER.zfill(14))


@pytest.mark.parametrize("code", ["036000291452", "01234565", GTIN])
def test_a_code_is_shown_as_it_is_printed_and_a_change_takes_it_again(coordinator, code):
    coordinator.post(CREATE, an_article(gtins=code))
    item = Item.objects.get()
    page = coordinator.get(reverse("stock:item_edit", args=[item.pk]))
    shown = page.context["form"].initial["gtins"]
    assert (shown.zfill(14), len(shown) in (8, 13)) == (code.zfill(14), True)
    assert f"{shown}</span>" in coordinator.get(item.get_absolute_url()).content.decode()
    assert coordinator.post(page.request["PATH_INFO"], an_article(gtins=shown, is_active="on")).status_code == 302


def test_an_article_that_is_no_longer_in_use_stays_in_the_list(coordinator):
    item = an_item("Brosse")
    coordinator.post(reverse("stock:item_edit", args=[item.pk]), an_article())
    assert not Item.objects.get().is_active
    assert "no longer in use" in text(coordinator.get(reverse("stock:item_list")))


def test_a_kit_is_not_made_nor_changed_by_hand(coordinator):
    kit = an_item("Kit femme v1", category=Category.KIT, unit=Unit.KIT)
    assert coordinator.get(reverse("stock:item_edit", args=[kit.pk])).status_code == 404
    with pytest.raises(Refused, match="comes from its template"):
        change_item(item=kit, actor=a_coordinator(), name="Autre")
    with pytest.raises(Refused, match="comes from its template"):
        create_item(house=the_house(), actor=a_coordinator(), name="Kit", category=Category.KIT, unit=Unit.KIT)


def test_articles_are_found_by_category_and_state(coordinator):
    an_item("Brosse")
    an_item("Compote", category="infant-food", is_active=False)
    url = reverse("stock:item_list")
    assert "Compote" not in text(coordinator.get(url, {"category": "hygiene"}))
    assert "Brosse" not in text(coordinator.get(url, {"is_active": "false"}))
    assert "Compote" in text(coordinator.get(url, {"q": "compo"}))


@pytest.mark.parametrize("typed", [GTIN, "3 017620 422003", "03017620422003", " 3017620-422003 "])
def test_a_gtin_is_read_however_it_is_written(typed):
    assert clean_gtin(typed) == "03017620422003"


def test_the_database_keeps_names_and_codes_unique():
    item = an_item("Brosse")
    Gtin.objects.create(house=the_house(), item=item, code=GTIN)
    for write in (
        lambda: Gtin.objects.create(house=the_house(), item=an_item("Savon"), code=GTIN),
        lambda: Item.objects.create(house=the_house(), name="Brosse", category="hygiene"),
        lambda: Item.objects.create(house=the_house(), name="x", category="kit", is_formula=True),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def a_table(**fields) -> dict[str, object]:
    return {"key": a_key(), "site": a_site().pk, "kind": "table", "name": "Table 3", **fields}


def test_a_table_is_opened_once_however_often_the_form_is_sent(coordinator):
    for _time in range(2):
        answer = coordinator.post(reverse("stock:place_create"), a_table(), follow=True)
        assert "Atelier, Table 3 is open" in text(answer)
    assert Place.objects.filter(name="Table 3").count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [("kind", "waste", "from the list"), ("name", "", "required"), ("site", "0", "valid choice")],
)
def test_a_wrong_place_is_said_at_its_field(coordinator, field, typed, sentence):
    answer = coordinator.post(reverse("stock:place_create"), a_table(**{field: typed}))
    assert sentence in str(answer.context["form"].errors[field])


def test_a_name_that_is_taken_by_another_kind_is_refused():
    site, actor = a_site(), a_coordinator()
    with pytest.raises(Refused, match="of this name already"):
        open_place(site=site, kind=PlaceKind.TABLE, name="Réserve", actor=actor)
    with pytest.raises(Refused, match="from the list"):
        open_place(site=site, kind=PlaceKind.WASTE, name="Benne", actor=actor)
