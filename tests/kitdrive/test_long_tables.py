"""Every list that leaves as a file: at once while it is short, and made by the worker where it is long."""

import io
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from accounts.models import User
from donations.drop_offs.operations import drop_off
from donations.enums import DropOffKind, Entered
from network.enums import Role
from network.models import Membership, Site
from tests import cast
from tests.donations.partners_stage import a_delivery, the_pharmacy
from tests.web.jobs.stage import aged
from web.exports import TYPES
from web.jobs.enums import JobState, Problem
from web.jobs.models import Job
from web.jobs.tables import CHUNK, Table, table_work
from web.jobs.working import work_on

pytestmark = pytest.mark.django_db


def stock() -> str:
    for number in range(3):
        cast.stocked(f"Savon {number}", 4)
    return reverse("stock:stock_now_csv")


def days() -> str:
    for number in range(3):
        drive = cast.a_drive()
        at = {"drive": drive, "site": cast.a_point(f"Pharmacie {number}", drive), "actor": cast.a_coordinator()}
        drop_off(kind=DropOffKind.BAG, quantity=2, key=cast.a_key(), entered=Entered.PAGE, **at)
    return reverse("donations:drop_off_csv")


def gifts(kind: str) -> str:
    for number in range(3):
        a_delivery(4, item=cast.an_item(f"Savon {number}"))
    return reverse(f"donations:gift_{kind}", args=[the_pharmacy().pk])


LISTS: dict[str, Callable[[], str]] = {
    "stock": stock,
    "days": days,
    "gifts as CSV": lambda: gifts("csv"),
    "gifts as a workbook": lambda: gifts("xlsx"),
}


@pytest.fixture(params=LISTS.values(), ids=LISTS)
def address(request) -> str:
    """Where a list of three rows is asked for as a file."""
    return request.param()


@pytest.fixture
def coordinator(signed_in):
    user = cast.a_coordinator()
    client = signed_in(user)
    client.user = user
    return client


@pytest.fixture
def long(monkeypatch) -> None:
    """Three rows are many."""
    monkeypatch.setattr(Table, "at_once", 2)


def rows_of(answer: Any) -> list[Any]:
    if answer["Content-Type"] == TYPES["xlsx"]:
        return list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    return answer.content.decode("utf-8-sig").splitlines()


def asked(client, address: str) -> Job:
    client.post(address, {"key": cast.a_key()})
    return Job.objects.latest("made_at")


def made(client, job: Job) -> Any:
    return client.get(reverse("jobs:job_file", args=[job.pk]))


def test_a_short_list_is_there_at_once(coordinator, address):
    answer = coordinator.get(address)
    assert len(rows_of(answer)) == 4
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert answer["Cache-Control"] == "no-store"
    assert not Job.objects.exists()


def test_a_long_one_is_offered_then_made_and_holds_the_same(coordinator, address, long, monkeypatch):
    assert "This list has 3 rows." in coordinator.get(address).content.decode()
    job = asked(coordinator, address)
    assert "Download the file" in coordinator.get(job.get_absolute_url()).content.decode()
    assert "3 of 3 rows" in coordinator.get(reverse("jobs:job_list")).content.decode()
    answer = made(coordinator, job)
    monkeypatch.undo()
    at_once = coordinator.get(address)
    assert rows_of(answer) == rows_of(at_once)
    assert answer["Content-Disposition"] == at_once["Content-Disposition"]


def test_the_same_form_twice_is_one_file(coordinator, address, long):
    key = cast.a_key()
    answers = [coordinator.post(address, {"key": key}).url for _time in range(2)]
    assert len({*answers, Job.objects.get().get_absolute_url()}) == 1


def test_whoever_lost_the_right_meanwhile_is_made_nothing(coordinator, address, long, no_worker):
    job = asked(coordinator, address)
    Membership.objects.filter(user=coordinator.user).delete()
    work_on(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.problem) == (JobState.FAILED, Problem.REFUSED)


def test_whoever_loses_it_later_opens_nothing_and_nobody_else_does(coordinator, address, long, signed_in):
    job = asked(coordinator, address)
    assert made(signed_in(cast.a_coordinator()), job).status_code == 404
    Membership.objects.filter(user=coordinator.user).delete()
    assert made(coordinator, job).status_code == 404


def test_one_that_a_worker_left_is_made_whole_by_the_next(coordinator, address, long, no_worker):
    job = aged(asked(coordinator, address), minutes=9, state=JobState.WORKING, done=1, run=1)
    assert "Start again" in coordinator.get(job.get_absolute_url()).content.decode()
    coordinator.post(reverse("jobs:job_restart", args=[job.pk]))
    work_on(str(job.pk))
    assert len(rows_of(made(coordinator, job))) == 4


def test_while_no_worker_runs_the_page_says_so(coordinator, address, long, no_worker):
    job = aged(asked(coordinator, address), minutes=9)
    assert "may not be running" in coordinator.get(job.get_absolute_url()).content.decode()


