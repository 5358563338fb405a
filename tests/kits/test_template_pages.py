"""The pages of templates: written line by line, published, compared."""

import pytest

from kits.contents import contents
from kits.enums import TemplateKind
from kits.models import KitTemplate, TemplateVersion
from kits.templates import DraftLine, new_draft, publish, save_draft
from tests.cast import a_coordinator, a_volunteer, an_item, infant_formula, stocked, the_house
from tests.kits.recipes import published
from tests.queries import statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(signed_in):
    return signed_in(a_coordinator())


@pytest.fixture
def template():
    """A template whose first draft is empty."""
    from kits.templates import create_template

    return create_template(house=the_house(), name="Kit femme", actor=a_coordinator())


def rows(*lines, **pressed):
    """The form of a draft with these lines: the article, how many, then any other field."""
    data = {"lines-TOTAL_FORMS": str(len(lines) + 2), "lines-INITIAL_FORMS": str(len(lines)), "base": "", **pressed}
    filled = [*lines, ("", "1", {}), ("", "1", {})]
    for number, (item, quantity, *more) in enumerate(filled):
        data |= {f"lines-{number}-item": item, f"lines-{number}-quantity": quantity}
        data |= {f"lines-{number}-{name}": value for name, value in (more[0] if more else {}).items()}
    return data


def held(template):
    draft = template.versions.drafts().with_contents().get()
    return [(line.item.name, line.quantity) for line in contents(draft)]


def edit(client, template, data):
    return client.post(f"/kits/templates/{template.pk}/edit/", data)


def test_a_template_is_created_once_and_leads_to_its_draft(client):
    form = {"name": "Kit femme", "name_en": "Kit for a woman", "kind": "kit"}
    for _time in range(2):
        page = client.post("/kits/templates/new/", form, follow=True)
        assert page.request["PATH_INFO"].endswith("/edit/")
    assert KitTemplate.objects.get().versions.count() == 1


def test_a_draft_is_saved_whole_with_its_substitutes(client, template):
    for name in ("Savon", "Gel douche", "Serviette"):
        an_item(name)
    more = {"substitute_1": "Savon", "note": "sans parfum", "is_optional": "on"}
    edit(client, template, rows(("Serviette", "2"), ("Gel douche", "1", more)))
    line = contents(template.versions.drafts().with_contents().get())[1]
    assert held(template) == [("Serviette", 2), ("Gel douche", 1)]
    assert ([item.name for item in line.substitutes], line.note, line.is_optional) == (["Savon"], "sans parfum", True)
    page = client.get(f"/kits/templates/{template.pk}/edit/").content.decode()
    assert 'value="sans parfum"' in page


@pytest.mark.parametrize(
    ("pressed", "expected"),
    [
        ({"up": "1"}, ["Serviette", "Savon", "Peigne"]),
        ({"down": "0"}, ["Serviette", "Savon", "Peigne"]),
        ({"down": "1"}, ["Savon", "Peigne", "Serviette"]),
        ({"take_out": "1"}, ["Savon", "Peigne"]),
        ({"up": "0"}, ["Savon", "Serviette", "Peigne"]),
        ({"take_out": "99"}, ["Savon", "Serviette", "Peigne"]),
        ({"up": "x"}, ["Savon", "Serviette", "Peigne"]),
    ],
)
def test_a_line_is_moved_and_removed_by_a_button(client, template, pressed, expected):
    names = ("Savon", "Serviette", "Peigne")
    for name in names:
        an_item(name)
    for _time in range(2):  # the same press sent twice
        edit(client, template, rows(*((name, "1") for name in names), **pressed))
        assert [name for name, _quantity in held(template)] == expected


@pytest.mark.parametrize(
    ("quantity", "sentence"),
    [
        ("0", "Enter at least 1"),
        ("-2", "cannot be negative"),
        ("1,5", "a whole number"),
        ("deux", "in digits"),
        ("1000", "between 1 and 999"),
        ("99999999999", "more than 100"),
    ],
)
def test_a_wrong_quantity_is_said_at_its_line_and_what_was_typed_is_kept(client, template, quantity, sentence):
    an_item("Savon")
    page = edit(client, template, rows(("Savon", quantity), ("Savon", "1")))
    line = page.context["lines"].forms[0]
    assert sentence in line.errors["quantity"][0].replace("\u202f", " ")
    assert line["quantity"].value() == quantity
    assert held(template) == []


def test_infant_formula_is_refused_with_the_reason_and_an_unknown_article_named(client, template):
    infant_formula()
    page = edit(client, template, rows(("Lait premier âge", "1")))
    assert "“Lait premier âge”: infant formula, bottles and teats are not taken here." in page.content.decode()
    page = edit(client, template, rows(("Licorne", "1")))
    assert "No article is called “Licorne”" in page.content.decode()


