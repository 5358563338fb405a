"""A paper of the tests alone: as many pages as it is asked for, for those who may see what it is about."""

from collections.abc import Callable

import pytest

from tests.cast import a_key
from tests.web.jobs.stage import PAPER, a_paper
from web.jobs.kinds import kinds
from web.jobs.models import Job
from web.jobs.operations import start_job


@pytest.fixture(autouse=True)
def _in_english(_as_if_freshly_started: None, in_english: None, settings, tmp_path) -> None:
    settings.DEMO = True  # nobody is asked for a second factor
    settings.MEDIA_ROOT = tmp_path  # no file of another test


@pytest.fixture(autouse=True)
def refused_to(monkeypatch) -> set[int]:
    """The ids of those who may not see what the paper is about: nobody, until a test says who."""
    refused: set[int] = set()
    monkeypatch.setitem(kinds, PAPER, a_paper(refused))
    return refused


@pytest.fixture
def a_job() -> Callable[..., Job]:
    """A print of 3 pages that somebody asked for."""

    def start(actor, sheets: int = 3, key: str | None = None) -> Job:
        return start_job(name=PAPER, arguments={"sheets": sheets}, actor=actor, key=key or a_key())

    return start
