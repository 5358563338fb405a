"""The day: what lies at the points comes to the workshop, the session packs 800 kits, and what is left is counted."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.utils import timezone

from kitdrive.demo import clock, plan
from kitdrive.demo.world import World
from kits.models import AssemblySession
from kits.operations import pack
from kits.sessions import Count, MixLine, close_session, expected_at, open_session, plan_session
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
    """Four hours, two packs every twelve minutes, each of twenty kits of one kind; then the count."""
    with clock.at(world.day, hour=8):
        planned = _plan(world)
    with clock.at(world.day, hour=10):
        open_session(session=planned, actor=world.people["coordination"])
        planned.refresh_from_db()
    packs = [template for template, quantity in plan.TARGETS.items() for _n in range(quantity // plan.PACK_OF)]
    for number, template in enumerate(packs):
        minutes = number * 240 // len(packs)
        with clock.at(world.day, hour=10 + minutes // 60, minute=minutes % 60):
            pack(
                version=world.versions[template],
                count=plan.PACK_OF,
                place=world.stores[plan.ATELIER],
                session=planned,
                actor=world.people["volontaire"],
                key=world.key("pack"),
            )
        yield template
    with clock.at(world.day, hour=15):
        _close(world, planned)


def _plan(world: World) -> AssemblySession:
    return plan_session(
        drive=world.drive,
        place=world.stores[plan.ATELIER],
        name="Usine à kits",
        starts_at=timezone.make_aware(datetime.combine(world.day, time(10))),
        ends_at=timezone.make_aware(datetime.combine(world.day, time(14))),
        mix=[MixLine(world.versions[template], quantity) for template, quantity in plan.TARGETS.items()],
        actor=world.people["coordination"],
    )


def _close(world: World, planned: AssemblySession) -> None:
    """Count everything that is left; of some articles there are a few less than the recipes say."""
    expected: dict[str, int] = {}
    for balance in expected_at(planned):
        expected[balance.lot.item.name] = expected.get(balance.lot.item.name, 0) + balance.on_hand
    counts = [
        Count(world.items[name], quantity, quantity - plan.MISSED_AT_COUNT.get(name, 0))
        for name, quantity in sorted(expected.items())
    ]
    close_session(session=planned, counts=counts, actor=world.people["coordination"], key=world.key("closing"))
