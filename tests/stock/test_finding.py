import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from stock.finding import Catalogue
from stock.models import Gtin, Item
from tests.cast import an_item, the_house

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def the_catalogue() -> Catalogue:
    return Catalogue(Item.objects.all())


def test_a_name_is_found_whatever_its_accents_and_capitals():
    cream = an_item("Crème bébé", name_en="Baby cream", size="50 ml")
    for typed in ("creme  bebe (50 ML)", "Crème bébé (50 ml)", "BABY CREAM (50 ml)"):
        assert the_catalogue().find(typed) == cream


@pytest.mark.parametrize("typed", ["3017620422003", "03017620422003", "3017 6204 22003"])
def test_a_gtin_is_found_with_and_without_its_zero(typed):
    soap = an_item("Savon")
    Gtin.objects.create(house=the_house(), item=soap, code="03017620422003")
    assert the_catalogue().find(typed) == soap


def test_an_unknown_gtin_is_named():
    with pytest.raises(ValidationError, match="No article has the GTIN 3017620422003"):
        the_catalogue().find("3017620422003")


def test_part_of_a_name_is_never_taken_for_it_but_the_nearest_are_named():
    an_item("Pain de savon")
    with pytest.raises(ValidationError, match=r"“pain”\. Did you mean “Pain de savon”"):
        the_catalogue().find("pain")


def test_a_name_that_nothing_is_near_to_is_refused():
    with pytest.raises(ValidationError, match="No article is called “poussette”"):
        the_catalogue().find("poussette")


def test_two_articles_of_one_english_name_are_told_apart_by_the_french_one():
    bar, liquid = an_item("Savon", name_en="Soap"), an_item("Savon liquide", name_en="Soap")
    catalogue = the_catalogue()
    assert [catalogue.find(name) for name, _hint in catalogue.options] == [bar, liquid]
