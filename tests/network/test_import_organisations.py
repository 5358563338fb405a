"""The file of organisations: a dry run first, the same file again changes nothing, confidential rows stay silent."""

import pytest

from network.acting import choose
from network.imports import OrganisationsImport
from network.models import Membership, Organisation
from tests.cast import a_coordinator
from web.imports.kinds import ImportRefused, apply_import, dry_run

pytestmark = pytest.mark.django_db

HEAD = "name;kind;department;city;confidential;address;contact_email\n"
GOOD = HEAD + "Les Lilas;pmi;93;Pantin;no;3 rue Haute;lilas@example.org\nMésange;shelter;75;;yes;;\n"


def load(text: str, acting=None):
    return apply_import(
        OrganisationsImport(), text.encode(), "organisations.csv", acting or an_acting(), ticked=frozenset()
    )


def an_acting():
    user = a_coordinator()
    return choose(user, Membership.objects.of_user(user), None)


def test_a_file_makes_its_organisations_once():
    acting = an_acting()
    assert load(GOOD, acting).plan.create == 2
    again = load(GOOD, acting)
    assert (again.plan.create, again.plan.change, again.plan.unchanged) == (0, 0, 2)


def test_of_a_confidential_row_the_kind_is_dropped_and_the_department_read_as_its_region():
    load(GOOD)
    place = Organisation.objects.get(name="Mésange")
    assert (place.kind, place.department, place.region.name) == ("", None, "Île-de-France")


@pytest.mark.parametrize("area", ["Paris", "75", "Île-de-France", "ile-de-france"])
def test_an_area_is_a_code_or_a_name(area):
    load(HEAD + f"Mésange;;{area};;oui;;\n")
    assert Organisation.objects.get().region.code == "11"


def test_a_department_of_one_digit_lost_its_zero_in_the_spreadsheet():
    load(HEAD + "Les Lilas;pmi;1;;;;\n")
    assert Organisation.objects.get().department.name == "Ain"


def test_who_writes_a_region_is_asked_for_the_department_alone():
    report = dry_run(OrganisationsImport(), (HEAD + "Les Lilas;pmi;Bretagne;;no;;\n").encode(), "f.csv", an_acting())
    [error] = report.errors
    assert (error.value, str(error.sentence)[:16]) == ("Bretagne", "This is a region")
    assert "region" not in str(error.remedy)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("Mésange;;75;Paris;yes;;", "city"),
        ("Mésange;;75;;yes;3 rue Haute;", "address"),
        ("Mésange;;75;;yes;;refuge@example.org", "contact_email"),
        ("Mme Durand;pmi;75;;no;;", "name"),
        ("Les Lilas;;75;;no;;", "kind"),
        ("Les Lilas;castle;75;;no;;", "kind"),
        ("Les Lilas;pmi;99;;no;;", "department"),
        ("Les Lilas;pmi;Bretagne;;no;;", "department"),
        ("Les Lilas;pmi;75;;no;;;123456789", "siren"),
        ("Les Lilas;pmi;75;;no;;;12345678", "siren"),
        ("Mésange;;75;;yes;;;123456782", "siren"),
    ],
)
def test_a_bad_cell_is_named_and_nothing_is_written(row, column):
    acting = an_acting()
    file = HEAD.replace("\n", ";siren\n") + row + ";" * (7 - row.count(";"))
    report = dry_run(OrganisationsImport(), file.encode(), "f.csv", acting)
    assert [(error.row, error.column) for error in report.errors] == [(2, column)]
    with pytest.raises(ImportRefused):
        load(file, acting)
    assert not Organisation.objects.exists()


def test_a_changed_row_changes_its_organisation():
    acting = an_acting()
    load(GOOD, acting)
    assert load(GOOD.replace("Pantin", "Bobigny"), acting).plan.change == 1
    assert Organisation.objects.get(name="Les Lilas").city == "Bobigny"


