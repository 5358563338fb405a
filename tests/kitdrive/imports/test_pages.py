"""Reading a file in the browser: choose it, look at what it would do, then write all of it or nothing."""

import io
import re
import zipfile
from datetime import timedelta

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from kitdrive.imports import KINDS, keeping
from kitdrive.imports.listing import example
from network.models import Membership, Organisation
from tests.cast import a_coordinator, a_key, a_volunteer, the_house
from web.imports.kinds import dry_run
from web.imports.report import Plan, Unknown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

GOOD = "name;kind;department\nLes Lilas;pmi;93\nLes Glycines;association;75\n"
PAGE = "/imports/organisations/"


@pytest.fixture
def coordinator(client, settings):
    settings.DEMO = True  # no second factor
    client.user = a_coordinator()
    client.force_login(client.user)
    return client


def look(client, content: bytes | str = GOOD, name: str = "organisations.csv", page: str = PAGE):
    content = content.encode() if isinstance(content, str) else content
    return client.post(page, {"key": a_key(), "file": SimpleUploadedFile(name, content)})


def write(client, looked, page: str = PAGE, **more):
    return client.post(page, {"kept": looked.context["kept"], **more}, follow=True)


def as_xlsx(text: str) -> bytes:
    book = openpyxl.Workbook()
    for line in text.splitlines():
        book.active.append(line.split(";"))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [GOOD, "\ufeff" + GOOD, GOOD.replace(";", ","), GOOD.replace("\n", "\r\n"), as_xlsx(GOOD)],
    ids=["semicolons", "byte-order mark", "commas", "Windows", "xlsx"],
)
def test_a_file_is_looked_at_then_written(coordinator, content):
    looked = look(coordinator, content)
    assert not Organisation.objects.exists()
    assert (looked.context["report"].plan.create, "kept" in looked.context) == (2, True)
    assert "2 new" in write(coordinator, looked).content.decode()
    assert Organisation.objects.count() == 2


def test_the_same_file_again_changes_nothing_and_says_so(coordinator):
    looked = look(coordinator)
    write(coordinator, looked)
    assert "changes nothing" in write(coordinator, looked).content.decode()  # the button pressed twice
    again = look(coordinator)
    assert "changes nothing" in again.content.decode()
    assert "kept" not in again.context
    assert Organisation.objects.count() == 2


def test_every_bad_cell_is_shown_and_there_is_no_button_to_write(coordinator):
    looked = look(coordinator, GOOD + "Le Donjon;castle;99\n;pmi;75\n")
    page = looked.content.decode()
    assert {(error.row, error.column) for error in looked.context["report"].errors} == {
        (4, "kind"),
        (4, "department"),
        (5, "name"),
    }
    assert "castle" in page
    assert "kept" not in looked.context


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"\n\n", "The file is empty"),
        (b"\xd0\xcf\x11\xe0old", "old Excel file"),
        ("name;kind\nPâquerettes;pmi\n".encode("cp1252"), "Row 2 has letters that are not in UTF-8"),
        ("name\n".encode("utf-16"), "UTF-16"),
        (b"%PDF-1.7\n", "This is not a table"),
        (b"\x89PNG\r\n", "This is not a table"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"name;name\nA;B\n", "Two columns are named"),
    ],
)
def test_what_cannot_be_read_is_said_at_the_field(coordinator, content, sentence):
    looked = look(coordinator, content, "dossier.csv")
    assert sentence in looked.context["form"].errors["file"][0]
    assert looked.status_code == 200


def test_what_is_too_large_is_said(coordinator, monkeypatch):
    monkeypatch.setattr("kitdrive.imports.forms.MOST_BYTES", 10)
    assert "larger than 10 MB" in look(coordinator).context["form"].errors["file"][0]
    monkeypatch.undo()
    monkeypatch.setattr(keeping, "MOST_KEPT", 10)
    assert "manage.py import" in look(coordinator).context["form"].errors["file"][0]


def test_without_a_file_one_is_asked_for(coordinator):
    answer = coordinator.post(PAGE, {})
    assert answer.context["form"].errors["file"] == ["Choose the file to read."]


