"""What accounts must not keep is erased in time, and one sweeper that fails stops none of the others."""

import os
import signal
import subprocess
import sys
import threading
import time
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from tests.accounts.signing_in import sign_in
from tests.cast import a_volunteer
from web import tidy

pytestmark = pytest.mark.django_db
PATIENCE = 120  # seconds for a slow machine


def test_attempts_are_forgotten_after_a_day(client):
    sign_in(client, a_volunteer(), "wrong")
    tidy.sweep()
    assert AccessAttempt.objects.exists()
    with time_machine.travel(timezone.now() + timezone.timedelta(hours=25)):
        assert tidy.sweep()["sign-in attempts"] == 1
    assert not AccessAttempt.objects.exists()


def test_ended_sessions_are_forgotten(client):
    sign_in(client, a_volunteer())
    with time_machine.travel(timezone.now() + timezone.timedelta(hours=11)):
        call_command("tidy", stdout=StringIO())
    assert not Session.objects.exists()


def test_limits_of_tries_leave_the_database_once_they_have_ended(settings):
    in_the_database = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "limits_of_tries"}
    settings.CACHES = {**settings.CACHES, "default": in_the_database}
    call_command("createcachetable")
    cache.set("ended", 1, timeout=60)
    cache.set("running", 2, timeout=3600)
    with time_machine.travel(timezone.now() + timezone.timedelta(minutes=5)):
        assert tidy.sweep()["limits of tries"] == 1
        assert cache.get("running") == 2


def test_one_sweeper_that_fails_stops_no_other(monkeypatch):
    def broken() -> int:
        raise ValueError

    monkeypatch.setattr(tidy, "sweepers", {"broken": broken, "whole": lambda: 3})
    assert tidy.sweep() == {"whole": 3}


def an_empty_database(folder: Path) -> dict[str, str]:
    database = {"DATABASE_URL": f"sqlite:///{folder}/empty", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    return {**os.environ, **database}


def test_beside_the_server_it_says_nothing_of_what_it_erased(monkeypatch):
    out, stop = StringIO(), threading.Event()
    monkeypatch.setattr(tidy, "sweepers", {"limits of tries": lambda: (stop.set(), 3)[1]})
    monkeypatch.setattr(threading, "Event", lambda: stop)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    call_command("tidy", "--every", "1", stdout=out)
    assert stop.is_set()
    assert out.getvalue() == ""
    call_command("tidy", stdout=out)
    assert out.getvalue() == "limits of tries: 3\n"


def test_it_ends_cleanly_when_told_to(tmp_path):
    environment = an_empty_database(tmp_path)
    command = [sys.executable, "manage.py", "tidy", "--every", "1"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as loop:
        for line in loop.stderr:  # every sweeper fails on a database without tables, and the loop goes on
            if "failed" in line:
                break
        loop.send_signal(signal.SIGTERM)
        loop.communicate()
    assert loop.returncode == 0


def test_it_ends_when_who_started_it_is_no_more(tmp_path):
    environment = an_empty_database(tmp_path)
    program = (
        "import subprocess, sys, time\n"
        "loop = subprocess.Popen([sys.executable, 'manage.py', 'tidy', '--every', '1'], stderr=subprocess.PIPE)\n"
        "loop.stderr.readline()\n"
        "print(loop.pid)\n"
    )
    starter = subprocess.run([sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, text=True)
    deadline = time.monotonic() + PATIENCE
    while Path(f"/proc/{starter.stdout.strip()}").exists() and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not Path(f"/proc/{starter.stdout.strip()}").exists()
