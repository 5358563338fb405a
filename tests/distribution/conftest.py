import pytest


@pytest.fixture(autouse=True)
def _in_english(_as_if_freshly_started: None, in_english: None, settings) -> None:
    """Pages and refusals in the words of the code, and nobody asked for a second factor."""
    settings.DEMO = True
