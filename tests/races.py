"""Several people at the same moment: threads on PostgreSQL; on SQLite processes, on a file that the tests make for it.

A test takes the fixture `race`, prepares as usual, and calls `race(job, job, …)`; a job is a function of a module and
its arguments. What a job answers comes back in order; where it was refused, the name of the refusal.
"""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import cache
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
    """Run the jobs in the two processes, in threads of each, all on the file `database`."""
    shares = [(list(jobs[number::PROCESSES]), database) for number in range(PROCESSES)]
    try:
        answers = list(_pool().map(_share, shares, timeout=PATIENCE))
    except BaseException:
        let_the_processes_go()  # one of them may still be waiting for the other
        raise
    return [answers[number % PROCESSES][number // PROCESSES] for number in range(len(jobs))]


@cache
def _pool() -> ProcessPoolExecutor:
    """The processes, started by the first race of a test run and kept for those that follow."""
    context = get_context("spawn")
    return ProcessPoolExecutor(PROCESSES, context, _open, (context.Barrier(PROCESSES),))


def let_the_processes_go() -> None:
    """End them, if a race has started them."""
    if _pool.cache_info().currsize:
        _pool().shutdown(cancel_futures=True)
        _pool.cache_clear()


def _open(barrier: Any) -> None:
    global _start
    _start = barrier
    os.environ.update(DATABASE_URL="sqlite://:memory:", DJANGO_SETTINGS_MODULE="tests.settings")
    import django

    django.setup()


def _share(share: tuple[Sequence[Job], str]) -> list[Any]:
    """Run one process's jobs on the file that this race is about, once the other process is there too."""
    from django.core.cache import cache as shared_cache
    from django.db import connections

    jobs, database = share
    connections.settings["default"]["NAME"] = database
    shared_cache.clear()
    _start.wait(PATIENCE)
    return in_threads(jobs) if jobs else []


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
