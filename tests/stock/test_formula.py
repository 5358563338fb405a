"""Infant formula, bottles and teats are known by their names, so that no forgotten tick lets them through."""

import pytest
from django.urls import reverse

from stock.catalogue_operations import change_item, create_item
from stock.formula import names_formula
from stock.models import Item
from tests.cast import a_coordinator, an_item, infant_formula, stocked, the_house
from web.errors import Refused


@pytest.mark.parametrize(
    "name",
    [
        "Lait 1er âge",
        "LAIT DEUXIÈME ÂGE 800 g",
        "lait en poudre infantile",
        "Lait 2e age bio",
        "Préparation pour nourrissons",
        "Biberon 250 ml",
        "Tétines silicone (lot de 2)",
        "Infant formula",
        "Baby bottle",
    ],
)
def test_such_names_are_known(name):
    assert names_formula("Savon", name)


@pytest.mark.parametrize(
    "name",
    ["Lait corporel", "Lait de croissance", "Goupillon à biberon", "Chauffe-biberon", "Compote", "Bottle", "Eau", ""],
)
def test_others_are_not_taken_for_them(name):
    assert not names_formula(name)


@pytest.mark.django_db
def test_a_forgotten_tick_changes_nothing(signed_in):
    typed = {"name": "Biberon", "category": "infant-food", "unit": "piece", "date_rule": "none"}
    client = signed_in(a_coordinator())
    for _time in range(2):
        assert client.post(reverse("stock:item_create"), typed).status_code == 302
    item = Item.objects.get()
    change_item(item=item, actor=a_coordinator(), is_formula=False)
    assert Item.objects.get().is_formula


@pytest.mark.django_db
def test_an_article_that_takes_such_a_name_is_one_from_then_on():
    item = change_item(item=an_item("Lait"), actor=a_coordinator(), name="Lait premier âge")
    assert item.is_formula


@pytest.mark.django_db
def test_a_slip_is_corrected_until_some_came_in():
    slip = create_item(house=the_house(), actor=a_coordinator(), name="Gel", category="hygiene", is_formula=True)
    assert not change_item(item=slip, actor=a_coordinator(), is_formula=False).is_formula
    milk = stocked(infant_formula("Poudre"), 1, days=90)
    with pytest.raises(Refused, match="stays so") as refused:
        change_item(item=milk, actor=a_coordinator(), is_formula=False)
    assert refused.value.field == "is_formula"
