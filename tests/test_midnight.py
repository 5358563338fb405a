"""A test that fails because midnight passed meanwhile is run once more; any other failure stands: see conftest.py."""

from types import SimpleNamespace
from unittest.mock import MagicMock

import pytest

from tests import conftest

FAILED, PASSED = SimpleNamespace(failed=True), SimpleNamespace(failed=False)


@pytest.mark.parametrize(
    ("days", "outcomes", "said"),
    [
        (["Monday", "Tuesday"], [FAILED, PASSED], PASSED),
        (["Monday", "Tuesday"], [FAILED, FAILED], FAILED),
        (["Monday", "Tuesday"], [PASSED], PASSED),
        (["Monday", "Monday"], [FAILED], FAILED),
    ],
)
def test_a_failure_stands_unless_the_day_changed_during_it(monkeypatch, days, outcomes, said):
    left, item = list(outcomes), MagicMock()
    monkeypatch.setattr(conftest, "timezone", SimpleNamespace(localdate=iter(days).__next__))
    monkeypatch.setattr(conftest, "runtestprotocol", lambda item, log, nextitem: [left.pop(0)])
    assert conftest.pytest_runtest_protocol(item, None)
    item.ihook.pytest_runtest_logreport.assert_called_once_with(report=said)
    assert left == []
