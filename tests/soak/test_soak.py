"""Thousands of random things by several people at once. `make soak` runs it on both databases."""

from collections import Counter

import pytest

from stock import idempotency
from stock.models import Conflict, Movement
from tests.soak.stage import a_house_at_work, keep_working, nothing_is_wrong
from tests.soak.works import WORKS

PEOPLE, TIMES = 4, 400
ROUNDS = range(6)  # 9 600 things in all

pytestmark = [pytest.mark.soak, pytest.mark.race]


@pytest.fixture(autouse=True)
def _without_second_attempts(monkeypatch):
    """On PostgreSQL a deadlock fails the test: the order of the locks must make it impossible."""
    monkeypatch.setattr(idempotency, "ATTEMPTS", 1)


@pytest.mark.parametrize("seed", ROUNDS)
def test_whatever_four_people_do_at_once_the_ledger_stands(race, seed):
    a_house_at_work()
    answers = race(*((keep_working, {"seed": 100 * seed + person, "times": TIMES}) for person in range(PEOPLE)))
    nothing_is_wrong()
    done = sum((Counter(answer) for answer in answers), Counter())
    assert {work.__name__ for work in WORKS} <= done.keys(), f"some of it was never done: {done}"
    assert sum(count for name, count in done.items() if name.endswith("refused")) > PEOPLE * TIMES / 20
    assert done["repeated"] > PEOPLE * TIMES / 50
    assert done["set aside"] == Conflict.objects.count() > 0
    assert Movement.objects.count() > PEOPLE * TIMES / 4
