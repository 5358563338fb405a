"""A long print: asked for once, made by one worker, for one person, with her rights of that moment."""

import logging
import stat
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError
from django_tasks_db.models import DBTaskResult

from printing.papers import NotYours, Paper
from tests.cast import a_coordinator, a_key, a_volunteer
from tests.web.jobs.stage import CONTENT, PAPER, aged
from web.errors import Refused
from web.jobs import operations, working
from web.jobs.enums import JobState, Problem
from web.jobs.kinds import kinds
from web.jobs.models import Job
from web.jobs.operations import forget_job, start_again, start_job
from web.jobs.working import Superseded, finish, take_up, tell, work_on
from web.logs import NoParameters

pytestmark = pytest.mark.django_db


def of_paper(**changes) -> dict:
    return {"name": PAPER, "arguments": {"sheets": 3}, "actor": a_coordinator(), "key": a_key(), **changes}


def test_a_job_ends_as_a_file_that_only_this_account_reads(a_job):
    job = a_job(a_coordinator())
    assert (job.state, job.done, job.total) == (JobState.DONE, 3, 3)
    with job.file.open() as file:
        assert file.read() == CONTENT
    path = Path(default_storage.path(job.file.name))
    assert (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)) == (0o600, 0o700)
    assert str(job.pk) not in job.file.name


def test_the_same_form_twice_is_one_print(a_job):
    actor, key = a_coordinator(), a_key()
    assert a_job(actor, key=key) == a_job(actor, key=key)
    assert Job.objects.count() == 1


@pytest.mark.parametrize("change", [{"arguments": {"sheets": 4}}, {"actor": None}])
def test_the_same_form_for_something_else_is_refused(change):
    asked = of_paper()
    start_job(**asked)
    change = {name: value or a_volunteer() for name, value in change.items()}
    with pytest.raises(Refused, match="something else"):
        start_job(**{**asked, **change})


def test_what_one_may_not_see_is_not_printed(refused_to):
    asked = of_paper()
    refused_to.add(asked["actor"].pk)
    with pytest.raises(NotYours):
        start_job(**asked)
    assert not Job.objects.exists()


def test_a_paper_too_long_for_one_file_is_refused():
    with pytest.raises(Refused, match="Print it in parts"):
        start_job(**of_paper(arguments={"sheets": Paper.most + 1}))


def test_nobody_fills_the_queue_alone(no_worker, a_job, monkeypatch):
    monkeypatch.setattr(operations, "MOST_OPEN", 2)
    actor = a_coordinator()
    a_job(actor)
    a_job(actor)
    with pytest.raises(Refused, match="not finished yet"):
        a_job(actor)
    assert a_job(a_volunteer())


def test_the_task_knows_the_id_of_the_print_and_nothing_else(no_worker, a_job):
    job = a_job(a_coordinator())
    assert DBTaskResult.objects.get().args_kwargs == {"args": [str(job.pk)], "kwargs": {}}
    assert job.state == JobState.WAITING


def test_whoever_lost_the_right_meanwhile_gets_nothing(no_worker, a_job, refused_to):
    job = a_job(a_coordinator())
    refused_to.add(job.owner_id)
    work_on(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.problem, job.file.name) == (JobState.FAILED, Problem.REFUSED, "")


def test_an_account_that_was_closed_meanwhile_gets_nothing(no_worker, a_job):
    job = a_job(a_coordinator())
    job.owner.is_active = False
    job.owner.save()
    work_on(str(job.pk))
    job.refresh_from_db()
    assert job.problem == Problem.REFUSED


def test_a_mistake_is_a_plain_sentence_and_quotes_nobody(no_worker, a_job, monkeypatch, caplog):
    def prepare(_user, _about):
        raise ValueError("Alix, 12 rue des Lilas")

    job = a_job(a_coordinator())
    monkeypatch.setitem(kinds, PAPER, Paper("Paper of the tests", prepare, lambda about: "/"))
    caplog.handler.addFilter(NoParameters())  # as settings.LOGGING does
    with caplog.at_level(logging.ERROR):
        work_on(str(job.pk))
    job.refresh_from_db()
    assert "could not be made" in job.get_problem_display()
    assert "Lilas" not in caplog.text + repr(DBTaskResult.objects.values_list("traceback", "args_kwargs"))


