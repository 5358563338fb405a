"""What `check_ledger` says of containers whose rows somebody changed behind the operations' back."""

import pytest
from django.db import connection

from donations.arrivals import ArrivalLine
from donations.enums import LossReason, RefusalReason
from donations.models import Container, SortingLine
from donations.sorting.checks import check_sortings
from donations.sorting.operations import RefusalLine
from stock import registry
from tests import cast
from tests.donations.sorted import collected, finished, part

pytestmark = pytest.mark.django_db


@pytest.fixture
def container() -> Container:
    """Sorted and finished: a kilogram, of which 700 g were soap, 200 g dirty, and 100 g are missing."""
    container = collected(grams=1000)
    lines = [ArrivalLine(cast.an_item(), 5, grams=700)]
    part(container, *lines, refusals=[RefusalLine(RefusalReason.DIRTY, 2, 200)])
    finished(container, lost_reason=LossReason.PACKAGING)
    return container


def changed(sql: str, *values: object) -> list[str]:
    """What is found after `sql`."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
    return list(check_sortings())


def test_it_is_run_with_the_other_checks():
    assert registry.checks["donations"] is check_sortings


def test_a_container_that_adds_up_is_not_reported(container):
    assert list(check_sortings()) == []


def test_a_line_that_was_changed_is_reported(container):
    found = changed("UPDATE donations_sortingline SET quantity = 6")
    assert any("6 in its lines, 5 moved" in sentence for sentence in found)
    assert any("6 pieces sorted from it, 5 when it was finished" in sentence for sentence in found)


def test_a_line_that_was_removed_is_reported(container):
    assert any("0 in its lines, 5 moved" in sentence for sentence in changed("DELETE FROM donations_sortingline"))


def test_a_line_of_another_article_than_its_lot_is_reported(container):
    line, other = SortingLine.objects.get(), cast.an_item("Drap")
    found = changed("UPDATE donations_sortingline SET item_id = %s", other.pk)
    assert found == [f"Sorting line {line.pk} is of another article than its lot."]


def test_what_was_sorted_after_the_end_is_reported(container):
    other = part(collected(), ArrivalLine(cast.an_item(), 3))
    found = changed("UPDATE donations_sorting SET container_id = %s WHERE id = %s", container.pk, other.pk)
    assert f"Container {container.pk}: 8 pieces sorted from it, 5 when it was finished." in found


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE donations_container SET lost_grams = 90",
        "UPDATE donations_container SET grams = 1010",
        "UPDATE donations_refusal SET grams = 190",
        "UPDATE donations_sortingline SET grams = NULL",
    ],
)
def test_grams_that_no_longer_add_up_are_reported(container, sql):
    [found] = changed(sql)
    assert found.startswith(f"Container {container.pk}: grams in, out and refused differ by ")
