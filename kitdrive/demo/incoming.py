"""What comes in: partners' deliveries against their pledges, hundreds of gifts of the public, purchases."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import groupby

from donations.arrivals import ArrivalLine
from donations.models import Pledge
from donations.operations import buy, receive
from donations.pledges import promise
from kitdrive.demo import clock, plan
from kitdrive.demo.world import World
from stock.lots import last_day


def pledges(world: World) -> Iterator[str]:
    """Each partner promises, six weeks before, what it will bring."""
    for partner, deliveries in _partners():
        promised: dict[str, list[plan.Delivery]] = {}
        for delivery in deliveries:
            promised.setdefault(delivery.item, []).append(delivery)
        for item, parts in promised.items():
            with clock.at(world.day - timedelta(days=42)):
                world.pledges[partner, item] = promise(
                    drive=world.drive,
                    partner=world.organisations[partner],
                    item=world.items[item],
                    quantity=plan.PROMISED.get(item) or sum(part.quantity for part in parts),
                    due_on=world.day - timedelta(days=min(part.before for part in parts)),
                    actor=world.people["coordination"],
                    key=world.key("pledge"),
                )
            yield item


def deliveries(world: World) -> Iterator[str]:
    """The partners deliver to the workshop, by lot and date, on several days."""
    for partner, planned in _partners():
        for before, parts in groupby(sorted(planned, key=lambda part: -part.before), lambda part: part.before):
            day = world.day - timedelta(days=before)
            with clock.at(day):
                receive(
                    drive=world.drive,
                    place=world.stores[plan.ATELIER],
                    partner=world.organisations[partner],
                    received_on=day,
                    lines=[_line(world, partner, part) for part in parts],
                    actor=world.people["coordination"],
                    key=world.key("delivery"),
                )
            yield partner


def _partners() -> Sequence[tuple[str, Sequence[plan.Delivery]]]:
    return (
        (plan.PHARMACY, plan.PHARMACY_DELIVERIES),
        (plan.DAIRY, plan.DAIRY_DELIVERIES),
        (plan.VINTAGE, plan.VINTAGE_DELIVERIES),
    )


def arrival_line(
    world: World, article: str, quantity: int, number: str, months: int, pledge: Pledge | None = None
) -> ArrivalLine:
    """So many of an article of one lot, whose printed month comes so many months after the 29th (0: none is)."""
    best_before, precision = None, "day"
    if months:
        months += world.day.month - 1
        best_before, precision = last_day(world.day.year + months // 12, months % 12 + 1)
    item = world.items[article]
    grams = item.grams * quantity if item.grams else None
    return ArrivalLine(
        item, quantity, number=number, best_before=best_before, precision=precision, grams=grams, pledge=pledge
    )


def _line(world: World, partner: str, part: plan.Delivery) -> ArrivalLine:
    pledge = world.pledges[partner, part.item]
    return arrival_line(world, part.item, part.quantity, part.number, part.months, pledge)


@dataclass(frozen=True)
class Gift:
    """One line of a gift of the public."""

    item: str
    quantity: int
    condition: str


def is_loose(number: int) -> bool:
    """Whether a gift is counted piece by piece at the door; one in five comes in bags and is sorted later."""
    return number % 5 != 4


def gifts() -> list[list[Gift]]:
    """The goods of the public dealt out over the donations, some lines each; the totals are those of the plan."""
    rng = random.Random(2911)  # noqa: S311  (the same gifts each time)
    lines: list[Gift] = []
    for item, total, fewest, most, condition in plan.PUBLIC_GOODS:
        while total:
            quantity = min(total, rng.randint(fewest, most))
            lines.append(Gift(item, quantity, condition))
            total -= quantity
    rng.shuffle(lines)
    donations: list[list[Gift]] = [[] for _number in range(plan.PUBLIC_DONATIONS)]
    for number, line in enumerate(lines):
        donations[number % len(donations)].append(line)
    return donations


def public(world: World) -> Iterator[str]:
    """Three weeks of gifts at the four points that are counted piece by piece by the volunteers there."""
    for number, gift in enumerate(gifts()):
        if not is_loose(number):
            continue
        point = plan.POINTS[number % len(plan.POINTS)][0]
        day = world.day - timedelta(days=21 - number * 20 // plan.PUBLIC_DONATIONS)
        with clock.at(day, hour=10 + number % 9, minute=number % 60):
            receive(
                drive=world.drive,
                place=world.stores[point],
                received_on=day,
                lines=[ArrivalLine(world.items[line.item], line.quantity, line.condition) for line in gift],
                actor=world.people["volontaire"],
                key=world.key("gift"),
            )
        yield point


def purchases(world: World) -> Iterator[str]:
    """What nobody gave is bought, paid by a foundation."""
    for before, supplier, item, quantity, euros in plan.PURCHASES:
        day = world.day - timedelta(days=before)
        with clock.at(day):
            buy(
                drive=world.drive,
                place=world.stores[plan.ATELIER],
                supplier=supplier,
                funder=world.organisations[plan.FUNDER],
                cost=Decimal(euros),
                bought_on=day,
                lines=[ArrivalLine(world.items[item], quantity)],
                actor=world.people["coordination"],
                key=world.key("purchase"),
            )
        yield supplier
