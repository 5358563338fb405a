"""What a home is made of."""

from dataclasses import dataclass, field

from django.utils.functional import Promise

from donations.drop_offs.points import PointSums
from donations.models import Drive
from kitdrive.beginning import FirstStep
from network.models import House

Words = str | Promise


@dataclass(frozen=True)
class Ring:
    """How much of the targets of a drive is made."""

    drive: Drive
    made: int
    target: int


@dataclass(frozen=True)
class Step:
    """The one thing to do next, as a large button, and the sentence above it; without an address the sentence alone."""

    sentence: Words
    label: Words = ""
    url: Words = ""
    icon: str = ""


@dataclass(frozen=True)
class Figure:
    figure: int
    label: Words
    url: str = ""
    qualifier: Words = ""


@dataclass(frozen=True)
class HouseTotals:
    """What the network sees of a house: totals of kits, nothing of households."""

    house: House
    made: int
    shipped: int


@dataclass
class Home:
    ring: Ring | None = None
    step: Step | None = None
    attention: list[tuple[str, str]] = field(default_factory=list)  # sentence, address
    points: list[PointSums] = field(default_factory=list)  # where something came today
    figures: list[Figure] = field(default_factory=list)
    houses: list[HouseTotals] = field(default_factory=list)
    beginning: list[FirstStep] = field(default_factory=list)
