"""Published kit lists are read as they are: each kit becomes a template with a published version."""

from pathlib import Path

import pytest
from django.core.management import call_command

from kits.models import KitTemplate, TemplateVersion
from stock.models import Item
from tests.cast import an_admin

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

LISTS = Path(__file__).parents[2] / "data" / "kit-lists.csv"


@pytest.fixture(autouse=True)
def _an_administrator():
    an_admin()


def load(path: Path = LISTS) -> None:
    call_command("import", "kit-lists", path, "--apply")


def test_each_kit_of_the_file_is_a_template_that_can_be_packed():
    load()
    assert KitTemplate.objects.count() == 9
    assert TemplateVersion.objects.packable().count() == 9
    woman = TemplateVersion.objects.get(template__name="chosen-woman")
    assert woman.lines.count() == 15
    assert Item.objects.get(name="Brosse à dents adulte").name_en == "Adult toothbrush"


def test_the_same_lists_again_change_nothing(capsys):
    load()
    articles = Item.objects.count()
    load()
    assert "changes nothing" in capsys.readouterr().out
    assert (TemplateVersion.objects.count(), Item.objects.count()) == (9, articles)


def test_a_list_that_changed_is_the_next_version(tmp_path):
    load()
    changed = tmp_path / "lists.csv"
    changed.write_text(
        LISTS.read_text().replace("Savon de ménage,Laundry soap,hygiene,8", "Savon de ménage,,hygiene,6")
    )
    load(changed)
    versions = TemplateVersion.objects.filter(template__name="family-hygiene-oxfam")
    assert sorted(versions.values_list("number", flat=True)) == [1, 2]
    assert TemplateVersion.objects.count() == 10
