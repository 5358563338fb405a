"""Several people at one container at the same moment: nothing counts twice, and nothing comes after the end."""

import pytest
from django.utils import timezone

from accounts.models import User
from donations.arrivals import ArrivalLine
from donations.enums import ContainerState
from donations.models import Container, Sorting
from donations.sorting.checks import check_sortings
from donations.sorting.operations import finish, sort, unsort
from stock.checks import check_balances
from stock.models import Item, Operation, Place
from tests import cast
from tests.cast import a_key, on_hand
from tests.donations.sorted import collected, part

pytestmark = pytest.mark.race


def take_out(container: int, item: int, place: int, actor: int, key: str) -> int:
    return sort(
        container=Container.objects.select_related("drive", "site__house", "partner").get(pk=container),
        place=Place.objects.select_related("house").get(pk=place),
        lines=[ArrivalLine(Item.objects.get(pk=item), 10)],
        refusals=[],
        sorted_on=timezone.localdate(),
        actor=User.objects.get(pk=actor),
        key=key,
    ).pk


def end(container: int, actor: int, key: str) -> int:
    here = Container.objects.select_related("house").get(pk=container)
    return finish(container=here, actor=User.objects.get(pk=actor), key=key).pk


def put_back(operation: int, actor: int, key: str) -> int:
    first = Operation.objects.select_related("house").get(pk=operation)
    return unsort(operation=first, actor=User.objects.get(pk=actor), key=key).pk


def rows(container: Container) -> dict[str, int]:
    return {"container": container.pk, "actor": cast.a_coordinator().pk}


def at_the_table() -> dict[str, int]:
    return {"item": cast.an_item().pk, "place": cast.the_store().pk}


def everything_adds_up() -> bool:
    return not [*check_balances(), *check_sortings()]


def test_two_people_sort_one_pallet_at_once(race):
    about, table = rows(collected()), at_the_table()
    race(*[(take_out, {**about, **table, "key": a_key()}) for _person in range(4)])
    assert (on_hand(cast.an_item()), Sorting.objects.count()) == (40, 4)
    assert everything_adds_up()


def test_one_form_sent_four_times_at_once_is_one_part(race):
    about, table, key = rows(collected()), at_the_table(), a_key()
    made = race(*[(take_out, {**about, **table, "key": key}) for _press in range(4)])
    assert (len(set(made)), on_hand(cast.an_item())) == (1, 10)


def test_two_people_finish_one_container_at_once(race):
    container = collected()
    part(container)
    answers = race(*[(end, {**rows(container), "key": a_key()}) for _person in range(4)])
    assert sorted(map(str, answers)).count("Refused") == 3
    container.refresh_from_db()
    assert container.finished_id in answers


def test_nothing_is_sorted_after_the_end_whoever_is_first(race):
    container = collected()
    part(container)
    about, table = rows(container), at_the_table()
    parts = [(take_out, {**about, **table, "key": a_key()}) for _person in range(3)]
    answers = race(*parts, (end, {**about, "key": a_key()}))
    container.refresh_from_db()
    assert container.state == ContainerState.SORTED
    assert container.pieces == on_hand(cast.an_item()) == 40 - 10 * answers.count("Refused")
    assert everything_adds_up()


def test_a_part_is_taken_back_or_counts_in_the_end(race):
    container = collected()
    kept, doubtful = part(container), part(container)
    about = rows(container)
    putting = {"operation": doubtful.operation_id, "actor": about["actor"], "key": a_key()}
    race((put_back, putting), (end, {**about, "key": a_key()}))
    container.refresh_from_db()
    assert container.state == ContainerState.SORTED
    assert container.pieces == on_hand(kept.lines.get().item)
    assert everything_adds_up()
