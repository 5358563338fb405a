"""The administration: every page of it opens, shows one house alone, and goes around no rule."""

import re
from types import SimpleNamespace

import pytest
from allauth.mfa.totp.internal import auth
from django.contrib import admin
from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from distribution.models import Handover, HandoverUndo, ShipmentKit
from distribution.shipments import pack_shipment
from kits.models import AcceptedItem, Kit, KitLine, KitTemplate, TemplateVersion
from kits.operations import pack
from network.enums import OrganisationKind, Role
from network.models import House, Membership, Organisation, SensitiveRead, Site
from stock.models import Balance, Item, Lot, Movement, Operation, Place, Reservation
from tests.cast import (
    a_coordinator,
    a_drive,
    a_key,
    a_person,
    a_site,
    a_version,
    a_volunteer,
    an_admin,
    an_item,
    an_organisation,
    infant_formula,
    stocked,
    the_house,
    the_store,
)
from tests.distribution.stage import a_shipment
from tests.queries import statements

pytestmark = pytest.mark.django_db
REGISTERED = sorted(admin.site._registry, key=lambda model: model._meta.label)
NEVER_HERE = (Handover, HandoverUndo, SensitiveRead, ShipmentKit)


@pytest.fixture
def administrator(client):
    user = an_admin(name="Dominique")
    auth.TOTP.activate(user, auth.generate_totp_secret())
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def goods():
    """Soap and a towel in stock, a kit packed from them, a session's worth of rows of most kinds."""
    soap, towel = stocked("Savon", 10), stocked("Serviette", 10)
    version = a_version({soap: 1, towel: 1})
    pack(version=version, count=2, place=the_store(), drive=a_drive(), actor=a_coordinator(), key=a_key())


def page_of(row, action: str = "change") -> str:
    options = row._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_{action}", args=[quote(row.pk)])


def list_of(model) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def add_of(model) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")


def test_handovers_and_reads_are_not_there():
    assert not set(NEVER_HERE) & set(REGISTERED)
    assert all(hasattr(page, "house_path") for page in admin.site._registry.values())


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.label)
def test_every_list_opens_and_searches(administrator, goods, model):
    assert administrator.get(list_of(model)).status_code == 200
    assert administrator.get(list_of(model), {"q": "sav"}).status_code == 200


def test_a_filter_bears_the_name_of_what_it_narrows(administrator, in_english):
    a_site("Atelier")
    page = administrator.get(reverse("admin:network_site_changelist")).content.decode()
    assert "<summary>Confidential place</summary>" in page


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.label)
def test_every_row_opens_with_its_history(administrator, goods, model):
    page = admin.site._registry[model]
    request = SimpleNamespace(acting=SimpleNamespace(house=the_house(), has_role=lambda *roles: True), user=User())
    row = page.get_queryset(request).first()
    if row is not None:
        assert administrator.get(page_of(row)).status_code == 200
        assert administrator.get(page_of(row, "history")).status_code == 200


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.label)
def test_a_form_to_add_opens_or_is_refused(administrator, model):
    assert administrator.get(add_of(model)).status_code in (200, 403)


@pytest.mark.parametrize("model", [Operation, Movement, Lot])
def test_the_ledger_is_only_read(administrator, goods, model):
    row = model.objects.first()
    assert administrator.get(add_of(model)).status_code == 403
    assert administrator.post(page_of(row), {"quantity": 9}).status_code == 403
    assert administrator.post(page_of(row, "delete"), {"post": "yes"}).status_code == 403


def test_another_houses_rows_are_not_found(administrator):
    there = the_house("Autre maison")
    others = [an_item("Gel", house=there), a_site("Ailleurs", house=there), a_drive("Autre", house=there), there]
    others += [an_organisation("Là-bas", house=there), a_volunteer(house=there)]
    for row in others:
        assert administrator.get(page_of(row)).status_code == 404
        assert administrator.get(page_of(row, "history")).status_code == 404
        assert str(row) not in administrator.get(list_of(type(row))).content.decode()


def test_searching_a_choice_offers_one_house_alone(administrator):
    an_organisation("Les Iris"), an_organisation("Les Iris bleus", house=the_house("Autre maison"))
    where = {"app_label": "network", "model_name": "membership", "field_name": "organisation", "term": "iris"}
    found = administrator.get(reverse("admin:autocomplete"), where).json()["results"]
    assert [row["text"] for row in found] == ["Les Iris"]


def test_a_row_is_added_to_ones_own_house(administrator):
    none = {"gtins-TOTAL_FORMS": "0", "gtins-INITIAL_FORMS": "0"}
    new = {"name": "Peigne", "category": "hygiene", "unit": "piece", "date_rule": "none", "is_active": "on", **none}
    administrator.post(add_of(Item), new)
    assert Item.objects.get(name="Peigne").house == the_house()
    assert "existe" in administrator.post(add_of(Item), new).content.decode() or "exists"


