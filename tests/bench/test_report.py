"""The page of figures says what was measured, and nothing else."""

import json

import pytest

from bench.measure import RESULTS
from bench.report import BEGIN, END, PAGE, tables, written_into

MACHINE = "2 × Somebody's CPU, 24 GiB, Python 3.11.2"


def figure(name="the slowest page (sqlite)", value=41.5, unit="ms", target=60, **more):
    met = None if target is None else value <= target
    row = {"name": name, "value": value, "unit": unit, "target": target, "met": met, "machine": MACHINE}
    return {**row, "section": "Pages", **more}


def test_the_databases_stand_side_by_side():
    text = tables([figure(), figure("the slowest page (postgresql)", 47)])
    assert "| measured | SQLite | PostgreSQL | at most |" in text
    assert "| the slowest page | 41.5 ms | 47 ms | 60 |" in text


def test_what_is_missed_is_said_with_its_note():
    assert "| 61 ms **missed** (home) |" in tables([figure(value=61, note="home")])


def test_each_section_has_its_table_and_each_machine_its_line():
    text = tables([figure(), figure(section="Papers"), figure(machine="another")])
    assert text.index("### Pages") < text.index("### Papers")
    assert text.startswith(f"- {MACHINE}\n- another\n")


def test_a_figure_without_a_target_is_not_judged():
    assert "| the slowest page | 41.5 ms |  |" in tables([figure(target=None)])


def test_writing_twice_is_writing_once_and_leaves_the_words_around():
    page = f"# Before\n\n{BEGIN}\nold\n{END}\n\nAfter.\n"
    once = written_into(page, [figure()])
    assert written_into(once, [figure()]) == once
    assert "old" not in once
    assert once.startswith("# Before")
    assert once.endswith("After.\n")


def test_a_page_without_its_markers_is_refused():
    with pytest.raises(ValueError, match="markers"):
        written_into("# Nothing", [figure()])


def test_the_page_of_the_documentation_is_what_was_measured():
    page = PAGE.read_text()
    assert written_into(page, json.loads(RESULTS.read_text())) == page
