import pytest

from distribution.inside import Group, Row
from distribution.slip_columns import COLUMN, sheets


def a_group(count: int, name: str = "hygiene", text: str = "Savon") -> Group:
    return Group(name, tuple(Row(number, text) for number in range(1, count + 1)))


def counts(found) -> list[tuple[int, int]]:
    return [tuple(sum(len(group.rows) for group in column) for column in columns) for columns in found]


def test_a_few_articles_stand_below_each_other():
    assert counts(sheets([a_group(3)])) == [(3, 0)]


def test_more_of_them_are_shared_between_two_columns():
    ((left, right),) = sheets([a_group(8), a_group(8, "clothes")])
    assert [group.label for group in left + right] == ["hygiene", "clothes"]


def test_many_small_groups_stay_on_one_sheet():
    found = sheets([a_group(count, f"group {count}") for count in (7, 5, 1, 3, 3, 2, 1)])
    assert len(found) == 1
    assert sum(counts(found)[0]) == 22


def test_a_group_that_is_cut_is_named_once():
    ((left, right),) = sheets([a_group(20)])
    assert [group.label for group in left + right] == ["hygiene", ""]
    assert left[0].rows + right[0].rows == a_group(20).rows


@pytest.mark.parametrize("text", ["Savon", "Serviettes lavables et réutilisables, paquet de dix"])
def test_what_is_more_than_a_sheet_goes_on_with_the_next_in_order(text):
    found = sheets([a_group(70, text=text)])
    assert len(found) > 1
    assert [row.quantity for columns in found for column in columns for group in column for row in group.rows] == list(
        range(1, 71)
    )
    assert max(max(pair) for pair in counts(found)) <= COLUMN


def test_no_name_is_left_alone_at_the_foot_of_a_column():
    for first in range(1, 60):
        for columns in sheets([a_group(first), a_group(5, "clothes")]):
            assert all(group.rows for column in columns for group in column)


def test_nothing_is_one_empty_sheet():
    assert sheets([]) == [([], [])]