def test_a_gtin_is_checked_and_padded(administrator):
    item = an_item()
    form = {"name": "Savon", "unit": "piece", "date_rule": "none", "is_active": "on"}
    lines = {"gtins-TOTAL_FORMS": "1", "gtins-INITIAL_FORMS": "0", "gtins-0-item": item.pk}
    assert administrator.post(page_of(item), {**form, **lines, "gtins-0-code": "3017620422004"}).status_code == 200
    assert administrator.post(page_of(item), {**form, **lines, "gtins-0-code": "3017620422003"}).status_code == 302
    assert item.gtins.get().code == "03017620422003"


def a_draft() -> TemplateVersion:
    template = KitTemplate.objects.create(house=the_house(), name="Trousseau")
    return TemplateVersion.objects.create(template=template, number=1)


def test_no_infant_formula_gets_into_a_kit(administrator):
    line = KitLine.objects.create(version=a_draft(), position=1, quantity=1)
    milk = infant_formula()
    administrator.post(add_of(AcceptedItem), {"line": line.pk, "item": milk.pk, "position": 0})
    assert not line.accepted.exists()
    where = {"app_label": "kits", "model_name": "accepteditem", "field_name": "item", "term": "lait"}
    assert administrator.get(reverse("admin:autocomplete"), where).json()["results"] == []
    administrator.post(add_of(AcceptedItem), {"line": line.pk, "item": an_item().pk, "position": 0})
    assert line.accepted.exists()


def test_a_published_version_is_only_read(administrator, goods):
    version = TemplateVersion.objects.get()
    for row in (version, version.lines.first(), AcceptedItem.objects.first()):
        assert administrator.post(page_of(row), {"quantity": 5, "position": 1}).status_code == 403
        assert administrator.post(page_of(row, "delete"), {"post": "yes"}).status_code == 403


def test_each_field_of_a_table_of_rows_says_its_name(administrator):
    line = KitLine.objects.create(version=a_draft(), position=1, quantity=2)
    page = administrator.get(page_of(line.version)).content.decode()
    fields = re.findall(r'<(?:input|select|textarea)[^>]* name="lines-0-[^>]*>', page)
    shown = [field for field in fields if 'type="hidden"' not in field]
    assert len(shown) == 5
    assert all('aria-label="' in field for field in shown)


def test_a_site_opened_here_has_its_places(administrator):
    none = {"opening_hours-TOTAL_FORMS": "0", "opening_hours-INITIAL_FORMS": "0"}
    administrator.post(
        add_of(Site), {"name": "Atelier", "kind": "store", "address": "1 place", "is_active": "on", **none}
    )
    assert Site.objects.get().places.count() == 2


def test_a_place_is_closed_on_its_own_page_and_not_here(administrator):
    store = the_store()
    administrator.post(page_of(store), {"name": "Cave"})
    assert Place.objects.filter(pk=store.pk, name="Cave", is_active=True).exists()


def test_a_confidential_place_says_no_more_here_than_elsewhere(administrator):
    new = {"name": "Mésange", "is_confidential": "on", "kind": "shelter", "city": "Pantin", "is_active": "on"}
    answer = administrator.post(add_of(Organisation), new)
    assert set(answer.context["adminform"].form.errors) == {"kind", "city"}
    organisation = an_organisation("Refuge", OrganisationKind.SHELTER)
    administrator.post(page_of(organisation), {"name": "Refuge", "kind": "shelter", "is_confidential": "on"})
    organisation.refresh_from_db()
    assert not organisation.is_confidential


def test_a_role_is_given_by_address_in_ones_own_house_alone(administrator):
    somebody = a_person(None)
    administrator.post(add_of(Membership), {"email": somebody.email, "role": "volunteer"})
    assert somebody.memberships.get().house == the_house()
    theirs = a_site("Ailleurs", house=the_house("Autre maison"))
    administrator.post(add_of(Membership), {"email": somebody.email, "role": "distributor", "site": theirs.pk})
    administrator.post(add_of(Membership), {"email": somebody.email, "role": "network"})
    assert somebody.memberships.count() == 1


def test_a_form_is_called_by_a_sentence_that_reads_right_in_french(administrator):
    with translation.override("fr"):
        page = administrator.get(add_of(Item), headers={"accept-language": "fr"}).content.decode()
    assert "<h1>Ajouter : article</h1>" in page.replace("\xa0", " ")
    assert "Ajout de" not in page


