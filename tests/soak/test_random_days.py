"""Two hundred random things, one after the other: whatever is done, refused or sent twice, the ledger stands."""

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.soak.somebody import Somebody
from tests.soak.stage import a_house_at_work, nothing_is_wrong
from tests.soak.works import WORKS

DAYS, THINGS = 4, 50
things = st.tuples(st.sampled_from(WORKS), st.integers(0, 2**32), st.booleans())


class RandomDays(TestCase):
    @given(st.lists(things, min_size=THINGS, max_size=THINGS))
    @settings(max_examples=DAYS, derandomize=True, database=None)
    def test_whatever_one_person_does_the_ledger_stands(self, day):
        a_house_at_work()
        who = Somebody(0)
        for work, seed, is_sent_twice in day:
            who.random.seed(seed)
            who.do(work)
            if is_sent_twice:
                who.repeat()
        nothing_is_wrong()
