import pytest


@pytest.fixture(autouse=True)
def _in_english(_as_if_freshly_started: None, in_english: None, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path  # no file of another test
