"""How a figure is taken, judged and written down."""

import json
import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import connection

RESULTS = Path(__file__).parent / "results.json"


@dataclass(frozen=True)
class Figure:
    """One figure: met where `value` is at most `target`, both in `unit` (target None: said, not judged)."""

    name: str
    value: float
    unit: str
    target: float | None
    met: bool | None
    machine: str
    section: str = ""
    note: str = ""


def machine() -> str:
    """What it was measured on, in a line."""
    cpu = next(
        (line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor() or platform.machine(),
    )
    memory = next((int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    return f"{os.cpu_count()} × {cpu}, {memory / 1048576:.0f} GiB, Python {platform.python_version()}, {_database()}"


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version" if connection.vendor == "postgresql" else "SELECT sqlite_version()")
        return f"{connection.vendor} {cursor.fetchone()[0].split()[0]}"


class Book:
    """The figures of one run on one database."""

    def __init__(self) -> None:
        self.machine = machine()
        self.figures: list[Figure] = []
        self.section = ""

    def begin(self, section: str) -> None:
        """Say what the figures to come are about; docs/performance.md has a table for each section."""
        self.section = section
        print(f"{section}:", flush=True)

    def write(self, name: str, value: float, unit: str, target: float | None = None, note: str = "") -> None:
        """Note a figure and print it; `target` is the most that it may be."""
        value = round(value, 2)
        met = None if target is None else value <= target
        figure = Figure(f"{name} ({connection.vendor})", value, unit, target, met, self.machine, self.section, note)
        self.figures.append(figure)
        verdict = {True: "met", False: "MISSED", None: ""}[met]
        aim = "" if target is None else f"at most {target:g}"
        print(f"  {name:<74} {value:>10g} {unit:<10} {aim:<14} {verdict:<6} {note}", flush=True)

    def save(self, *, add: bool) -> None:
        """Write results.json; with `add`, after the figures that another database's run has just left there."""
        before = json.loads(RESULTS.read_text()) if add and RESULTS.exists() else []
        rows = [*before, *(asdict(figure) for figure in self.figures)]
        RESULTS.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n")


def milliseconds(
    work: Callable[[Any], Any], *, before: Callable[[], Any] = lambda: None, times: int = 15, warm: int = 2
) -> float:
    """Median time of `work`, in ms, over `times` runs after `warm` more; `before` makes its argument, untimed."""
    taken = []
    for number in range(warm + times):
        given = before()
        start = time.perf_counter()
        work(given)
        if number >= warm:
            taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)
