"""Writing many rows the quickest way that each database has."""

from collections.abc import Iterable, Sequence

from django.db import connection


def load(table: str, columns: Sequence[str], rows: Iterable[Sequence]) -> None:
    """Write `rows` into `table`. Inside a transaction, for SQLite writes a row at a time without one."""
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)


def go_on_after(table: str, key: str = "id") -> None:
    """Number the next row after those that were loaded with numbers of their own (SQLite does so by itself)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT setval(pg_get_serial_sequence(\'"{table}"\', %s), coalesce(max("{key}"), 1)) FROM "{table}"',
                [key],
            )


def settle() -> None:
    """Let the database know its own size, as its daily maintenance does."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
