"""Templates: written as drafts, published once, frozen; what may not be in a kit is refused with its reason."""

import pytest
from django.db import DatabaseError, connection, transaction

from kits.contents import contents, load
from kits.enums import TemplateKind
from kits.models import AcceptedItem, KitLine, KitTemplate, TemplateVersion
from kits.templates import DraftLine, create_template, new_draft, publish, rename_template, save_draft
from stock.enums import Category
from tests.cast import a_coordinator, an_item, infant_formula, the_house
from tests.queries import statements
from web.errors import Refused

pytestmark = pytest.mark.django_db


def a_template(name="Kit femme", kind=TemplateKind.KIT, house=None):
    return create_template(house=house or the_house(), name=name, kind=kind, actor=a_coordinator())


def a_draft(*lines, name="Kit femme", kind=TemplateKind.KIT, parts=()):
    version = new_draft(template=a_template(name, kind), actor=a_coordinator())
    save_draft(version=version, lines=lines, parts=parts, actor=a_coordinator())
    return version


def published(*lines, **kwargs):
    return publish(version=a_draft(*lines, **kwargs), actor=a_coordinator())


def soap(quantity=1, **kwargs):
    return DraftLine((an_item("Savon", grams=100),), quantity, **kwargs)


def towel(quantity=1):
    return DraftLine((an_item("Serviette", grams=450),), quantity)


def test_a_template_opens_with_a_draft_and_the_same_form_twice_opens_one():
    template = a_template()
    assert a_template() == template
    assert [version.number for version in template.versions.drafts()] == [1]


def test_a_name_is_taken_once():
    published(soap())
    with pytest.raises(Refused, match="“Kit femme” already") as refused:
        a_template()
    assert refused.value.field == "name"


def test_publishing_gives_the_kit_its_article_with_its_weight():
    version = published(soap(2), towel())
    assert (version.item.name, version.item.category, version.item.grams) == ("Kit femme", Category.KIT, 650)
    assert publish(version=version, actor=a_coordinator()).item == version.item


def test_an_unknown_weight_makes_the_kit_s_an_assumed_one():
    version = published(soap(), DraftLine((an_item("Foulard"),), 1))
    assert (version.item.grams, version.item.is_weight_assumed) == (100, True)


def test_a_module_has_no_article_of_its_own():
    assert published(soap(), kind=TemplateKind.MODULE).item is None


def test_a_draft_with_nothing_obligatory_is_not_published():
    with pytest.raises(Refused, match="not optional"):
        published(soap(is_optional=True))


def test_the_lines_keep_their_order_and_their_substitutes_theirs():
    gel, bar = an_item("Gel douche"), an_item("Pain de savon")
    draft = a_draft(towel(), DraftLine((gel, bar), 1, note="sans parfum"))
    assert [(line.item.name, [item.name for item in line.substitutes]) for line in contents(draft)] == [
        ("Serviette", []),
        ("Gel douche", ["Pain de savon"]),
    ]
    assert contents(draft)[1].note == "sans parfum"


def test_infant_formula_is_refused_with_the_reason():
    with pytest.raises(Refused, match="the law and the WHO Code") as refused:
        a_draft(soap(), DraftLine((infant_formula(),), 1))
    assert (refused.value.field, refused.value.line) == ("item", 1)
    with pytest.raises(Refused, match="Lait premier âge"):
        a_draft(DraftLine((an_item("Savon"), infant_formula()), 1), name="Autre")


def test_an_article_that_became_formula_meanwhile_is_not_published():
    draft = a_draft(soap())
    item = an_item("Savon")
    item.is_formula = True
    item.save()
    with pytest.raises(Refused, match="WHO Code"):
        publish(version=draft, actor=a_coordinator())


def test_a_kit_is_not_put_into_a_kit():
    kit = published(soap()).item
    with pytest.raises(Refused, match="not put into a kit"):
        a_draft(DraftLine((kit,), 1), name="Autre")


def test_another_house_s_article_is_refused():
    theirs = an_item("Peigne", house=the_house("Maison des Saules"))
    with pytest.raises(Refused, match="not in this house’s catalogue"):
        a_draft(DraftLine((theirs,), 1))


@pytest.mark.parametrize("quantity", [-3, 0, 1000, 10**12])
def test_a_quantity_out_of_bounds_is_refused_and_names_the_article(quantity):
    with pytest.raises(Refused, match="Savon: enter a quantity between 1 and 999"):
        a_draft(towel(), soap(quantity))


def test_an_article_is_on_one_line_only():
    with pytest.raises(Refused, match="Savon is on line 1 already") as refused:
        a_draft(soap(), towel(), soap())
    assert refused.value.line == 2
    with pytest.raises(Refused, match="each article once"):
        a_draft(DraftLine((an_item("Savon"), an_item("Savon")), 1), name="Autre")


def test_a_base_and_its_modules_come_before_the_own_lines():
    base, module = published(soap()), published(towel(), name="Module bébé", kind=TemplateKind.MODULE)
    pencil = DraftLine((an_item("Crayon"),), 1)
    kit = published(pencil, name="Kit avec bébé", parts=[module, base])
    assert [line.item.name for line in contents(kit)] == ["Savon", "Serviette", "Crayon"]
    assert kit.item.grams == 550


