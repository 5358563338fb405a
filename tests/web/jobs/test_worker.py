"""A real `manage.py db_worker` on a real database, and two workers that meet one print."""

import pytest
from django.core.management import call_command
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from tests.cast import a_coordinator, a_key
from tests.web.jobs.stage import CONTENT, PAPER, a_paper
from web.jobs.enums import JobState
from web.jobs.kinds import kinds
from web.jobs.models import Job
from web.jobs.operations import start_job
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
