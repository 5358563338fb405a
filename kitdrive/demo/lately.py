"""The weeks before today: what partners promise and bring, what comes to the doors, and which tablets are heard."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone

from donations.models import Donation
from donations.operations import receive
from donations.partners.attestations import Subject, issue
from donations.partners.letters import remind, thank
from donations.pledges import promise
from donations.tablets.operations import note_contact
from kitdrive.demo import clock, plan
from kitdrive.demo.collecting import VERSION, one_day, tablets_of_the_year
from kitdrive.demo.incoming import arrival_line
from kitdrive.demo.world import World, all_year_drive

SETTLING = timedelta(days=5)  # of a new drive: its tablets are let in, and three days of it can be told
DAYS = (3, 2, 1)  # before today


def attestation(world: World) -> Iterator[str]:
    """What the pharmacies gave in the year of the 29th, in January."""
    with clock.at(world.day + timedelta(days=plan.ATTESTED), hour=11):
        year = world.day.year
        pharmacy = world.organisations[plan.PHARMACY]
        subject = Subject(world.house, pharmacy, date(year, 1, 1), date(year, 12, 31))
        issued = issue(subject=subject, actor=world.people["coordination"], key=world.key("attestation"))
    yield str(issued)


def partners(world: World) -> Iterator[str]:
    """One brings more than it promised, one all of it, one a part and is late, one a part and has time left."""
    _go_on(world)
    by_day = sorted(plan.PROMISES, key=lambda promised: -promised.arrived)
    for promised in by_day:
        with clock.at(world.today - timedelta(days=promised.made)):
            world.pledges[promised.partner, promised.item] = promise(
                drive=world.year_drive,
                partner=world.organisations[promised.partner],
                item=world.items[promised.item],
                quantity=promised.quantity,
                due_on=world.today - timedelta(days=promised.due),
                actor=world.people["coordination"],
                key=world.key("pledge"),
            )
        yield promised.item
    donations = {promised.partner: _delivered(world, promised) for promised in by_day}
    with clock.at(world.today - timedelta(days=plan.REMINDED), hour=9):
        thank(donation=donations[plan.PHARMACY], actor=world.people["coordination"])
        remind(partner=world.organisations[plan.DAIRY], actor=world.people["coordination"])
    yield plan.DAIRY


def _go_on(world: World) -> None:
    """Where the drive that goes on has ended since, begin the one after it, with tablets of its own."""
    first = world.year_drive.ends_on + timedelta(days=1)
    if world.today >= first + SETTLING:
        with clock.at(first - timedelta(days=10)):
            world.year_drive = all_year_drive(world, first.year + 1)
        tablets_of_the_year(world, first)


def _delivered(world: World, promised: plan.Promise) -> Donation:
    pledge = world.pledges[promised.partner, promised.item]
    day = world.today - timedelta(days=promised.arrived)
    with clock.at(day):
        operation = receive(
            drive=world.year_drive,
            place=world.stores[plan.ATELIER],
            partner=world.organisations[promised.partner],
            received_on=day,
            lines=[arrival_line(world, promised.item, promised.units, promised.number, promised.months, pledge)],
            actor=world.people["coordination"],
            key=world.key("delivery"),
        )
    return operation.donation


def doors(world: World) -> Iterator[str]:
    """Three days at the four points. Their tablets are heard now, but for one on which three entries wait."""
    rng = random.Random(3003)  # noqa: S311  (the same days each time)
    for before in DAYS:
        for point, *_address in plan.POINTS:
            yield from one_day(world, world.tablets[point], world.today - timedelta(days=before), rng, most=2)
    *heard, silent = (world.tablets[point] for point, *_address in plan.POINTS)
    with clock.at(world.today - timedelta(days=min(DAYS)), hour=18, minute=40):
        note_contact(silent, waiting=3, refused=0, version=VERSION)
    now = timezone.now()
    for minutes, tablet in enumerate(heard, start=2):
        with clock.at_moment(now - timedelta(minutes=minutes)):
            note_contact(tablet, waiting=0, refused=0, version=VERSION)
        yield str(tablet.device.site)