def test_an_archive_that_is_no_sheet_is_said(coordinator):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "not a spreadsheet" in look(coordinator, file.getvalue(), "a.xlsx").context["form"].errors["file"][0]


def test_a_spreadsheet_of_2014_is_read_once_it_is_saved_anew(coordinator):
    old = GOOD + "Crèche des Noëls;association;1\n"
    assert "CSV UTF-8" in look(coordinator, old.encode("cp1252")).context["form"].errors["file"][0]
    write(coordinator, look(coordinator, old))
    assert Organisation.objects.get(name="Crèche des Noëls").department.name == "Ain"


def test_what_was_kept_is_good_for_an_hour_and_for_whom_it_was_kept(coordinator):
    looked = look(coordinator)
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert "more than an hour ago" in write(coordinator, looked).content.decode()
    coordinator.force_login(a_coordinator())
    assert "Choose it again" in write(coordinator, looked).content.decode()
    assert not Organisation.objects.exists()


def test_what_was_kept_for_one_house_is_not_written_to_another(coordinator):
    looked = look(coordinator)
    Membership.objects.create(user=coordinator.user, role="coordinator", house=the_house("Maison des Saules"))
    coordinator.post(reverse("choose_house"), {"house": the_house("Maison des Saules").pk})
    assert "Choose it again" in write(coordinator, looked).content.decode()
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("kept", ["", "garbage", "a:b:c", "é" * 50])
def test_garbage_is_not_a_file(coordinator, kept):
    answer = coordinator.post(PAGE, {"kept": kept}, follow=True)
    assert "Choose it again" in answer.content.decode()


def test_a_name_that_nobody_knows_waits_for_its_tick(coordinator, monkeypatch):
    plan = Plan(create=1, unknown=[Unknown("structure", "CHRS Nord", rows=3)], work=[])
    monkeypatch.setattr(type(KINDS[0]), "plan", lambda self, rows, acting: plan)
    looked = look(coordinator)
    assert 'value="structure:CHRS Nord"' in looked.content.decode()
    refused = write(coordinator, looked)
    assert "Tick the names that are new" in refused.content.decode()
    done = write(coordinator, refused, ticked="structure:CHRS Nord")
    assert "1 new" in done.content.decode()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_each_kind_has_an_example_that_reads_without_a_fault(coordinator, kind):
    answer = coordinator.get(reverse("import_example", args=[kind.slug]))
    content = b"".join(answer.streaming_content)
    page = reverse("import_file", args=[kind.slug])
    looked = look(coordinator, content, page=page)
    assert looked.context["report"].errors == []
    assert set(example(kind).columns) == set(kind.row_form.base_fields)
    assert write(coordinator, looked, page=page).context["messages"]
    assert "changes nothing" in look(coordinator, content, page=page).content.decode()


def test_the_kinds_are_listed_with_their_columns(coordinator):
    page = coordinator.get(reverse("import_list")).content.decode()
    for kind in KINDS:
        assert reverse("import_file", args=[kind.slug]) in page
    needed, others = [
        re.findall("<code>(.*?)</code>", part) for part in re.findall("<dd>(.*?)</dd>", page, re.DOTALL)[:2]
    ]
    assert (needed, "contact_email" in others) == (["name"], True)


def test_an_unknown_kind_is_not_found(coordinator):
    assert coordinator.get("/imports/castles/").status_code == 404
    assert coordinator.get("/imports/castles/example.csv").status_code == 404


def test_files_are_for_the_coordination(client, settings):
    settings.DEMO = True
    client.force_login(a_volunteer())
    for name, args in (("import_list", []), ("import_file", ["organisations"]), ("import_example", ["organisations"])):
        assert client.get(reverse(name, args=args)).status_code == 403
    assert look(client).status_code == 403


def test_a_dry_run_reads_only(coordinator, django_assert_num_queries):
    from network.acting import choose

    acting = choose(coordinator.user, Membership.objects.of_user(coordinator.user), None)
    dry_run(KINDS[0], GOOD.encode(), "a.csv", acting)  # the areas are read once
    with django_assert_num_queries(1):
        dry_run(KINDS[0], GOOD.encode(), "a.csv", acting)
