from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_english(_as_if_freshly_started: None) -> Iterator[None]:
    """Refusals are compared in the language they are written in."""
    with translation.override("en"):
        yield