def test_a_siren_is_kept_without_its_spaces_and_written_again_changes_nothing():
    acting, file = an_acting(), HEAD.replace("\n", ";siren\n") + "Les Lilas;pmi;93;;no;;;987 654 324\n"
    load(file, acting)
    assert Organisation.objects.get().siren == "987654324"
    assert load(file.replace("987 654 324", "987654324"), acting).plan.unchanged == 1


def test_what_a_file_has_no_column_for_stays_and_an_empty_cell_empties():
    acting = an_acting()
    load(HEAD + "Les Lilas;pmi;93;Pantin;no;3 rue Haute;lilas@example.org\n", acting)
    Organisation.objects.update(siren="987654324")
    load("name;kind;city\nLes Lilas;pmi;Bobigny\n", acting)
    lilas = Organisation.objects.get()
    assert (lilas.city, lilas.address, lilas.siren) == ("Bobigny", "3 rue Haute", "987654324")
    assert (lilas.contact_email, lilas.department.code) == ("lilas@example.org", "93")
    load("name;kind;address\nLes Lilas;pmi;\n", acting)
    assert Organisation.objects.get().address == ""


def test_a_place_becomes_confidential_on_its_own_page_only():
    acting = an_acting()
    load(GOOD, acting)
    report = dry_run(OrganisationsImport(), (HEAD + "Les Lilas;;93;;yes;;\n").encode(), "f.csv", acting)
    assert report.errors[0].column == "confidential"


def test_a_file_without_kinds_changes_what_it_says_of_those_that_are_known_and_makes_no_new_one():
    acting = an_acting()
    load(GOOD, acting)
    plan = load("name;city\nLes Lilas;Bobigny\n", acting).plan
    assert (plan.change, Organisation.objects.get(name="Les Lilas").kind) == (1, "pmi")
    report = dry_run(OrganisationsImport(), b"name;city\nLes Roses;Bobigny\n", "f.csv", acting)
    assert [(error.row, error.column) for error in report.errors] == [(2, "kind")]


def test_a_file_that_does_not_say_what_is_confidential_leaves_it_so():
    acting = an_acting()
    load(GOOD, acting)
    plan = load("name;department\nMésange;69\n", acting).plan
    place = Organisation.objects.get(name="Mésange")
    assert (plan.change, place.is_confidential, place.region.name) == (1, True, "Auvergne-Rhône-Alpes")
    assert (place.kind, place.department) == ("", None)


def test_what_has_a_kind_is_not_the_confidential_place_of_its_name():
    acting = an_acting()
    load(GOOD, acting)
    report = dry_run(OrganisationsImport(), "name;kind\nMésange;pmi\n".encode(), "f.csv", acting)
    assert [(error.row, error.column) for error in report.errors] == [(2, "confidential")]


@pytest.mark.parametrize(("column", "value"), [("city", "Paris"), ("siren", "987654324"), ("contact_email", "a@b.org")])
def test_what_leads_to_a_confidential_place_is_refused_whatever_the_file_leaves_out(column, value):
    acting = an_acting()
    load(GOOD, acting)
    report = dry_run(OrganisationsImport(), f"name;{column}\nMésange;{value}\n".encode(), "f.csv", acting)
    assert [(error.row, error.column, error.value) for error in report.errors] == [(2, column, value)]


def test_an_empty_kind_is_judged_where_the_file_has_the_column():
    acting = an_acting()
    load(GOOD, acting)
    report = dry_run(OrganisationsImport(), b"name;kind\nLes Lilas;\n", "f.csv", acting)
    assert [(error.row, error.column) for error in report.errors] == [(2, "kind")]


def test_a_region_alone_is_of_no_place_that_is_open():
    acting = an_acting()
    load(GOOD, acting)
    report = dry_run(OrganisationsImport(), b"name;department\nLes Lilas;Bretagne\n", "f.csv", acting)
    assert [(error.row, error.column) for error in report.errors] == [(2, "department")]
