"""A file of many rows that is refused is not stored, or no longer, and nothing of what it holds is kept."""

import pytest
from django.apps import apps

from kitdrive.imports import KINDS
from kitdrive.imports.long import Look
from tests.cast import a_coordinator
from tests.kitdrive.imports.test_long_files import looked, page
from tests.kitdrive.imports.test_pages import GOOD, as_xlsx, look
from web.jobs.models import Job, Upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def coordinator(client, settings, tmp_path, monkeypatch):
    monkeypatch.setattr(Look, "at_once", 1)
    settings.DEMO = True  # no second factor
    settings.MEDIA_ROOT = tmp_path
    client.user = a_coordinator()
    client.force_login(client.user)
    return client


def test_of_a_file_that_is_refused_nothing_is_kept(coordinator, tmp_path):
    rows = "Le Refuge;;11;12 rue Cachee;oui\nLes Lilas;castle;93;34 rue Ouverte;ouii\n"
    job = looked(coordinator, "name;kind;department;address;confidential\n" + rows)
    shown = page(coordinator, job)
    assert "A confidential place has no address here" in shown
    assert "neither yes nor no" in shown
    assert not Upload.objects.exists()
    (kept,) = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    for word in ("Cachee", "Ouverte", "castle", "Refuge"):
        assert word not in shown
        assert word.encode() not in kept
        assert word not in everything()


def everything() -> str:
    """All that is in the database."""
    return str([list(model._default_manager.values()) for model in apps.get_models() if model._meta.managed])


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [("nom de la personne", "This column is unknown"), ("castle", "This column is unknown")],
)
@pytest.mark.parametrize("form", [str.encode, as_xlsx], ids=["CSV", "xlsx"])
def test_headings_that_are_refused_are_said_at_once(coordinator, form, heading, sentence):
    answer = look(coordinator, form(GOOD.replace("kind", heading)))
    assert sentence in answer.content.decode()
    assert "2 rows read" in answer.content.decode()
    assert not Job.objects.exists()


def test_a_long_file_that_would_name_people_is_not_stored(coordinator, monkeypatch):
    monkeypatch.setattr(type(KINDS[0]), "forbids_people", True)
    answer = look(coordinator, GOOD.replace("kind", "prénom"))
    assert "because a leak can endanger them" in answer.content.decode()
    assert not Job.objects.exists()


def test_a_file_that_cannot_be_read_is_refused_at_once(coordinator):
    answer = look(coordinator, "name;kind\nPâquerettes;pmi\nLilas;pmi\n".encode("cp1252"))
    assert "Row 2 has letters that are not in UTF-8" in answer.context["form"].errors["file"][0]
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\n" * 300, "old Excel file"),
        (b"%PDF-1.7" + b"\n" * 300, "This is not a table"),
        (b"\x00\x01{" + b"\n" * 300 + b"x", "This is not a table"),
        (GOOD.encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04 broken" + b"\n" * 300, "damaged"),
    ],
    ids=["xls", "PDF", "binary", "UTF-16", "archive"],
)
def test_what_is_no_table_is_refused_at_once_however_many_lines_it_seems_to_have(coordinator, content, sentence):
    assert sentence in look(coordinator, content, "a.xls").context["form"].errors["file"][0]
    assert not Job.objects.exists()


def test_what_the_worker_cannot_read_is_said_and_erased(coordinator):
    job = looked(coordinator, GOOD + '"Les Roses;pmi;93\n')
    assert "The table breaks off after row" in page(coordinator, job)
    assert "changes nothing" not in page(coordinator, job)
    assert not Upload.objects.exists()
