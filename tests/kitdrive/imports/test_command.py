"""`manage.py import`: it says what a file would do, and with --apply does all of it or nothing."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from network.models import Organisation
from tests.cast import a_coordinator, a_volunteer, an_admin, the_house

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

GOOD = "name;kind;department\nLes Lilas;pmi;93\nLes Glycines;association;75\n"
BAD = GOOD + "Le Donjon;castle;75\nM. Durand;pmi;99\n"


@pytest.fixture
def file(tmp_path) -> Path:
    path = tmp_path / "organisations.csv"
    path.write_text(GOOD)
    return path


def test_without_apply_it_writes_nothing(file, capsys):
    an_admin()
    call_command("import", "organisations", file)
    assert "2 new" in capsys.readouterr().out
    assert not Organisation.objects.exists()


def test_with_apply_it_writes_once(file, capsys):
    an_admin()
    call_command("import", "organisations", file, "--apply")
    call_command("import", "organisations", file, "--apply")
    assert "changes nothing" in capsys.readouterr().out
    assert Organisation.objects.count() == 2


def test_every_bad_row_is_printed_and_nothing_is_written(file, capsys):
    an_admin()
    file.write_text(BAD)
    with pytest.raises(CommandError, match="2 cells"):
        call_command("import", "organisations", file, "--apply")
    said = capsys.readouterr().out
    assert "Row 4, kind, “castle”: This word is not in the list. Write one of these words," in said
    assert "Row 5, name, “M.…”" in said
    assert not Organisation.objects.exists()


def test_a_bad_dry_run_ends_with_an_error_too(file):
    an_admin()
    file.write_text(BAD)
    with pytest.raises(CommandError):
        call_command("import", "organisations", file)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0old", "old Excel"),
        ("name;kind\nPâquerettes;pmi\n".encode("cp1252"), "not in UTF-8"),
        (b"%PDF-1.7", "not a table"),
    ],
)
def test_what_is_no_table_is_said(file, content, sentence):
    an_admin()
    file.write_bytes(content)
    with pytest.raises(CommandError, match=sentence):
        call_command("import", "organisations", file)


def test_a_file_that_is_not_there_is_said(tmp_path):
    an_admin()
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import", "organisations", tmp_path / "nowhere.csv")


def test_with_several_houses_one_is_named(file):
    an_admin(house=the_house("Maison des Saules"))
    the_house()
    with pytest.raises(CommandError, match="Maison des Saules, Maison des Tilleuls"):
        call_command("import", "organisations", file)
    call_command("import", "organisations", file, "--apply", "--house", "Maison des Saules")
    assert {organisation.house.name for organisation in Organisation.objects.all()} == {"Maison des Saules"}


def test_with_several_administrators_one_is_named_to_write(file):
    first, _second = an_admin(), an_admin()
    call_command("import", "organisations", file)
    with pytest.raises(CommandError, match="--actor"):
        call_command("import", "organisations", file, "--apply")
    call_command("import", "organisations", file, "--apply", "--actor", first.email.upper())
    assert Organisation.objects.count() == 2


def test_who_coordinates_may_and_who_does_not_may_not(file):
    volunteer, elsewhere = a_volunteer(), an_admin(house=the_house("Maison des Saules"))
    for email in (volunteer.email, elsewhere.email, "nobody@example.org"):
        with pytest.raises(CommandError, match="--actor"):
            call_command("import", "organisations", file, "--apply", "--house", the_house().name, "--actor", email)
    actor = a_coordinator().email
    call_command("import", "organisations", file, "--apply", "--house", the_house().name, "--actor", actor)
    assert Organisation.objects.count() == 2
