"""The database of the tests: migrated once for all processes of a run, and kept for the next runs (tests/kept.py).

It is made of the migrations, the settings and the locked packages. Django migrates each copy once more, and finds
nothing to do.
"""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection

from tests import kept

MADE_OF = ("*/migrations/*.py", "kitdrive/settings.py", "requirements/base.txt")


def provide() -> None:
    """Leave a migrated database where Django is about to make that of the tests (SQLite), or for it to copy."""
    test = connection.settings_dict["TEST"]
    with kept.alone():
        if connection.vendor == "sqlite":
            shutil.copy(_file(), test["NAME"])
        else:
            test["TEMPLATE"] = _template()


def deleting(truncating: Callable[..., list[str]]) -> Callable[..., list[str]]:
    """How PostgreSQL empties tables behind a test: it deletes rows, past triggers and references, in a twentieth of the
    time that it takes to truncate a hundred tables of which few hold any. Where numbers begin anew, it truncates."""

    def sql_flush(
        ops: Any, style: Any, tables: list[str], *, reset_sequences: bool = False, **options: Any
    ) -> list[str]:
        if reset_sequences or not tables:
            return truncating(ops, style, tables, reset_sequences=reset_sequences, **options)
        deletions = [f"DELETE FROM {ops.quote_name(table)}" for table in tables]
        return ["; ".join(["SET LOCAL session_replication_role = replica", *deletions])]

    return sql_flush


def _file() -> Path:
    file, new = kept.FOLDER / f"{kept.made_of(*MADE_OF)}.sqlite3", kept.FOLDER / "new.sqlite3"
    if not file.exists():
        for former in kept.FOLDER.glob("*.sqlite3*"):
            former.unlink()
        _migrate(str(new))
        new.rename(file)
    return file


def _template() -> str:
    """The name of a database of this server: restored from what a former run wrote, if there was one, or migrated."""
    written, new = kept.FOLDER / f"{kept.made_of(*MADE_OF)}.sql", kept.FOLDER / "new.sql"
    name = f"kitdrive_tests_{written.stem}"
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone():
            return name
        cursor.execute(f"DROP DATABASE IF EXISTS {name}_new")  # of a run that was interrupted
        cursor.execute(f"CREATE DATABASE {name}_new")
        if written.exists():
            _run("psql", "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", f"--file={written}", f"{name}_new")
        else:
            for former in kept.FOLDER.glob("*.sql"):
                former.unlink()
            _migrate(f"{name}_new")
            _run("pg_dump", "--no-owner", f"--file={new}", f"{name}_new")
            new.rename(written)
        cursor.execute(f"ALTER DATABASE {name}_new RENAME TO {name}")
    return name


def _migrate(name: str) -> None:
    former = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = former


def _run(program: str, *arguments: str) -> None:
    to = connection.settings_dict
    known = {"PGHOST": to["HOST"], "PGPORT": str(to["PORT"]), "PGUSER": to["USER"], "PGPASSWORD": to["PASSWORD"]}
    environment = os.environ | {name: value for name, value in known.items() if value}
    subprocess.run([program, *arguments], env=environment, check=True, stdout=subprocess.DEVNULL)