def test_an_article_twice_is_said_at_the_second_line(client, template):
    an_item("Savon")
    page = edit(client, template, rows(("Savon", "1"), ("Savon", "2")))
    assert page.context["lines"].forms[1].errors["item"] == ["Savon is on line 1 already: change the quantity there."]


def test_a_kit_is_built_on_a_base_and_modules(client, template):
    base = published(DraftLine((an_item("Savon"),), 1), name="Base")
    module = published(DraftLine((an_item("Couches"),), 12), name="Module bébé", kind=TemplateKind.MODULE)
    edit(client, template, {**rows(), "base": base.pk, "modules": [module.pk], "publish": "1"})
    page = client.post(f"/kits/templates/{template.pk}/publish/", follow=True)
    assert "Kit femme, version 1 is published" in page.content.decode()
    assert [line.item.name for line in contents(TemplateVersion.objects.with_contents().get(template=template))] == [
        "Savon",
        "Couches",
    ]


def test_before_one_publishes_one_reads_that_weights_are_assumed(client, template):
    edit(client, template, rows((an_item("Savon").name, "1")))
    page = client.get(f"/kits/templates/{template.pk}/publish/")
    assert "some weights are assumed or unknown" in page.content.decode()


def test_an_empty_draft_is_not_published_and_the_page_says_why(client, template):
    page = client.post(f"/kits/templates/{template.pk}/publish/")
    assert "at least one article that is not optional" in page.content.decode()
    assert not template.versions.published().exists()


def test_a_published_template_offers_a_new_version_and_opens_one(client):
    template = published(DraftLine((an_item("Savon"),), 1)).template
    address = f"/kits/templates/{template.pk}/edit/"
    assert "Prepare the new version" in client.get(address).content.decode()
    assert not template.versions.drafts().exists()
    client.post(address)
    client.post(address, rows(("Savon", "3")))
    assert held(template) == [("Savon", 3)]


def test_a_template_says_what_it_holds_what_it_weighs_and_what_stops_it(client, signed_in):
    stocked("Savon", 9)
    version = published(DraftLine((an_item("Savon"),), 2), DraftLine((stocked("Serviette", 3),), 1))
    for browser in (client, signed_in(a_volunteer())):
        page = browser.get(f"/kits/templates/{version.template.pk}/").content.decode()
        assert "Makes 3 now; Serviette stops it." in page
        assert "weight unknown" in page


def test_two_versions_are_compared(client):
    template = published(DraftLine((an_item("Savon"),), 1), DraftLine((an_item("Peigne"),), 1)).template
    draft = new_draft(template=template, actor=a_coordinator())
    save_draft(
        version=draft,
        lines=[DraftLine((an_item("Savon"),), 2), DraftLine((an_item("Brosse"),), 1)],
        actor=a_coordinator(),
    )
    publish(version=draft, actor=a_coordinator())
    page = client.get(f"/kits/templates/{template.pk}/compare/")
    changes = {found.item.name: found.change for found in page.context["changed"]}
    assert changes == {"Savon": "changed", "Brosse": "added", "Peigne": "removed"}
    assert client.get(f"/kits/templates/{template.pk}/compare/?before=x&after=99").status_code == 200


def test_renaming_refuses_a_name_that_is_taken(client, template):
    published(DraftLine((an_item("Savon"),), 1), name="Kit enfant")
    page = client.post(f"/kits/templates/{template.pk}/rename/", {"name": "Kit enfant", "is_active": "on"})
    assert "“Kit enfant” already" in page.context["form"].errors["name"][0]


def test_the_pages_send_as_many_statements_for_one_row_as_for_eight(client):
    first = published(DraftLine((stocked("Savon", 5), an_item("Gel")), 1), name="Kit 0").template

    def sent():
        addresses = ["/kits/templates/", f"/kits/templates/{first.pk}/", f"/kits/templates/{first.pk}/compare/"]
        return [statements(lambda address=address: client.get(address)) for address in addresses]

    one = sent()
    for number in range(1, 8):
        published(DraftLine((stocked(f"Article {number}", 5),), 1), name=f"Kit {number}")
        draft = new_draft(template=first, actor=a_coordinator())
        publish(version=draft, actor=a_coordinator())
    assert sent() == one
    assert max(one) <= 15


def test_the_draft_s_page_sends_as_many_statements_for_one_line_as_for_eight(client, template):
    draft, coordinator = template.versions.get(), a_coordinator()
    lines = [DraftLine((an_item(f"Article {number}"), an_item(f"Autre {number}")), 1) for number in range(8)]
    sent = []
    for number in (1, 8):
        save_draft(version=draft, lines=lines[:number], actor=coordinator)
        sent.append(statements(lambda: client.get(f"/kits/templates/{template.pk}/edit/")))
    assert sent[0] == sent[1] <= 15
