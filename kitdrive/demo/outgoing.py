"""What goes out: shipments to associations, acknowledged by them; kits and clothes handed over to households."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from distribution.drafts import Line, draft_shipment
from distribution.enums import AcknowledgedBy, LetterException
from distribution.handover_rules import Household
from distribution.handovers import forget_kits, hand_over
from distribution.models import Shipment
from distribution.shipments import acknowledge_shipment, hand_over_shipment, pack_shipment
from kitdrive.demo import clock, plan
from kitdrive.demo.world import World
from stock.operations import LotLine, transfer


def shipments(world: World) -> Iterator[str]:
    """In the two weeks after, each association receives its kits and says what arrived; one has yet to."""
    for number, (name, _kind, _department, mode, *counts) in enumerate(plan.ASSOCIATIONS):
        day = world.day + timedelta(days=2 + 2 * number)
        lines = [Line(world.kit(template), count) for template, count in zip(plan.TARGETS, counts, strict=True)]
        coordinator = world.people["coordination"]
        with clock.at(day):
            shipment = draft_shipment(
                organisation=world.organisations[name],
                place=world.stores[plan.ATELIER],
                mode=mode,
                planned_on=day,
                drive=world.drive,
                lines=lines,
                actor=coordinator,
                key=world.key("shipment"),
            )
            pack_shipment(shipment=shipment, actor=coordinator, key=world.key("pack shipment"))
        with clock.at(day, hour=15):
            hand_over_shipment(shipment=shipment, actor=coordinator, key=world.key("leave"))
        if name != plan.UNCONFIRMED:
            with clock.at(day + timedelta(days=1)):
                _acknowledge(world, shipment)
        yield name


def _acknowledge(world: World, shipment: Shipment) -> None:
    shipment.refresh_from_db()
    acknowledge_shipment(
        shipment=shipment,
        arrived={line.pk: line.quantity for line in shipment.lines.all()},
        way=AcknowledgedBy.PAPER,
        receipt_code=shipment.receipt_code,
        actor=world.people["coordination"],
        key=world.key("acknowledge"),
    )


def to_the_clothing_room(world: World) -> Iterator[str]:
    """What is left of the kits, by their lots, goes to where women are received."""
    with clock.at(world.day + timedelta(days=15)):
        lines = []
        for template, wanted in plan.TO_CLOTHING_ROOM.items():
            for lot, free in world.free_lots(plan.ATELIER, world.kit(template)):
                taken = min(wanted, free)
                wanted -= taken
                if taken:
                    lines.append(LotLine(lot, taken))
        transfer(
            source=world.stores[plan.ATELIER],
            target=world.stores[plan.CLOTHING_ROOM],
            lines=lines,
            actor=world.people["coordination"],
            key=world.key("transfer"),
        )
    yield plan.CLOTHING_ROOM


def handovers(world: World) -> Iterator[str]:
    """Four times a week from then on, at the clothing room: one kit a household, by the structure that referred it."""
    rng = random.Random(1129)  # noqa: S311  (the same households each time)
    kits = [template for template, count in plan.HANDED_OVER.items() for _number in range(count)]
    rng.shuffle(kits)
    for number, template in enumerate(kits):
        day = _open_day(world.day, number)
        has_letter = number % 12 != 5  # very rarely without, and then the reason is one of the list
        with clock.at(day):
            hand_over(
                place=world.stores[plan.CLOTHING_ROOM],
                structure=world.organisations[plan.STRUCTURES[number % len(plan.STRUCTURES)][0]],
                has_letter=has_letter,
                letter_exception="" if has_letter else LetterException.PREMIER_ACCUEIL,
                household=_household(rng, template),
                codes=[],
                kits=[Line(world.kit(template), 1)],
                articles=[],
                grams=world.kit(template).grams,
                actor=world.people["distribution"],
                key=world.key("handover"),
            )
        yield template
    forget_kits()


def _open_day(day: date, number: int) -> date:
    """Monday, Tuesday, Thursday and Friday from the third week after, six households a day."""
    monday = day + timedelta(days=16 + (7 - (day.weekday() + 16) % 7) % 7)
    week, turn = divmod(number // 6, 4)
    return monday + timedelta(days=7 * week + (0, 1, 3, 4)[turn])


def _household(rng: random.Random, template: str) -> Household:
    if template == plan.WOMAN:
        return Household(women=1)
    if template == plan.BABY:
        return Household(women=1, children_0_2=1, children_3_11=rng.choice((0, 0, 1)))
    return Household(women=1, children_3_11=rng.choice((1, 1, 2)), children_12_17=rng.choice((0, 0, 1)))
