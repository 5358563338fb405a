"""The database of the tests: migrated once for all processes of a run, and kept for the next runs (in var/tests).

Its key is what makes it: the migrations, the settings and the locked packages. Django migrates each copy once more, and
finds nothing to do.
"""

import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

KEPT = settings.VAR_DIR / "tests"
MAKE_IT = ("*/migrations/*.py", "kitdrive/settings.py", "requirements/base.txt")


def provide() -> None:
    """Leave a migrated database where Django is about to make that of the tests (SQLite), or for it to copy."""
    test = connection.settings_dict["TEST"]
    with _alone():
        if connection.vendor == "sqlite":
            shutil.copy(_file(), test["NAME"])
        else:
            test["TEMPLATE"] = _template()


@contextmanager
def _alone() -> Iterator[None]:
    """While other processes that want the same wait."""
    settings.VAR_DIR.mkdir(mode=0o700, exist_ok=True)
    KEPT.mkdir(exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _kept(suffix: str) -> Path:
    paths = sorted(path for pattern in MAKE_IT for path in settings.BASE_DIR.glob(pattern))
    return KEPT / f"{sha256(b''.join(path.read_bytes() for path in paths)).hexdigest()[:16]}.{suffix}"


def _file() -> Path:
    kept, new = _kept("sqlite3"), KEPT / "new.sqlite3"
    if not kept.exists():
        for former in KEPT.glob("*.sqlite3*"):
            former.unlink()
        _migrate(str(new))
        new.rename(kept)
    return kept


def _template() -> str:
    """The name of a database of this server: restored from what a former run wrote, if there was one, or migrated."""
    kept, new = _kept("sql"), KEPT / "new.sql"
    name = f"kitdrive_tests_{kept.stem}"
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone():
            return name
        cursor.execute(f"DROP DATABASE IF EXISTS {name}_new")  # of a run that was interrupted
        cursor.execute(f"CREATE DATABASE {name}_new")
        if kept.exists():
            _run("psql", "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", f"--file={kept}", f"{name}_new")
        else:
            for former in KEPT.glob("*.sql"):
                former.unlink()
            _migrate(f"{name}_new")
            _run("pg_dump", "--no-owner", f"--file={new}", f"{name}_new")
            new.rename(kept)
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
