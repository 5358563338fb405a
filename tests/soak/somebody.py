"""Somebody who does one thing after the other, at random, as people do: much of it wrong, and some of it twice."""

import random
from collections import Counter
from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from network.models import House
from stock.ledger import KeyConflict
from stock.models import Item, Operation, Place
from web.errors import Refused

RECENT = 60  # rows among which one is drawn
Call = tuple[Callable[..., Any], dict[str, Any]]


class NothingToDo(Exception):
    """There is nothing yet on which this could be done."""


class Somebody:
    """Draws from `seed` alone what is done next. `done` counts what was done, refused, repeated and set aside."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.done: Counter[str] = Counter()
        self.last: tuple[Call, Any] | None = None

    @cached_property
    def house(self) -> House:
        return House.objects.get()

    @cached_property
    def actor(self) -> User:
        return User.objects.order_by("pk").first()

    @cached_property
    def items(self) -> list[Item]:
        return list(Item.objects.loose().order_by("pk"))

    @cached_property
    def places(self) -> list[Place]:
        return list(Place.objects.where_goods_are_ready().select_related("house", "site").order_by("pk"))

    @property
    def place(self) -> Place:
        """The first place twice as often as any other: this is where they meet."""
        return self.random.choice([self.places[0], *self.places])

    def key(self) -> str:
        return f"{self.random.getrandbits(128):032x}"

    def chance(self, of: float) -> bool:
        return self.random.random() < of

    def any(self, rows: QuerySet) -> Any:
        """One of the newest of `rows`."""
        found = list(rows.order_by("-pk")[:RECENT])
        if not found:
            raise NothingToDo
        return self.random.choice(found)

    def quantity(self, most: int) -> int:
        """Mostly what there is; sometimes more, none, or less than none."""
        if self.chance(0.08):
            return self.random.choice([0, -1, most + 1, most + 7, 10**6])
        return self.random.randint(1, max(1, most))

    def do(self, work: Callable[["Somebody"], Call]) -> None:
        """Do `work` once, and count how it ended. What is neither done nor refused is a fault, and ends the test."""
        name = work.__name__
        try:
            function, arguments = work(self)
            if self.last and self.chance(0.03):  # a form that was sent already, and filled in anew
                arguments["key"] = self.last[0][1]["key"]
            answer = function(**arguments)
        except NothingToDo:
            self.done["nothing to do"] += 1
        except KeyConflict:
            self.done["set aside"] += 1
        except Refused:
            self.done[f"{name} refused"] += 1
        else:
            self.done[name] += 1
            self.last = ((function, arguments), answer)

    def repeat(self) -> None:
        """Send the last thing that was done once more, as a browser does: it was done once."""
        if self.last is None:
            return
        (function, arguments), answer = self.last
        before = Operation.objects.filter(key=arguments["key"]).count()
        again = function(**arguments)
        assert again == answer, f"{function.__name__} sent twice answered something else"
        assert Operation.objects.filter(key=arguments["key"]).count() == before
        self.done["repeated"] += 1
