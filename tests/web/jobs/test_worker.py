"""A real `manage.py db_worker` on a real database, and two workers that meet one print."""

import os
import subprocess
import sys
import time

import pytest
from django.core.management import call_command
from django.db import connection
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from printing.papers import Paper
from tests.cast import a_coordinator, a_key
from tests.web.jobs.stage import CONTENT, PAPER, a_paper, aged
from web.jobs.at_work import at_work
from web.jobs.enums import JobState
from web.jobs.kinds import kinds
from web.jobs.models import Job
from web.jobs.operations import start_again, start_job
from web.jobs.working import take_up

BATCH = {"batch": True, "interval": 0, "startup_delay": False, "verbosity": 0, "reload": False}


@pytest.fixture
def no_signals(monkeypatch):
    """The command would take the signals of the test run for its own."""
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.Worker.configure_signals", lambda self: None)


@pytest.mark.django_db(transaction=True)
def test_the_worker_makes_what_waits_and_ends(no_worker, no_signals, a_job, refused_to):
    jobs = [a_job(a_coordinator()) for _number in range(2)]
    refused_to.add(jobs[1].owner_id)
    call_command("db_worker", **BATCH)
    for job in jobs:
        job.refresh_from_db()
    assert [job.state for job in jobs] == [JobState.DONE, JobState.FAILED]
    with jobs[0].file.open() as file:
        assert file.read() == CONTENT
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {TaskResultStatus.SUCCESSFUL}


def taken(pk: str) -> bool:
    return take_up(pk) is not None


@pytest.mark.race
def test_two_workers_on_one_print_and_one_makes_it(no_worker, race, a_job):
    job = a_job(a_coordinator())
    answers = race(*[(taken, {"pk": str(job.pk)})] * 4)
    assert sorted(answers) == [False, False, False, True]


def started(key: str, user: int) -> str:
    kinds.setdefault(PAPER, a_paper(set()))  # in a process of its own
    asked = {"name": PAPER, "arguments": {"sheets": 3}, "key": key}
    return str(start_job(actor=User.objects.get(pk=user), **asked).pk)


@pytest.mark.race
def test_the_same_form_from_several_windows_is_one_print(no_worker, race):
    asked = {"key": a_key(), "user": a_coordinator().pk}
    answers = race(*[(started, asked)] * 4)
    assert len(set(answers)) == 1
    assert Job.objects.count() == 1


KILLED_AT_WORK = """
import sys, django
django.setup()
from django.db import connections
from django.db import transaction
from web.jobs.at_work import be_at_work
from web.jobs.models import Job
connections["default"].settings_dict["NAME"] = sys.argv[1]
job = Job.objects.get()
with transaction.atomic():
    be_at_work(job)
    print("at work", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def a_worker(race):
    """A process that is at work on the one job there is, until it is killed."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    asked = [sys.executable, "-c", KILLED_AT_WORK, str(connection.settings_dict["NAME"])]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    started: list[subprocess.Popen] = []

    def start() -> subprocess.Popen:
        started.append(subprocess.Popen(asked, env=environment, **pipes))
        assert started[0].stdout.readline() == b"at work\n"
        return started[0]

    yield start
    for worker in started:
        worker.kill()
        worker.communicate()


@pytest.mark.race
def test_a_worker_that_is_killed_while_it_writes_all_at_once_is_missed(no_worker, a_worker, a_job, monkeypatch):
    monkeypatch.setattr(Paper, "is_all_or_nothing", True)
    job = aged(a_job(a_coordinator()), minutes=9, state=JobState.WORKING)
    other = job.pk.__class__(int=job.pk.int ^ (1 << 127))
    worker = a_worker()
    assert at_work([job]) == {job.pk}
    assert not Job.objects.get().is_silent
    assert connection.vendor == "sqlite" or at_work([Job(pk=other)]) == set()
    worker.kill()
    worker.wait()
    while at_work([job]):  # PostgreSQL hears of it a moment later
        time.sleep(0.02)
    assert Job.objects.get().is_silent
    start_again(job=job, actor=job.owner)
    assert take_up(str(job.pk)) is not None
