"""What every test may lean on."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.utils import translation


@pytest.fixture(autouse=True)
def _as_if_freshly_started() -> Iterator[None]:
    """Leave no language and nothing cached to the next test."""
    yield
    translation.deactivate()
    cache.clear()
