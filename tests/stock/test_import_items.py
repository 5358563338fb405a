"""The import of articles: what a file says is made or changed; what it leaves out stays; again changes nothing."""

from types import SimpleNamespace

import pytest

from stock.imports import ItemsImport
from stock.models import Gtin, Item
from tests.cast import a_coordinator, an_item, the_house
from web.imports.kinds import ImportRefused, apply_import, dry_run

pytestmark = pytest.mark.django_db
HEAD = "name;name_en;category;unit;gtin;grams;date_rule;formula;size\n"
SOAP = "Savon;Soap;hygiene;bar;3017620422003 96385074;100;none;no;\n"
JAR = "Petit pot;Jar;infant-food;jar;;130;best_before;no;6 mois\n"


@pytest.fixture
def acting():
    return SimpleNamespace(house=the_house(), user=a_coordinator())


def imported(text: str, acting):
    return apply_import(ItemsImport(), text.encode(), "items.csv", acting, ticked=frozenset())


def errors(text: str, acting) -> list[tuple[int, str]]:
    return [(error.row, error.column) for error in dry_run(ItemsImport(), text.encode(), "items.csv", acting).errors]


def test_articles_are_made_and_the_same_file_again_changes_nothing(acting):
    report = imported(HEAD + SOAP + JAR, acting)
    assert (report.plan.create, Item.objects.count(), Gtin.objects.count()) == (2, 2, 2)
    jar = Item.objects.get(name="Petit pot")
    assert (jar.size, jar.date_rule, jar.grams, jar.is_formula, jar.is_active) == (
        "6 mois",
        "best_before",
        130,
        False,
        True,
    )
    assert Item.history.first().history_user == acting.user
    assert imported(HEAD + SOAP + JAR, acting).changes_nothing


def test_what_differs_is_changed_and_what_is_left_out_stays(acting):
    an_item("Savon", name_en="Soap", grams=80, is_weight_assumed=True, unit="bar")
    report = imported("name,category,grams,name_en\nSavon,hygiene,100,\n", acting)
    soap = Item.objects.get()
    assert (report.plan.change, soap.grams, soap.is_weight_assumed) == (1, 100, False)
    assert (soap.name_en, soap.unit) == ("Soap", "bar")


def test_gtins_are_added_to_those_that_are_there(acting):
    imported(HEAD + SOAP, acting)
    imported("name,category,gtin\nSavon,hygiene,4006381333931\n", acting)
    assert Item.objects.get().gtins.count() == 3


def test_the_same_name_in_two_sizes_is_two_articles(acting):
    imported("name,category,size\nPyjama,clothing,2 ans\nPyjama,clothing,3 ans\n", acting)
    assert Item.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (";Soap;hygiene;bar;;;;;", "name"),
        ("Savon;;soapy;bar;;;;;", "category"),
        ("Savon;;kit;;;;;;", "category"),
        ("Savon;;hygiene;dozen;;;;;", "unit"),
        ("Savon;;hygiene;;3017620422004;;;;", "gtin"),
        ("Savon;;hygiene;;12;;;;", "gtin"),
        ("Savon;;hygiene;;;-3;;;", "grams"),
        ("Savon;;hygiene;;;0;;;", "grams"),
        ("Savon;;hygiene;;;1.5;;;", "grams"),
        ("Savon;;hygiene;;;9999999;;;", "grams"),
        ("Savon;;hygiene;;;;tomorrow;;", "date_rule"),
        ("Savon;;hygiene;;;;;perhaps;", "formula"),
    ],
)
def test_a_bad_cell_is_named_and_nothing_is_written(acting, row, column):
    text = HEAD + JAR + row + "\n"
    assert errors(text, acting) == [(3, column)]
    with pytest.raises(ImportRefused):
        imported(text, acting)
    assert not Item.objects.exists()


def test_an_unknown_column_is_named(acting):
    assert errors("name;category;colour\nSavon;hygiene;pink\n", acting) == [(1, "colour")]


def test_a_name_twice_and_a_gtin_of_two_articles_are_errors(acting):
    other = "Gel;;hygiene;;3017620422003;;;;\n"
    assert errors(HEAD + SOAP + SOAP, acting) == [(3, "name")]
    assert errors(HEAD + SOAP + other, acting) == [(3, "gtin")]
    imported(HEAD + SOAP, acting)
    assert errors(HEAD + other, acting) == [(2, "gtin")]


def test_the_name_of_a_kit_is_not_taken(acting):
    an_item("Kit femme v1", category="kit", unit="kit")
    assert errors("name;category\nKit femme v1;hygiene\n", acting) == [(2, "name")]


def test_formula_is_marked(acting):
    imported("name;category;formula\nLait premier âge;infant-food;oui\n", acting)
    assert Item.objects.get().is_formula


def test_formula_is_marked_by_its_name_too_and_the_same_file_changes_nothing(acting):
    for file in ("name;category\nBiberon;infant-food\n", "name;category;formula\nBiberon;infant-food;non\n"):
        imported(file, acting)
    assert Item.objects.get().is_formula
