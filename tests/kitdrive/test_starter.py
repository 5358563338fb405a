import pytest

from kitdrive.starter import COMPOSED, load_starter
from kits.contents import contents, load
from kits.models import TemplateVersion
from stock.models import Item
from tests.cast import a_coordinator, the_house

pytestmark = pytest.mark.django_db


def the_starter() -> dict[str, TemplateVersion]:
    load_starter(the_house(), a_coordinator())
    versions = list(TemplateVersion.objects.published().with_contents())
    load(versions)
    return {version.template.name: version for version in versions}


def test_a_new_house_gets_three_kits_each_wrapped_in_one_scarf():
    kits = {name: version for name, version in the_starter().items() if version.item}
    assert sorted(kits) == sorted(["Kit femme", *COMPOSED])
    for version in kits.values():
        assert [line.quantity for line in contents(version) if line.item.name == "Foulard en soie"] == [1]


def test_a_composed_kit_holds_its_base_and_its_module():
    versions = the_starter()
    for name, module in COMPOSED.items():
        parts = [*contents(versions["Kit femme"]), *contents(versions[module])]
        assert [line.item for line in contents(versions[name])] == [line.item for line in parts]


def test_nothing_in_it_is_infant_formula_and_every_weight_is_known():
    the_starter()
    assert not Item.objects.filter(is_formula=True).exists()
    assert not Item.objects.loose().filter(grams=None).exists()
