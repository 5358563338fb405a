"""A copy of the database as it is, to time one work on both in turn: what else the machine does then hits both."""

import shutil
from collections.abc import Callable

from django.db import connection

from bench.measure import milliseconds


def copy(suffix: str) -> str:
    """Copy the database of the connection, and answer the copy's name."""
    name = current()
    twin = f"{name}{suffix}"
    if connection.vendor == "postgresql":
        use("postgres")
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{twin}" TEMPLATE "{name}"')
    else:
        connection.close()
        shutil.copy(name, twin)
    use(name)
    return twin


def current() -> str:
    """The name of the database that is used."""
    return str(connection.settings_dict["NAME"])


def use(name: str) -> None:
    """Go on with the database `name`."""
    connection.close()
    connection.settings_dict["NAME"] = name
    connection.ensure_connection()


def in_turn(
    names: list[str], work: Callable[[], object], before: Callable[[], object] = lambda: None, rounds: int = 6
) -> list[float]:
    """Median time of `work` in ms on each database, taken in turns."""
    taken: dict[str, list[float]] = {name: [] for name in names}
    for _round in range(rounds):
        for name in names:
            use(name)
            taken[name].append(milliseconds(lambda _given: work(), before=before, times=5, warm=2))
    return [sorted(times)[len(times) // 2] for times in taken.values()]
