"""Kit lists come in by a file: each kit is a template with a published version."""

import pytest

from kits.contents import contents
from kits.imports import KitListsImport
from kits.models import KitTemplate, TemplateVersion
from kits.templates import DraftLine, new_draft, save_draft
from network.acting import choose
from network.models import Membership
from stock.models import Item
from tests.cast import a_coordinator, an_item, infant_formula
from tests.kits.recipes import published
from web.imports.kinds import ImportRefused, apply_import, dry_run

pytestmark = pytest.mark.django_db

HEAD = "kit,item_fr,item_en,category,quantity,unit,size_or_note,source"
FILE = "\n".join(
    [
        HEAD,
        "Kit bain,Serviette de bain,Bath towel,hygiene,1,piece,the other articles are rolled in it,published",
        "Kit bain,Savon de toilette,Bath soap,hygiene,2,bar,2 or 3 bars,published",
        "Kit dents,Brosse à dents adulte,Adult toothbrush,hygiene,1,piece,,published",
    ]
)


@pytest.fixture
def acting():
    coordinator = a_coordinator()
    return choose(coordinator, Membership.objects.of_user(coordinator), None)


def imported(acting, text=FILE):
    return apply_import(KitListsImport(), text.encode(), "kits.csv", acting, ticked=frozenset())


def with_row(row):
    return f"{FILE}\n{row}"


def test_each_kit_becomes_a_template_and_each_new_article_an_item(acting):
    assert imported(acting).plan.create == 2
    version = TemplateVersion.objects.with_contents().get(template__name="Kit bain")
    lines = {line.item.name: (line.quantity, line.note) for line in contents(version)}
    assert lines == {
        "Serviette de bain": (1, "the other articles are rolled in it"),
        "Savon de toilette": (2, "2 or 3 bars"),
    }
    assert version.item.name == "Kit bain"
    assert Item.objects.get(name="Savon de toilette").unit == "bar"


def test_a_dry_run_writes_nothing(acting):
    report = dry_run(KitListsImport(), FILE.encode(), "kits.csv", acting)
    assert (report.is_clean, report.plan.create, KitTemplate.objects.count(), Item.objects.count()) == (True, 2, 0, 0)


def test_the_same_file_again_changes_nothing(acting):
    imported(acting)
    again = imported(acting)
    assert (again.changes_nothing, TemplateVersion.objects.count()) == (True, 2)


def test_a_kit_that_changed_gets_its_next_version(acting):
    imported(acting)
    imported(acting, FILE.replace("hygiene,2,bar", "hygiene,3,bar"))
    versions = KitTemplate.objects.get(name="Kit bain").versions.published()
    assert [version.number for version in versions] == [2, 1]
    assert KitTemplate.objects.get(name="Kit dents").versions.count() == 1


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("Kit dents,Dentifrice,,hygiene,0,tube,,", "quantity"),
        ("Kit dents,Dentifrice,,hygiene,-2,tube,,", "quantity"),
        ("Kit dents,Dentifrice,,hygiene,1.5,tube,,", "quantity"),
        ("Kit dents,Dentifrice,,hygiene,99999,tube,,", "quantity"),
        ("Kit dents,Dentifrice,,kit,1,tube,,", "category"),
        ("Kit dents,Dentifrice,,hygiene,1,barrel,,", "unit"),
        ("Kit dents,Brosse à dents adulte,,hygiene,1,piece,,", "item_fr"),
        (",Dentifrice,,hygiene,1,tube,,", "kit"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_written(acting, row, column):
    with pytest.raises(ImportRefused) as refused:
        imported(acting, with_row(row))
    assert [(error.row, error.column) for error in refused.value.report.errors] == [(5, column)]
    assert not KitTemplate.objects.exists()
    assert not Item.objects.exists()


def test_infant_formula_is_refused_with_the_reason(acting):
    infant_formula("Lait premier âge")
    report = dry_run(
        KitListsImport(), with_row("Kit dents,Lait premier âge,,infant-food,1,box,,").encode(), "kits.csv", acting
    )
    (error,) = report.errors
    assert (error.row, "WHO Code" in str(error.sentence)) == (5, True)


def test_an_article_that_is_named_like_infant_formula_is_refused_although_nobody_knows_it_yet(acting):
    row = "Kit dents,Lait infantile premier âge,Infant formula,infant-food,1,box,,"
    report = dry_run(KitListsImport(), with_row(row).encode(), "kits.csv", acting)
    assert "WHO Code" in str(report.errors[0].sentence)


def test_a_draft_that_somebody_writes_is_not_overwritten(acting):
    template = published(DraftLine((an_item("Savon"),), 1), name="Kit dents").template
    save_draft(
        version=new_draft(template=template, actor=acting.user),
        lines=[DraftLine((an_item("Peigne"),), 1)],
        actor=acting.user,
    )
    with pytest.raises(ImportRefused) as refused:
        imported(acting)
    assert "writing the next version" in str(refused.value.report.errors[0].sentence)


def test_infant_formula_that_nobody_marked_is_known_by_its_name(acting):
    for name in ("Lait 1er âge", "Biberon"):
        with pytest.raises(ImportRefused) as refused:
            imported(acting, with_row(f"Kit dents,{name},,infant-food,1,box,,"))
        (error,) = refused.value.report.errors
        assert (error.row, "WHO Code" in str(error.sentence)) == (5, True)
    assert not Item.objects.exists()
