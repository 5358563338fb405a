"""A real `manage.py db_worker` on a real database, and two workers that meet one print."""

import pytest
from django.core.management import call_command
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from printing.enums import PrintState
from printing.models import PrintJob
from printing.operations import start_print
from printing.papers import papers
from printing.working import take_up
from tests.cast import a_coordinator, a_key
from tests.printing.stage import CONTENT, PAPER, a_paper

BATCH = {"batch": True, "interval": 0, "startup_delay": False, "verbosity": 0, "reload": False}


@pytest.fixture
def no_signals(monkeypatch):
    """The command would take the signals of the test run for its own."""
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.Worker.configure_signals", lambda self: None)


@pytest.mark.django_db(transaction=True)
def test_the_worker_makes_what_waits_and_ends(no_worker, no_signals, a_print, refused_to):
    jobs = [a_print(a_coordinator()) for _number in range(2)]
    refused_to.add(jobs[1].owner_id)
    call_command("db_worker", **BATCH)
    for job in jobs:
        job.refresh_from_db()
    assert [job.state for job in jobs] == [PrintState.DONE, PrintState.FAILED]
    with jobs[0].file.open() as file:
        assert file.read() == CONTENT
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {TaskResultStatus.SUCCESSFUL}


def taken(pk: str) -> bool:
    return take_up(pk) is not None


@pytest.mark.race
def test_two_workers_on_one_print_and_one_makes_it(no_worker, race, a_print):
    job = a_print(a_coordinator())
    answers = race(*[(taken, {"pk": str(job.pk)})] * 4)
    assert sorted(answers) == [False, False, False, True]


def started(key: str, user: int) -> str:
    papers.setdefault(PAPER, a_paper(set()))  # in a process of its own
    asked = {"paper": PAPER, "arguments": {"sheets": 3}, "key": key}
    return str(start_print(actor=User.objects.get(pk=user), **asked).pk)


@pytest.mark.race
def test_the_same_form_from_several_windows_is_one_print(no_worker, race):
    asked = {"key": a_key(), "user": a_coordinator().pk}
    answers = race(*[(started, asked)] * 4)
    assert len(set(answers)) == 1
    assert PrintJob.objects.count() == 1