def test_what_is_built_on_others_is_not_a_part_so_that_nothing_goes_round():
    base = published(soap())
    kit = published(towel(), name="Kit avec bébé", parts=[base])
    with pytest.raises(Refused, match="itself built on others"):
        a_draft(name="Encore", parts=[kit])
    with pytest.raises(Refused, match="not built on itself"):
        save_draft(
            version=new_draft(template=base.template, actor=a_coordinator()),
            lines=[],
            parts=[base],
            actor=a_coordinator(),
        )


def test_parts_are_published_one_base_and_not_of_a_module():
    draft, base = a_draft(soap()), published(soap(), name="Base")
    other = published(soap(), name="Autre base")
    with pytest.raises(Refused, match="is a draft"):
        a_draft(name="A", parts=[draft])
    with pytest.raises(Refused, match="one base"):
        a_draft(name="B", parts=[base, other])
    with pytest.raises(Refused, match="A module has no base"):
        a_draft(name="C", kind=TemplateKind.MODULE, parts=[base])


def test_a_new_draft_holds_what_the_latest_version_holds_and_there_is_one_only():
    base = published(soap(), name="Base")
    first = published(towel(2), parts=[base])
    draft = new_draft(template=first.template, actor=a_coordinator())
    assert (draft.number, [line.item.name for line in contents(draft)]) == (2, ["Savon", "Serviette"])
    assert new_draft(template=first.template, actor=a_coordinator()) == draft


def test_a_published_version_is_not_written_again():
    version = published(soap())
    with pytest.raises(Refused, match="does not change any more"):
        save_draft(version=version, lines=[towel()], actor=a_coordinator())


def frozen(work):
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        work()


def test_the_database_refuses_to_change_a_published_version():
    version = published(soap(), name="Kit", parts=[published(towel(), name="Base")])
    line = version.lines.get()
    frozen(lambda: version.lines.update(quantity=5))
    frozen(lambda: KitLine.objects.create(version=version, position=2, quantity=1))
    frozen(lambda: AcceptedItem.objects.create(line=line, item=an_item("Peigne")))
    frozen(lambda: AcceptedItem.objects.filter(line=line).update(item=an_item("Peigne")))
    frozen(lambda: version.parts.add(published(towel(), name="Module", kind=TemplateKind.MODULE)))
    frozen(lambda: TemplateVersion.objects.filter(pk=version.pk).update(published_on=None))
    if connection.vendor == "postgresql":
        frozen(lambda: version.parts.clear())
        frozen(lambda: AcceptedItem.objects.filter(line=line).delete())
        frozen(lambda: line.delete())


def test_renaming_a_template_renames_its_kits_and_keeps_what_they_hold():
    version = published(soap())
    template = version.template
    rename_template(template=template, name="Kit", name_en="Kit", is_active=False, actor=a_coordinator(name="Maud"))
    assert KitTemplate.objects.get(pk=template.pk).is_active is False
    item = TemplateVersion.objects.get(pk=version.pk).item
    assert (item.name, item.name_en, str(item.history.first().history_user)) == ("Kit", "Kit", "Maud")
    assert version.lines.get().quantity == 1


def names(template) -> list[str]:
    return [version.item.name for version in template.versions.order_by("number").select_related("item")]


def test_kits_bear_the_number_of_their_version_once_there_are_several():
    version = published(soap())
    assert names(version.template) == ["Kit femme"]
    publish(version=new_draft(template=version.template, actor=a_coordinator()), actor=a_coordinator())
    assert names(version.template) == ["Kit femme, version 1", "Kit femme, version 2"]


def test_kits_of_the_name_of_an_article_bear_the_number_from_the_first_version_on():
    an_item("Kit femme")
    version = published(soap())
    assert names(version.template) == ["Kit femme, version 1"]
    with pytest.raises(Refused, match="An article is called “Trousse, version 1” already"):
        a_taken_name(version.template, "Trousse")
    assert names(version.template) == ["Kit femme, version 1"]


def a_taken_name(template, name: str) -> None:
    """Call `template` as an article is called, with the number and without."""
    an_item(name)
    an_item(f"{name}, version 1")
    rename_template(template=template, name=name, name_en="", is_active=True, actor=a_coordinator())


def test_what_two_versions_hold_is_read_at_once_and_made_once(django_assert_num_queries):
    module = published(soap(), name="Module", kind=TemplateKind.MODULE)
    one, two = (published(towel(), parts=[module], name=f"Kit {number}") for number in range(2))
    with django_assert_num_queries(1):
        load([one, two])
    assert [line.item.name for line in contents(one)] == ["Savon", "Serviette"]
    assert contents(one)[0].item is contents(two)[0].item
    assert contents(one)[0].part.template == module.template


def test_saving_a_draft_sends_as_many_statements_for_one_line_as_for_twenty():
    draft, coordinator = a_draft(soap()), a_coordinator()
    lines = [DraftLine((an_item(f"Article {number}"), an_item(f"Autre {number}")), 1) for number in range(20)]

    def save(number):
        return statements(lambda: save_draft(version=draft, lines=lines[:number], actor=coordinator))

    save(20)
    assert save(1) == save(20) <= 15
