"""Which tests are left out on a second database: those alone that need none."""

from types import SimpleNamespace

import pytest
from django.test import SimpleTestCase, TestCase

from tests.conftest import needs_a_database


def item(marker: object = None, cls: type | None = None, fixtures: tuple[str, ...] = ()) -> SimpleNamespace:
    return SimpleNamespace(get_closest_marker=lambda name: marker, cls=cls, fixturenames=fixtures)


@pytest.mark.parametrize(
    "one", [item(marker=object()), item(cls=TestCase), item(fixtures=("client", "db")), item(fixtures=("live_server",))]
)
def test_what_reaches_rows_runs_on_every_database(one):
    assert needs_a_database(one)


@pytest.mark.parametrize("one", [item(), item(cls=SimpleTestCase), item(fixtures=("tmp_path",))])
def test_what_reaches_none_runs_once(one):
    assert not needs_a_database(one)
