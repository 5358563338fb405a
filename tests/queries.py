"""How many statements something sends to the database."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext


def statements(work: Callable[[], Any]) -> int:
    """Count every statement that `work` sends, those that begin and end its transactions and savepoints among them."""
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)
