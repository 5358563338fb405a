"""Several people at the same moment: threads on PostgreSQL; on SQLite processes, on a file that the tests make for it.

A test takes the fixture `race`, prepares as usual, and calls `race(job, job, …)`; a job is a function of a module and
its arguments. What a job answers comes back in order; where it was refused, the name of the refusal.
"""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

PROCESSES = 2
PATIENCE = 120  # seconds
Job = tuple[Callable[..., Any], dict[str, Any]]

_start: Any = None


def in_threads(jobs: Sequence[Job]) -> list[Any]:
    """Run the jobs, each in a thread with a connection of its own, and answer what each answered."""
    together = threading.Barrier(len(jobs))
    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(lambda job: _run(job, together), jobs, timeout=PATIENCE))


def in_processes(jobs: Sequence[Job], database: str) -> list[Any]:
    """Run the jobs in a few processes, in threads of each, all on the file `database`."""
    count = min(PROCESSES, len(jobs))
    shares = [list(jobs[number::count]) for number in range(count)]
    context = get_context("spawn")
    barrier = context.Barrier(count)
    with ProcessPoolExecutor(count, context, _open, (database, barrier)) as pool:
        answers = list(pool.map(_share, shares, timeout=PATIENCE))
    return [answers[number % count][number // count] for number in range(len(jobs))]


def _open(database: str, barrier: Any) -> None:
    global _start
    _start = barrier
    os.environ.update(DATABASE_URL=f"sqlite:///{database}", DJANGO_SETTINGS_MODULE="tests.settings")
    import django

    django.setup()


def _share(jobs: Sequence[Job]) -> list[Any]:
    _start.wait(PATIENCE)
    return in_threads(jobs)


def _run(job: Job, together: threading.Barrier) -> Any:
    from django.db import connections

    from web.errors import Refused

    work, arguments = job
    together.wait(PATIENCE)
    try:
        return work(**arguments)
    except Refused as refused:
        return type(refused).__name__
    finally:
        connections.close_all()


def file_database(folder: Path) -> Iterator[str]:
    """Bring the SQLite of the tests from memory to a file while the test runs."""
    from django.db import connection

    path = str(folder / "race.sqlite3")
    connection.ensure_connection()
    memory, name = connection.connection, connection.settings_dict["NAME"]
    file = sqlite3.connect(path)
    memory.backup(file)
    file.close()
    connection.connection, connection.settings_dict["NAME"] = None, path
    try:
        yield path
    finally:
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = memory, name
