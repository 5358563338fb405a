"""Letters with a real `manage.py db_worker`, and several presses at the same moment: one letter, sent once."""

from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from donations.enums import LetterState
from donations.models import Donation, Letter
from donations.partners.letters import remind, thank
from donations.partners.sending import _take_up
from network.models import Organisation
from tests.cast import a_coordinator
from tests.donations.partners_stage import a_delivery, the_pharmacy
from tests.donations.test_pledges import made_late, promised

BATCH = {"batch": True, "interval": 0, "startup_delay": False, "verbosity": 0, "reload": False}


@pytest.fixture(autouse=True)
def _tasks_in_the_database(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def worker(monkeypatch):
    """The command would take the signals of the test run for its own."""
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.Worker.configure_signals", lambda self: None)
    return lambda: call_command("db_worker", **BATCH)


def broken(*args: object, **kwargs: object) -> None:
    raise SMTPException("550 dons@canal.example")


@pytest.mark.django_db(transaction=True)
def test_the_worker_sends_it_and_its_task_holds_a_number_alone(worker):
    letter = thank(donation=a_delivery(), actor=a_coordinator())
    assert mail.outbox == []
    worker()
    letter.refresh_from_db()
    assert (letter.state, len(mail.outbox)) == (LetterState.SENT, 1)
    assert DBTaskResult.objects.get().args_kwargs == {"args": [letter.pk], "kwargs": {}}


@pytest.mark.django_db(transaction=True)
def test_what_fails_waits_for_its_time_and_is_sent_then(worker, monkeypatch):
    letter = thank(donation=a_delivery(), actor=a_coordinator())
    with monkeypatch.context() as patch:
        patch.setattr("donations.partners.sending.EmailMessage.send", broken)
        worker()
    again = DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL).get()
    assert timedelta(minutes=4) < again.run_after - timezone.now() <= timedelta(minutes=5)
    assert "canal.example" not in "".join(DBTaskResult.objects.values_list("traceback", flat=True))
    worker()
    assert mail.outbox == []
    DBTaskResult.objects.filter(pk=again.pk).update(run_after=timezone.now())
    worker()
    letter.refresh_from_db()
    assert (letter.state, letter.tries, len(mail.outbox)) == (LetterState.SENT, 2, 1)


def thanked(donation: int, actor: int) -> int:
    return thank(donation=Donation.objects.get(pk=donation), actor=User.objects.get(pk=actor)).pk


def reminded(partner: int, actor: int) -> int:
    return remind(partner=Organisation.objects.get(pk=partner), actor=User.objects.get(pk=actor)).pk


def taken(letter: int) -> bool:
    return _take_up(letter) is not None


@pytest.mark.race
def test_four_presses_at_one_moment_are_one_letter_that_one_worker_takes(race):
    donation, actor = a_delivery().pk, a_coordinator().pk
    made = race(*[(thanked, {"donation": donation, "actor": actor})] * 4)
    assert len(set(made)) == Letter.objects.count() == 1
    Letter.objects.update(state=LetterState.WAITING)
    assert sorted(race(*[(taken, {"letter": made[0]})] * 4)) == [False, False, False, True]


@pytest.mark.race
def test_four_reminders_at_one_moment_are_one(race):
    partner, actor = the_pharmacy().pk, a_coordinator().pk
    made_late(promised(100))
    made = race(*[(reminded, {"partner": partner, "actor": actor})] * 4)
    assert sorted(map(str, made))[1:] == ["Refused"] * 3
    assert Letter.objects.count() == 1
