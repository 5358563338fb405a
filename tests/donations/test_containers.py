"""Cartons and pallets: a code each, collected once, taken back while they are still there."""

import pytest

from donations.containers import operations
from donations.containers.operations import allot_codes, codes_of, collect, uncollect, unfill
from donations.enums import ContainerState, DropOffKind
from donations.models import AllottedCode, Container
from stock.codes import clean_code
from tests import cast
from tests.cast import a_key
from tests.donations.sorted import collected, filled, finished, part
from web.errors import Refused

pytestmark = pytest.mark.django_db


def test_a_carton_that_a_person_fills_gets_a_code_that_can_be_read_aloud():
    container = filled()
    assert clean_code(container.spoken_code) == container.code


def test_a_tablet_gives_one_of_its_own_codes_and_each_once():
    tablet, _secret = cast.a_tablet()
    here = {"site": tablet.device.site, "drive": tablet.drive, "actor": tablet.device}
    code = codes_of(tablet.device)[0]
    assert filled(**here, code=code).code == code
    with pytest.raises(Refused, match="on another container"):
        filled(**here, code=code)


def test_a_tablet_cannot_give_the_code_of_another():
    mine, _secret = cast.a_tablet()
    other, _secret = cast.a_tablet()
    with pytest.raises(Refused, match="on another container"):
        filled(site=mine.device.site, drive=mine.drive, actor=mine.device, code=codes_of(other.device)[0])


def test_a_code_that_a_container_bears_or_a_tablet_holds_is_drawn_again(monkeypatch):
    (mine, _secret), (other, _secret) = cast.a_tablet(), cast.a_tablet()
    borne, held = filled().code, codes_of(other.device)[0]
    AllottedCode.objects.filter(code=codes_of(mine.device)[0]).delete()
    drawn = iter([borne, held, "KKKK0001", borne, "KKKK0002"])
    monkeypatch.setattr(operations, "new_code", lambda: next(drawn))
    assert "KKKK0001" in allot_codes(mine.device)
    assert filled().code == "KKKK0002"


def test_a_bag_has_no_code():
    with pytest.raises(Refused, match="A bag has no code"):
        filled(kind=DropOffKind.BAG)


def test_containers_are_collected_once():
    container, hall = filled(), cast.a_site("Halle")
    collect(containers=[container], to=hall, actor=cast.a_coordinator(), key=a_key())
    with pytest.raises(Refused, match=container.spoken_code):
        collect(containers=[container], to=hall, actor=cast.a_coordinator(), key=a_key())
    container.refresh_from_db()
    assert (container.state, container.collected_to) == (ContainerState.COLLECTED, hall)


def test_a_collection_is_taken_back():
    container = filled()
    operation = collect(containers=[container], to=cast.a_site("Halle"), actor=cast.a_coordinator(), key=a_key())
    uncollect(operation=operation, actor=cast.a_coordinator(), key=a_key())
    container.refresh_from_db()
    assert (container.state, container.collected_to) == (ContainerState.FILLED, None)


def test_a_container_is_taken_back_until_it_is_collected():
    first, second = filled(), filled()
    unfill(operation=first.filled, actor=cast.a_coordinator(), key=a_key())
    collect(containers=[second], to=cast.a_site("Halle"), actor=cast.a_coordinator(), key=a_key())
    with pytest.raises(Refused, match="collected already"):
        unfill(operation=second.filled, actor=cast.a_coordinator(), key=a_key())
    assert list(Container.objects.standing()) == [second]


def test_a_container_out_of_which_something_was_sorted_is_not_taken_back():
    container = filled()
    part(container)
    with pytest.raises(Refused, match="Something was sorted out of"):
        unfill(operation=container.filled, actor=cast.a_coordinator(), key=a_key())


def test_a_collection_of_which_something_is_sorted_is_not_taken_back():
    container = collected()
    part(container)
    for _time in range(2):
        with pytest.raises(Refused, match=f"Sorted already: {container.spoken_code}"):
            uncollect(operation=container.collected, actor=cast.a_coordinator(), key=a_key())
        if container.state == ContainerState.COLLECTED:
            finished(container)


def test_what_was_sorted_before_it_was_collected_hinders_nothing():
    container = filled()
    part(container)
    operation = collect(containers=[container], to=cast.a_site("Halle"), actor=cast.a_coordinator(), key=a_key())
    uncollect(operation=operation, actor=cast.a_coordinator(), key=a_key())
    container.refresh_from_db()
    assert container.state == ContainerState.FILLED
