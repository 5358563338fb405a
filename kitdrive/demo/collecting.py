"""The collection points: a tablet at each, what it logs, and the cartons and pallets that leave for the workshop."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import cycle
from typing import Any

from django.utils import timezone

from donations.arrivals import ArrivalLine
from donations.containers.operations import codes_of, collect, fill
from donations.drop_offs.operations import decline, drop_off
from donations.drop_offs.together import Line, note_together
from donations.enums import DropOffKind, Entered, LossReason, RefusalReason, TabletKind
from donations.models import Container, Drive, Tablet
from donations.sorting.operations import RefusalLine, finish, sort
from donations.tablets.operations import confirm_tablet, invite_tablet, note_contact
from kitdrive.demo import clock, plan
from kitdrive.demo.incoming import Gift, gifts, is_loose
from kitdrive.demo.world import World
from network.devices import open_with, revoke

VERSION = "demo"
TALLY = (Line(DropOffKind.BAG, 7), Line(DropOffKind.CARTON, 1), Line(RefusalReason.WORN, 2))


def tablets(world: World) -> Iterator[str]:
    """Each point gets its tablet; one breaks and is replaced; a volunteer helps one morning with their own phone."""
    day = world.day - timedelta(days=22)
    for point, *_address in plan.POINTS:
        with clock.at(day, hour=17):
            world.tablets[point] = _let_in(world, world.drive, point, "Tablette du comptoir")
        yield point
    broken = plan.POINTS[1][0]
    with clock.at(day + timedelta(days=2), hour=18):
        note_contact(world.tablets[broken], waiting=0, refused=1, version=VERSION)
        revoke(device=world.tablets[broken].device, actor=world.people["coordination"])
        world.tablets[broken] = _let_in(world, world.drive, broken, "Tablette verte")
    yield broken
    helped = plan.POINTS[0][0]
    with clock.at(world.day - timedelta(days=7), hour=9, minute=50):
        until = timezone.now() + timedelta(hours=4)
        phone = _let_in(world, world.drive, helped, "Téléphone du samedi", kind=TabletKind.OWN, until=until)
    yield from one_day(world, phone, world.day - timedelta(days=7), random.Random(7), most=2)  # noqa: S311


def drop_offs(world: World) -> Iterator[str]:
    """Three weeks at the doors: bags mostly, and what is refused with the reason."""
    yield from _tally(world)
    rng = random.Random(2112)  # noqa: S311  (the same days each time)
    for before in range(19, 0, -1):
        for point, *_address in plan.POINTS:
            yield from one_day(world, world.tablets[point], world.day - timedelta(days=before), rng, most=4)


def _tally(world: World) -> Iterator[str]:
    """What was ticked on paper on the day on which a tablet broke, entered the morning after."""
    point, day = plan.POINTS[1][0], world.day - timedelta(days=20)
    with clock.at(day + timedelta(days=1), hour=9):
        note_together(
            drive=world.drive,
            site=world.sites[point],
            lines=TALLY,
            day=day,
            entered=Entered.TALLY,
            actor=world.people["volontaire"],
            key=world.key("tally"),
        )
    yield point


def containers(world: World) -> Iterator[str]:
    """What was not counted piece by piece leaves in cartons and on pallets, each with its code."""
    for number, lines in enumerate(_loads()):
        point = plan.POINTS[number % len(plan.POINTS)][0]
        is_pallet = number >= plan.CONTAINERS - len(plan.POINTS)
        kind = DropOffKind.PALLET if is_pallet else DropOffKind.CARTON
        goods = sum(line.quantity * (world.items[line.item].grams or 0) for line in lines)
        with clock.at(world.day - timedelta(days=4 if is_pallet else 9), hour=18, minute=number):
            refused = _refused_of(number) * plan.REFUSED_WEIGHS
            grams = goods + plan.PACKAGING + refused if _is_weighed(number) else None
            world.containers.append(_fill(world, world.tablets[point], kind, grams))
        yield point
    with clock.at(world.day - timedelta(days=2), hour=18):
        _collect(world, world.containers)


def sorting(world: World) -> Iterator[str]:
    """The evening before the open day volunteers sort all of it at the workshop."""
    reasons = cycle((RefusalReason.WORN, RefusalReason.DIRTY, RefusalReason.OPENED))
    day, volunteer = world.day - timedelta(days=1), world.people["volontaire"]
    for number, (container, lines) in enumerate(zip(world.containers, _loads(), strict=True)):
        is_weighed = _is_weighed(number)
        with clock.at(day, hour=18, minute=10 + number):
            sort(
                container=container,
                place=world.stores[plan.ATELIER],
                lines=[_line(world, line, is_weighed=is_weighed) for line in lines],
                refusals=[_refusal(number, next(reasons), is_weighed=is_weighed)],
                sorted_on=day,
                actor=volunteer,
                key=world.key("sort"),
            )
        with clock.at(day, hour=20, minute=number):
            packaging = LossReason.PACKAGING if is_weighed else ""
            finish(container=container, actor=volunteer, key=world.key("finish"), lost_reason=packaging)
        yield container.code


def all_year(world: World) -> Iterator[str]:
    """The drive after it: the same four points on Saturdays, a carton at each, of which two have been fetched."""
    rng = random.Random(1202)  # noqa: S311  (the same days each time)
    tablets_of_the_year(world, world.day + timedelta(days=3))
    for week in range(1, 11):
        for point, *_address in plan.POINTS:
            yield from one_day(world, world.tablets[point], world.day + timedelta(days=7 * week), rng, most=2)
    filled: list[Container] = []
    for point, *_address in plan.POINTS:
        with clock.at(world.day + timedelta(days=72), hour=18):
            filled.append(_fill(world, world.tablets[point], DropOffKind.CARTON, None))
            note_contact(world.tablets[point], waiting=0, refused=0, version=VERSION)
    with clock.at(world.day + timedelta(days=75), hour=11):
        _collect(world, filled[:2])


def tablets_of_the_year(world: World, day: date) -> None:
    """Each point gets its tablet for the drive that goes on."""
    for point, *_address in plan.POINTS:
        with clock.at(day, hour=17):
            world.tablets[point] = _let_in(world, world.year_drive, point, "Tablette du comptoir")


def _let_in(
    world: World,
    drive: Drive,
    point: str,
    name: str,
    kind: TabletKind = TabletKind.SHARED,
    until: datetime | None = None,
) -> Tablet:
    """A tablet that was invited, opened and confirmed."""
    coordinator, site = world.people["coordination"], world.sites[point]
    tablet, code = invite_tablet(
        drive=drive, site=site, name=name, kind=kind, until=until, actor=coordinator, key=world.key("tablet")
    )
    tablet.device, _secret = open_with(code=code, software="Chrome 118, Android 9")
    return confirm_tablet(tablet=tablet, actor=coordinator)


def one_day(world: World, tablet: Tablet, day: date, rng: random.Random, *, most: int) -> Iterator[str]:
    """What comes to one point on one day, and now and then something that is refused."""
    here: dict[str, Any] = {
        "drive": tablet.drive,
        "site": tablet.device.site,
        "actor": tablet.device,
        "entered": Entered.TABLET,
    }
    for number in range(rng.randint(1, most)):
        kind = rng.choices((DropOffKind.BAG, DropOffKind.CARTON), (9, 1))[0]
        with clock.at(day, hour=10 + 2 * number, minute=rng.randrange(60)):
            drop_off(**here, kind=kind, quantity=rng.choice((1, 1, 1, 2, 3)), key=world.key("drop-off"))
        yield str(tablet.device.site)
    if rng.random() < 1 / 4:
        with clock.at(day, hour=13, minute=rng.randrange(50)):
            decline(
                **here,
                reason=RefusalReason(rng.choice(plan.REFUSED)),
                quantity=rng.randint(1, 4),
                key=world.key("refusal"),
            )
    with clock.at(day, hour=18):
        note_contact(tablet, waiting=0, refused=0, version=VERSION)


def _fill(world: World, tablet: Tablet, kind: DropOffKind, grams: int | None) -> Container:
    operation = fill(
        drive=tablet.drive,
        site=tablet.device.site,
        kind=kind,
        code=codes_of(tablet.device)[0],
        grams=grams,
        actor=tablet.device,
        key=world.key("fill"),
    )
    return operation.container_filled


def _collect(world: World, chosen: list[Container]) -> None:
    atelier = world.sites[plan.ATELIER]
    collect(containers=chosen, to=atelier, actor=world.people["coordination"], key=world.key("collect"))


def _loads() -> list[list[Gift]]:
    """What lies in each container: the gifts that nobody counted at the door, the same each time."""
    loads: list[list[Gift]] = [[] for _number in range(plan.CONTAINERS)]
    left = [gift for number, gift in enumerate(gifts()) if not is_loose(number)]
    for number, gift in enumerate(left):
        loads[number % plan.CONTAINERS].extend(gift)
    return loads


def _is_weighed(number: int) -> bool:
    """One point has a scale."""
    return number % len(plan.POINTS) == 2


def _refused_of(number: int) -> int:
    """How many things of a container are refused."""
    return 1 + number % 3


def _refusal(number: int, reason: RefusalReason, *, is_weighed: bool) -> RefusalLine:
    refused = _refused_of(number)
    return RefusalLine(reason, refused, refused * plan.REFUSED_WEIGHS if is_weighed else None)


def _line(world: World, gift: Gift, *, is_weighed: bool) -> ArrivalLine:
    item = world.items[gift.item]
    grams = (item.grams or 0) * gift.quantity or None if is_weighed else None
    return ArrivalLine(item, gift.quantity, gift.condition, grams=grams)
