"""Whatever is sent in the place of an entry is answered with a receipt, and never with a fault of ours."""

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from donations.models import DropOff
from donations.tablets.receiving import MOST_ENTRIES
from tests import cast
from tests.donations.test_tablet_api import an_entry, results, send, the_tablet

SENDINGS = 60
FIELDS = ("id", "kind", "at", "what", "quantity", "grams", "partner", "reason", "lines", "code", "of")
KINDS = ("drop_off", "refusal", "goods", "container", "undo")
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from((*FIELDS, "item")), inner, max_size=4),
    max_leaves=12,
)
nearly = st.tuples(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(FIELDS), anything, max_size=3))
entries = st.lists(nearly | anything, max_size=MOST_ENTRIES)


class Nonsense(TestCase):
    @given(entries)
    @settings(max_examples=SENDINGS, derandomize=True, database=None)
    def test_nonsense_is_refused_entry_by_entry_and_stops_none(self, drawn):
        client = the_tablet(cast.a_tablet()[1])
        sent = [{**an_entry(each[0]), **each[1]} if isinstance(each, tuple) else each for each in drawn]
        sent = [*sent[: MOST_ENTRIES - 1], an_entry()]
        answer = send(client, *sent)
        assert answer.status_code == 200
        assert "later" not in results(answer)
        assert results(answer)[-1] == "recorded"
        assert DropOff.objects.filter(quantity__lt=1).count() == 0
