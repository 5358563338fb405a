"""What every test may lean on."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from allauth.mfa.totp.internal import auth
from allauth.mfa.utils import is_mfa_enabled
from django.apps import AppConfig, apps
from django.core.cache import caches
from django.db import connection, connections
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.test import Client
from django.utils import timezone, translation
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from accounts.models import User
from network.models import Department
from tests import databases, races

hypothesis_settings.register_profile("kitdrive", deadline=None)  # a slow machine is no failure
hypothesis_settings.load_profile("kitdrive")


@receiver(post_migrate)
def departments_again(sender: AppConfig, **kwargs: Any) -> None:
    """Put back what a migration wrote: a test in real transactions empties every table behind it."""
    if sender.label == "network" and not Department.objects.exists():
        import_module("network.migrations.0002_departments").load(apps, None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs no database: on another one it says the same."""
    for item in items:
        if not needs_a_database(item):
            item.add_marker("apart")


def needs_a_database(item: pytest.Item) -> bool:
    """Whether it says so itself, asks for what does, or is of a class of Django's that has databases."""
    through = {"db", "transactional_db", "live_server"}
    is_marked = item.get_closest_marker("django_db") is not None
    has_databases = bool(getattr(getattr(item, "cls", None), "databases", ()))
    return is_marked or has_databases or not through.isdisjoint(getattr(item, "fixturenames", ()))


def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """Run once more what failed while the day changed: half of it meant yesterday by today."""
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    day = timezone.localdate()
    reports = runtestprotocol(item, log=False, nextitem=nextitem)
    if day != timezone.localdate() and any(report.failed for report in reports):
        reports = runtestprotocol(item, log=False, nextitem=nextitem)
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    with django_db_blocker.unblock():
        databases.provide()
    with pytest.MonkeyPatch.context() as patch:
        if connection.vendor == "postgresql":
            patch.setattr(type(connection.ops), "sql_flush", databases.deleting(type(connection.ops).sql_flush))
        yield
    connections.close_all()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The file of SQLite is a copy already, which goes with the folder of this run."""
    return connection.vendor == "sqlite"


@pytest.fixture(autouse=True)
def _as_if_freshly_started() -> Iterator[None]:
    """Speak the language of the code where no page is asked for, and leave nothing cached to the next test."""
    translation.activate("en")
    yield
    translation.deactivate()
    for name in ("default", "process"):
        caches[name].clear()


@pytest.fixture
def in_english(settings: Any) -> Iterator[None]:
    """Let pages, commands and operations answer in the words of the code."""
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def _racers() -> Iterator[None]:
    """The processes of the races on SQLite: they take seconds to start, so one start serves all races."""
    yield
    races.let_the_processes_go()


@pytest.fixture
def race(_racers: None, transactional_db: None, tmp_path: Path) -> Iterator[Callable[..., list[Any]]]:
    """Let several people act at the same moment: see tests/races.py."""
    if connection.vendor == "postgresql":
        yield lambda *jobs: races.in_threads(jobs)
        return
    for path in races.file_database(tmp_path):
        yield lambda *jobs, path=path: races.in_processes(jobs, path)


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A browser in which somebody is signed in, with a second factor."""

    def sign_in(user: User) -> Client:
        client = Client(headers={"accept-language": "en"})
        if not is_mfa_enabled(user):
            auth.TOTP.activate(user, auth.generate_totp_secret())
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def no_worker(settings: Any) -> None:
    """Tasks are kept in the database, and nothing takes them up."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
