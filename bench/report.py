"""Write the figures of results.json into docs/performance.md, between its two markers: `python -m bench.report`."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bench.measure import RESULTS

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- figures: written by bench/report.py -->", "<!-- end of figures -->"
DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
Row = Mapping[str, Any]


def tables(figures: Iterable[Row]) -> str:
    """A line for each machine, then a table for each section, in the order in which they were taken."""
    figures = list(figures)
    sections: dict[str, list[Row]] = {}
    for figure in figures:
        sections.setdefault(figure.get("section") or "Other", []).append(figure)
    machines = dict.fromkeys(figure["machine"] for figure in figures)
    parts = ["\n".join(f"- {machine}" for machine in machines)]
    parts += [f"### {section}\n\n{_table(rows)}" for section, rows in sections.items()]
    return "\n\n".join(parts)


def _table(rows: list[Row]) -> str:
    """A row for each figure, with what it is on each database and the most that it may be."""
    found: dict[str, dict[str, Row]] = {}
    for row in rows:
        name, _space, database = row["name"].rpartition(" (")
        found.setdefault(name, {})[database.rstrip(")")] = row
    used = [database for database in DATABASES if any(database in each for each in found.values())]
    head = ["measured", *(DATABASES[database] for database in used), "at most"]
    lines = [head, ["---", *["--:"] * (len(used) + 1)]]
    for name, each in found.items():
        one = next(iter(each.values()))
        cells = [_cell(each.get(database)) for database in used]
        lines.append([name.replace("|", "/"), *cells, "" if one["target"] is None else _number(one["target"])])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(row: Row | None) -> str:
    if row is None:
        return ""
    missed = " **missed**" if row["met"] is False else ""
    note = f" ({row['note']})" if row.get("note") else ""
    return f"{_number(row['value'])} {row['unit']}{missed}{note}"


def _number(value: float) -> str:
    return f"{value:,.10g}".replace(",", "\u202f")


def written_into(page: str, figures: Iterable[Row]) -> str:
    """The text of `page` with the tables of `figures` between its markers."""
    before, _begin, rest = page.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    if not (_begin and _end):
        raise ValueError(f"docs/performance.md lacks one of its markers: {BEGIN} … {END}")
    return f"{before}{BEGIN}\n\n{tables(figures)}\n\n{END}{after}"


def main() -> None:
    PAGE.write_text(written_into(PAGE.read_text(), json.loads(RESULTS.read_text())))


if __name__ == "__main__":
    main()
