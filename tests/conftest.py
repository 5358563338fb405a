"""What every test may lean on."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import translation

from tests import races


@pytest.fixture(autouse=True)
def _as_if_freshly_started() -> Iterator[None]:
    """Leave no language and nothing cached to the next test."""
    yield
    translation.deactivate()
    cache.clear()


@pytest.fixture
def in_english(settings: Any) -> Iterator[None]:
    """Let pages, commands and operations answer in the words of the code."""
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def race(transactional_db: None, tmp_path: Path) -> Iterator[Callable[..., list[Any]]]:
    """Let several people act at the same moment: see tests/races.py."""
    if connection.vendor == "postgresql":
        yield lambda *jobs: races.in_threads(jobs)
        return
    for path in races.file_database(tmp_path):
        yield lambda *jobs, path=path: races.in_processes(jobs, path)
