"""Containers on their way, and what is sorted out of them."""

from django.utils import timezone

from donations.arrivals import ArrivalLine
from donations.containers.operations import collect, fill
from donations.enums import DropOffKind
from donations.models import Container, Sorting
from donations.sorting.operations import finish, sort
from stock.models import Operation
from tests import cast
from tests.cast import a_key


def filled(**asked) -> Container:
    asked = {"actor": cast.a_volunteer(), "key": a_key(), "kind": DropOffKind.CARTON, **asked}
    drive = asked.pop("drive", None) or cast.a_drive()
    return fill(drive=drive, site=asked.pop("site", None) or cast.a_point(drive=drive), **asked).container_filled


def collected(**asked) -> Container:
    container = filled(**asked)
    collect(containers=[container], to=cast.a_site(), actor=cast.a_coordinator(), key=a_key())
    container.refresh_from_db()
    return container


def part(container: Container, *lines: ArrivalLine, **asked) -> Sorting:
    """What somebody took out of `container`: ten soaps where nothing is said."""
    if not lines and "refusals" not in asked:
        lines = (ArrivalLine(cast.an_item(), 10),)
    asked = {"actor": cast.a_volunteer(), "key": a_key(), "place": cast.the_store(), "refusals": (), **asked}
    return sort(container=container, lines=lines, sorted_on=timezone.localdate(), **asked).sorting


def finished(container: Container, **asked) -> Operation:
    operation = finish(container=container, **{"actor": cast.a_volunteer(), "key": a_key(), **asked})
    container.refresh_from_db()
    return operation
