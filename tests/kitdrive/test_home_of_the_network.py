"""The network sees totals of each house, and nothing that tells of a household."""

import pytest

from tests.cast import somebody_of_the_network, the_house
from tests.distribution.stage import a_shipment_that_left, codes_of, given, packed_kits

pytestmark = pytest.mark.django_db


def test_the_network_sees_what_was_made_and_shipped_and_no_handover(signed_in):
    version = packed_kits(6)
    a_shipment_that_left((version.item, 2))
    client = signed_in(somebody_of_the_network())
    before = client.get("/").context["home"].houses
    given(codes_of(version)[-1:])
    (row,) = client.get("/").context["home"].houses
    assert (row.house, row.made, row.shipped) == (the_house(), 6, 2)
    assert before == [row]
