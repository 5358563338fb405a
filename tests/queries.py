"""How many statements something sends to the database, and how the database means to answer them."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext


def statements(work: Callable[[], Any]) -> int:
    """Count every statement that `work` sends, those that begin and end its transactions and savepoints among them."""
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def plan_of(queryset: QuerySet) -> str:
    """How the database would read `queryset`: the tables and the indexes, a line for each."""
    return explained(*queryset.query.sql_with_params())


def explained(sql: str, params: tuple = ()) -> str:
    how = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        cursor.execute(f"{how} {sql}", params)
        return "\n".join(str(row) for row in cursor.fetchall())