def test_it_is_narrowed_alike_and_what_was_typed_is_not_kept(coordinator, long):
    stock()
    item = cast.an_item("Gel douche")
    for site in ("Atelier", "Réserve", "Dépôt"):
        cast.stocked(item, 2, place=cast.the_store(cast.a_site(site)))
    job = asked(coordinator, f"{reverse('stock:stock_now_csv')}?q=gel&category=hygiene")
    assert job.arguments == {"house": cast.the_house().pk, "category": "hygiene", "items": [item.pk]}
    assert {line.split(",")[2] for line in rows_of(made(coordinator, job))} == {"Article", "Gel douche"}


def test_it_is_written_in_the_language_in_which_it_was_asked_for(coordinator, long, no_worker):
    address = stock()
    client = coordinator
    client.post("/language/", {"language": "fr"})
    job = asked(client, address)
    work_on(str(job.pk))
    assert rows_of(made(coordinator, job))[0].startswith("Site;")


def test_how_far_it_is_is_said_again_and_again():
    said: list[int] = []
    rows = [timezone.localdate()] * (2 * CHUNK + 1)
    content = table_work([("Day", "year")], lambda: rows, len(rows)).make(said.append)
    assert said == [CHUNK, 2 * CHUNK]
    assert content.count(b"\n") == len(rows) + 1


def said_by(address: str) -> tuple[str, dict[str, str]]:
    """The path of an address, and what it asks."""
    parts = urlsplit(address)
    assert not parts.netloc
    return parts.path, dict(parse_qsl(parts.query))


HERE = ("Atelier", "Pharmacie 0")
NARROWED = {
    "stock:stock_now": ("stock:stock_now_csv", "q=savon&category=hygiene"),
    "donations:drop_off_list": ("donations:drop_off_csv", "drive=all&site={site}&since=2020-01-01"),
}


@pytest.mark.parametrize("page", NARROWED)
def test_the_way_back_leads_to_the_list_as_it_was_narrowed(coordinator, page, monkeypatch):
    monkeypatch.setattr(Table, "at_once", 0)
    stock()
    days()
    file, query = NARROWED[page]
    query = query.format(site=Site.objects.filter(name__in=HERE).latest("pk").pk)
    answer = coordinator.get(f"{reverse(file)}?{query}")
    back = answer.context["back_url"]
    assert said_by(back) == (reverse(page), dict(parse_qsl(query)))
    assert f'href="{escape(back)}"' in answer.content.decode()
    kept = {name: value for name, value in parse_qsl(query) if name != "q"}  # words that were typed are not kept
    assert said_by(asked(coordinator, f"{reverse(file)}?{query}").back_url) == (reverse(page), kept)


def kept_to(user: User, site: Site | None) -> None:
    """From now on a volunteer, of one site alone where that is said."""
    Membership.objects.filter(user=user).delete()
    Membership.objects.create(user=user, role=Role.VOLUNTEER, house=cast.the_house(), site=site)


@pytest.mark.parametrize("address", [stock, days], indirect=True)
def test_one_of_the_whole_house_is_gone_for_who_is_kept_to_a_site_since(coordinator, address, long):
    job = asked(coordinator, address)
    kept_to(coordinator.user, None)
    assert made(coordinator, job).status_code == 200
    kept_to(coordinator.user, cast.a_site())
    assert made(coordinator, job).status_code == 404
    page = coordinator.get(job.get_absolute_url()).content.decode()
    assert "You may no longer see what this is about" in page
    assert "Download the file" not in page


@pytest.mark.parametrize("address", [stock, days], indirect=True)
def test_one_of_a_site_stays_with_who_sees_more_since_and_is_gone_with_another_site(coordinator, address, monkeypatch):
    here = Site.objects.filter(name__in=HERE).latest("pk")
    monkeypatch.setattr(Table, "at_once", 0)
    kept_to(coordinator.user, here)
    job = asked(coordinator, address)
    rows = rows_of(made(coordinator, job))
    kept_to(coordinator.user, None)
    assert rows_of(made(coordinator, job)) == rows
    kept_to(coordinator.user, cast.a_site("Ailleurs"))
    assert made(coordinator, job).status_code == 404


@pytest.mark.parametrize("address", [stock, days], indirect=True)
def test_what_waits_holds_what_was_asked_for_and_no_more(coordinator, address, long, no_worker, monkeypatch):
    here = Site.objects.filter(name__in=HERE).latest("pk")
    cast.stocked("Gel douche", 1, place=cast.the_store(cast.a_site("Réserve")))
    monkeypatch.setattr(Table, "at_once", 0)
    kept_to(coordinator.user, here)
    job = asked(coordinator, address)
    kept_to(coordinator.user, None)
    work_on(str(job.pk))
    said = rows_of(made(coordinator, job))
    assert len(said) > 1
    assert all(here.name in row for row in said[1:])


def test_one_that_no_file_holds_is_refused(coordinator, long, monkeypatch):
    monkeypatch.setattr(Table, "most", 2)
    answer = coordinator.post(stock(), {"key": cast.a_key()})
    assert "This list has 3 rows, more than 2. Narrow it first." in answer.content.decode()
