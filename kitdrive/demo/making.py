"""What is made: all goods come to the workshop, 800 kits are packed on the open day, and a few more in winter."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from donations.models import Drive
from kitdrive.demo import clock, plan
from kitdrive.demo.world import World
from kits.closing import Count, close_session, expected_at
from kits.models import AssemblySession
from kits.operations import pack
from kits.sessions import MixLine, open_session, plan_session
from kits.targets import TargetLine, set_targets
from stock.operations import LotLine, transfer


def targets(world: World) -> Iterator[str]:
    """How many kits of each the drive is to make, and the one that goes on all year after it."""
    for drive, wanted in ((world.drive, plan.TARGETS), (world.year_drive, plan.YEAR_TARGETS)):
        with clock.at(world.day - timedelta(days=42)):
            set_targets(
                drive=drive,
                targets=[
                    TargetLine(world.versions[template].template, quantity, priority)
                    for priority, (template, quantity) in enumerate(wanted.items(), start=1)
                ],
                actor=world.people["coordination"],
            )
        yield str(drive)


def gathering(world: World) -> Iterator[str]:
    """The evening before, everything that lies at the four points comes to the workshop."""
    for point, *_address in plan.POINTS:
        with clock.at(world.day - timedelta(days=1), hour=18):
            transfer(
                source=world.stores[point],
                target=world.stores[plan.ATELIER],
                lines=[LotLine(lot, free) for lot, free in world.free_lots(point)],
                actor=world.people["coordination"],
                key=world.key("gathering"),
            )
        yield point


def session(world: World) -> Iterator[str]:
    """The open day: four hours, two packs every twelve minutes, each of twenty kits of one kind; then the count."""
    planned = _opened(world, world.drive, "Usine à kits", world.day, plan.TARGETS)
    packs = [template for template, quantity in plan.TARGETS.items() for _n in range(quantity // plan.PACK_OF)]
    for number, template in enumerate(packs):
        minutes = number * 240 // len(packs)
        _pack(world, planned, template, plan.PACK_OF, clock.at(world.day, 10 + minutes // 60, minutes % 60))
        yield template
    with clock.at(world.day, hour=15):
        _close(world, planned, plan.MISSED_AT_COUNT)


def winter(world: World) -> Iterator[str]:
    """Some weeks later a few people pack what the shelves still allow, for the drive that goes on all year."""
    day = world.day + timedelta(days=plan.WINTER)
    planned = _opened(world, world.year_drive, "Séance d’hiver", day, plan.WINTER_KITS)
    for hour, (template, count) in enumerate(plan.WINTER_KITS.items(), start=10):
        _pack(world, planned, template, count, clock.at(day, hour, 30))
        yield template
    with clock.at(day, hour=15):
        _close(world, planned, {})


def _opened(world: World, drive: Drive, name: str, day: date, mix: dict[str, int]) -> AssemblySession:
    """A session of `mix` from ten to two o'clock, planned and opened that morning."""
    with clock.at(day, hour=8):
        planned = plan_session(
            drive=drive,
            place=world.stores[plan.ATELIER],
            name=name,
            starts_at=timezone.make_aware(datetime.combine(day, time(10))),
            ends_at=timezone.make_aware(datetime.combine(day, time(14))),
            mix=[MixLine(world.versions[template], quantity) for template, quantity in mix.items()],
            actor=world.people["coordination"],
        )
    with clock.at(day, hour=10):
        open_session(session=planned, actor=world.people["coordination"])
    planned.refresh_from_db()
    return planned


def _pack(
    world: World, planned: AssemblySession, template: str, count: int, when: AbstractContextManager[None]
) -> None:
    with when:
        pack(
            version=world.versions[template],
            count=count,
            place=world.stores[plan.ATELIER],
            session=planned,
            actor=world.people["volontaire"],
            key=world.key("pack"),
        )


def _close(world: World, planned: AssemblySession, missed: dict[str, int]) -> None:
    """Count everything that is left; of some articles there are fewer than the recipes say, by `missed`."""
    expected: dict[str, int] = {}
    for balance in expected_at(planned):
        expected[balance.lot.item.name] = expected.get(balance.lot.item.name, 0) + balance.on_hand
    counts = [
        Count(world.items[name], quantity, quantity - missed.get(name, 0))
        for name, quantity in sorted(expected.items())
    ]
    close_session(session=planned, counts=counts, actor=world.people["coordination"], key=world.key("closing"))