@pytest.mark.parametrize(
    ("role", "scope", "field"),
    [
        ("distributor", {}, "site"),
        ("coordinator", {"site"}, "site"),
        ("partner", {}, "organisation"),
        ("partner", {"site", "organisation"}, "site"),
        ("volunteer", {"organisation"}, "organisation"),
    ],
)
def test_a_wrong_scope_is_told_at_its_field_and_of_this_role_alone(administrator, role, scope, field):
    own = {"site": a_site().pk, "organisation": an_organisation("Entraide").pk}
    asked = {"email": a_person(None).email, "role": role, **{name: own[name] for name in scope}}
    errors = administrator.post(add_of(Membership), asked).context["adminform"].form.errors
    assert (list(errors), len(errors[field])) == ([field], 1)


def test_a_role_ends_but_never_the_last_administrators(administrator):
    own, other = administrator.user.memberships.get(), a_volunteer().memberships.get()
    for membership in (own, other):
        administrator.post(page_of(membership), {"ends_on": "2020-01-01"})
        membership.refresh_from_db()
    assert own.ends_on is None
    assert other.ends_on is not None


def test_nobody_becomes_a_superuser_here(administrator):
    volunteer = a_volunteer()
    none = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
    form = {"email": volunteer.email, "name": "Alix", "language": "fr", "is_active": "on", "is_superuser": "on"}
    administrator.post(page_of(volunteer), {**form, "is_staff": "on", "groups": "1", **none})
    volunteer.refresh_from_db()
    assert (volunteer.name, volunteer.is_superuser, volunteer.is_staff) == ("Alix", False, False)


def test_an_account_of_two_houses_is_read_here_and_not_changed(administrator):
    both = a_volunteer()
    Membership.objects.create(user=both, role=Role.ADMIN, house=the_house("Autre maison"))
    assert administrator.get(page_of(both)).status_code == 200
    assert administrator.post(page_of(both), {"email": "taken@example.org"}).status_code == 403
    for name in ("password_link", "forget_second_factor", "close"):
        assert administrator.post(reverse(f"admin:accounts_user_{name}", args=[both.pk])).status_code == 403


def test_who_does_not_administer_is_sent_away(client):
    client.force_login(a_volunteer())
    login = client.get(reverse("admin:index"))
    assert login.url.startswith(reverse("admin:login"))
    assert client.get(login.url).status_code == 403


def test_the_administration_has_no_sign_in_of_its_own(client):
    user = a_volunteer()
    assert client.get(reverse("admin:login")).url.startswith(reverse("account_login"))
    client.post(reverse("admin:login"), {"username": user.email, "password": "corail-tilleul-42"})
    assert "_auth_user_id" not in client.session


def test_the_history_of_an_article_is_read_and_not_restored(administrator):
    item = an_item()
    item.name = "Savon doux"
    item.save()
    first = item.history.last()
    page = reverse("admin:stock_item_simple_history", args=[item.pk, first.pk])
    assert administrator.get(page).status_code == 200
    assert administrator.post(page, {"name": "Savon"}).status_code == 403
    assert House.objects.count() == 1


@pytest.mark.parametrize(
    ("model", "lookup"),
    [
        (User, "password__startswith"),
        (User, "sensitive_reads__isnull"),
        (User, "memberships__isnull"),
        (Organisation, "referred_handovers__isnull"),
        (Organisation, "referred_handovers__gt"),
        (Kit, "in_shipment"),
    ],
)
def test_an_address_asks_for_no_secret(administrator, goods, model, lookup):
    assert administrator.get(list_of(model), {lookup: "0"}).status_code == 400


def test_people_are_found_by_their_role_in_this_house_alone(administrator):
    both, here = a_volunteer(name="Sacha"), a_coordinator(name="Robin")
    Membership.objects.create(user=both, role=Role.COORDINATOR, house=the_house("Autre maison"))
    found = administrator.get(list_of(User), {"role": Role.COORDINATOR}).content.decode()
    assert here.email in found
    assert both.email not in found


@pytest.mark.parametrize(
    ("model", "said"),
    [
        (Movement, "10 × Savon, from donors to Atelier, Réserve"),
        (Balance, "10 × Savon at Atelier, Réserve"),
        (Reservation, "4 × Savon kept at Atelier, Réserve"),
    ],
)
def test_what_is_in_the_ledger_is_titled_by_what_it_is(administrator, in_english, model, said):
    soap = stocked("Savon", 10)
    pack_shipment(shipment=a_shipment((soap, 4)), actor=a_coordinator(), key=a_key())
    row = model.objects.earliest("pk")
    assert str(row) == said
    assert f"<h2>{said}</h2>" in administrator.get(page_of(row)).content.decode()


def test_the_rows_of_a_lot_and_of_an_operation_are_titled_in_as_many_statements_however_many_there_are(administrator):
    soap = stocked("Savon", 10)
    rows = soap.lots.get(), Operation.objects.get()

    def asked() -> list[int]:
        return [statements(lambda row=row: administrator.get(page_of(row))) for row in rows]

    asked()  # what is remembered after the first time
    few = asked()
    for number in range(4):
        stocked("Savon", 3, place=the_store(a_site(f"Dépôt {number}")))
    assert asked() == few
