"""The replay: every step in its order, and an empty database to do it in."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Protocol

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from kitdrive.demo import collecting, incoming, lately, making, outgoing
from kitdrive.demo.world import World, settle
from network.models import House
from web.errors import Refused

STEPS: tuple[tuple[str | Promise, Callable[[World], Iterator[str]]], ...] = (
    (_("targets"), making.targets),
    (_("pledges"), incoming.pledges),
    (_("deliveries of partners"), incoming.deliveries),
    (_("tablets of the points"), collecting.tablets),
    (_("drop-offs at the points"), collecting.drop_offs),
    (_("gifts of the public"), incoming.public),
    (_("purchases"), incoming.purchases),
    (_("transfers to the workshop"), making.gathering),
    (_("cartons and pallets"), collecting.containers),
    (_("sortings"), collecting.sorting),
    (_("packs of the session"), making.session),
    (_("shipments"), outgoing.shipments),
    (_("transfer to the clothing room"), outgoing.to_the_clothing_room),
    (_("handovers"), outgoing.handovers),
    (_("packs of the winter"), making.winter),
    (_("drop-offs of the winter"), collecting.all_year),
    (_("attestations"), lately.attestation),
    (_("pledges of the last weeks"), lately.partners),
    (_("drop-offs of the last days"), lately.doors),
)


class Progress(Protocol):
    def __call__(self, name: str | Promise, done: int, *, is_over: bool) -> None: ...


def replay(today: date, progress: Progress) -> World:
    """Tell the whole drive in an empty database; `progress` hears each step's name and how far it is.

    Raises Refused where anybody or any house is there already: the demonstration never mixes with real data.
    """
    if User.objects.exists() or House.objects.exists():
        raise Refused(_("This database is not empty. The demonstration needs an empty one."))
    with translation.override("fr"):
        world = settle(today)
        for name, step in STEPS:
            done = 0
            for done, _what in enumerate(step(world), start=1):
                progress(name, done, is_over=False)
            progress(name, done, is_over=True)
    House.objects.filter(pk=world.house.pk).update(is_demonstration=True)
    return world
