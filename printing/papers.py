"""The papers that can be printed. Each app registers its own when it starts (apps.py); what they say is theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from web.errors import Refused

Arguments = dict[str, int]  # ids alone
Told = Callable[[int], None]  # is told how many sheets are laid out, again and again

NEUTRAL = "liste.pdf"  # the name of every file, whatever it holds
AT_ONCE = 12  # sheets that are laid out while one waits: about a second
MOST_SHEETS = 400  # in one file


class NotYours(Refused):
    """Who asks may not see, or no longer, what the paper is about; or it is no more."""

    def __init__(self) -> None:
        super().__init__(_("This paper is about something that you may not see."))


@dataclass(frozen=True)
class Work:
    """A paper about to be made: how many sheets have to be laid out, and what lays them out."""

    sheets: int
    make: Callable[[Told], bytes]


@dataclass(frozen=True)
class Paper:
    """A kind of paper.

    `prepare` is asked with the person's own rights before anything is promised, and again at the moment of printing: it
    raises NotYours. So does `sees`, asked before a file that was made is opened; without it `prepare` is. `back` is the
    page that it was asked from.
    """

    label: str | Promise
    prepare: Callable[[Any, Arguments], Work]
    back: Callable[[Arguments], str]
    sees: Callable[[Any, Arguments], object] | None = None

    def check(self, user: Any, about: Arguments) -> None:
        """Raise NotYours where `user` may not, or no longer, open a file that was made."""
        (self.sees or self.prepare)(user, about)


papers: dict[str, Paper] = {}