def test_it_can_be_started_again_once_it_failed_and_only_then(no_worker, a_job, refused_to):
    job = a_job(a_coordinator())
    start_again(job=job, actor=job.owner)
    assert DBTaskResult.objects.count() == 1
    refused_to.add(job.owner_id)
    work_on(str(job.pk))
    refused_to.clear()
    start_again(job=job, actor=job.owner)
    work_on(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.problem) == (JobState.DONE, "")
    start_again(job=job, actor=job.owner)
    job.refresh_from_db()
    assert job.state == JobState.DONE


@pytest.mark.parametrize("state", [JobState.WAITING, JobState.WORKING])
def test_without_a_sign_for_some_minutes_it_can_be_started_again(no_worker, a_job, state):
    job = aged(a_job(a_coordinator()), minutes=2, state=state)
    assert not job.is_silent
    job = aged(job, minutes=4, state=state)
    assert job.is_silent
    start_again(job=job, actor=job.owner)
    job.refresh_from_db()
    assert (job.state, job.is_silent, DBTaskResult.objects.count()) == (JobState.WAITING, False, 2)


def test_what_is_written_all_at_once_is_left_alone_while_it_is(no_worker, a_job, monkeypatch):
    monkeypatch.setattr(Paper, "is_all_or_nothing", True)
    job = aged(a_job(a_coordinator()), minutes=59, state=JobState.WORKING)
    with monkeypatch.context() as written:
        written.setattr("web.jobs.models.at_work", lambda jobs: {job.pk for job in jobs})
        start_again(job=job, actor=job.owner)
    now = Job.objects.get()
    assert (now.state, DBTaskResult.objects.count()) == (JobState.WORKING, 1)
    start_again(job=now, actor=job.owner)
    now = Job.objects.get()
    assert (now.state, DBTaskResult.objects.count()) == (JobState.WAITING, 2)
    assert aged(now, minutes=4).can_start_again


def test_nobody_else_starts_or_forgets_it(no_worker, a_job):
    job = aged(a_job(a_coordinator()), minutes=9)
    with pytest.raises(Refused):
        start_again(job=job, actor=a_coordinator())
    forget_job(job=job, actor=a_coordinator())
    assert Job.objects.filter(pk=job.pk).exists()


def test_forgetting_it_erases_its_file(a_job, django_capture_on_commit_callbacks):
    job = a_job(a_coordinator())
    name = job.file.name
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            forget_job(job=job, actor=job.owner)
    assert not Job.objects.exists()
    assert not default_storage.exists(name)


def test_a_worker_that_was_given_up_writes_nothing(no_worker, a_job):
    job = a_job(a_coordinator())
    first = take_up(str(job.pk))
    start_again(job=aged(job, minutes=9), actor=job.owner)
    second = take_up(str(job.pk))
    for late in (lambda: tell(first, 2), lambda: finish(first, CONTENT)):
        with pytest.raises(Superseded):
            late()
    assert default_storage.listdir("jobs")[1] == []
    finish(second, CONTENT)
    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_what_cannot_be_committed_leaves_no_file_and_says_so(no_worker, a_job, monkeypatch):
    job = a_job(a_coordinator())
    monkeypatch.setattr(Paper, "is_all_or_nothing", True)

    def breaks(attempt, content):
        finish(attempt, content)
        assert len(default_storage.listdir("jobs")[1]) == 1
        raise DatabaseError("disk full")

    monkeypatch.setattr(working, "finish", breaks)
    work_on(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.problem) == (JobState.FAILED, Problem.BROKEN)
    assert default_storage.listdir("jobs")[1] == []


def test_one_that_is_forgotten_while_it_is_made_stops_at_its_next_page(no_worker, a_job, monkeypatch):
    job = a_job(a_coordinator())
    said = []

    def told(attempt, done):
        said.append(done)
        Job.objects.filter(pk=attempt.pk).delete()
        tell(attempt, done)

    monkeypatch.setattr(working, "tell", told)
    work_on(str(job.pk))
    assert said == [1]


def test_made_already_or_unknown_it_is_left_alone(a_job):
    job = a_job(a_coordinator())
    work_on(str(job.pk))
    work_on("00000000-0000-0000-0000-000000000000")
    job.refresh_from_db()
    assert (job.state, job.run) == (JobState.DONE, 1)
