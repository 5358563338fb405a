"""Twenty tablets in twenty browsers on a bad network: every bag is here once, and no outbox keeps any."""

from collections import Counter

import pytest

from donations.models import DropOff
from stock import registry
from stock.models import Conflict, Operation
from tests import cast
from tests.browser.noting import Notebook
from tests.browser.tablets import at_a_door
from tests.faulty_proxy import faulty

DEVICES = 20
BAGS, MANY_BAGS = 10, 100  # on each; together 200 in the tests, 2,000 in the soak
WAIT = 60  # ms between two bags: quicker than any hand


@pytest.mark.parametrize("bags", [BAGS, pytest.param(MANY_BAGS, marks=pytest.mark.soak)])
def test_twenty_browsers_on_a_bad_network_lose_nothing_and_send_nothing_twice(live_server, new_context, bags):
    tablets = [cast.a_tablet(cast.a_point(f"Point {number % 4}")) for number in range(DEVICES)]
    said: list[set[int]] = [set() for _tablet in tablets]
    with faulty(live_server.url, seed=11, under="/collect/entries/") as proxy:
        doors = [at_a_door(new_context, proxy.url, tablet) for tablet in tablets]
        books = [Notebook(door.context, proxy.url, heard) for door, heard in zip(doors, said, strict=True)]
        for number, book in enumerate(books):
            book.note(number * MANY_BAGS + 1, bags, WAIT)
        for book in books:
            book.has_noted()
            book.has_sent()
        assert [book.kept() for book in books if book.kept()] == []
        for door in doors:
            door.context.close()
    wanted = {number * MANY_BAGS + bag for number in range(DEVICES) for bag in range(1, bags + 1)}
    assert set.union(*said) == wanted
    assert Counter(DropOff.objects.values_list("quantity", flat=True)) == Counter(wanted)
    assert Operation.objects.count() == DEVICES * bags
    assert proxy.happened.total() - proxy.happened[None] >= DEVICES
    assert not Conflict.objects.exists()
    assert [sentence for check in registry.checks.values() for sentence in check()] == []
