"""The kinds of long work. Each app registers its own when it starts (apps.py); what they say is theirs."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.http import HttpResponse, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from web.errors import Refused
from web.numbers import grouped

if TYPE_CHECKING:
    from web.jobs.models import Job

Arguments = dict[str, Any]  # ids, days and choices alone: nothing that somebody typed
Told = Callable[[int], None]  # is told how far the work is, again and again


class NotYours(Refused):
    """Who asks may not see, or no longer, what the work is about; or it is no more."""

    def __init__(self) -> None:
        super().__init__(_("This is about something that you may not see."))


@dataclass(frozen=True)
class Work:
    """Work about to be done: how many pages, rows or entries it is, and what does it. The answer is what is kept."""

    total: int
    make: Callable[[Told], bytes]


@dataclass(frozen=True)
class Sent:
    """A file that somebody sent, as it waits for the worker; `came_at` is kept when it goes on to other work."""

    content: bytes
    name: str = ""
    came_at: datetime | None = None  # now


@dataclass(frozen=True)
class JobKind(ABC):
    """A kind of long work.

    `prepare` is asked with the person's own rights before anything is promised, and again when the work is done: it
    raises NotYours. So does `sees`, asked before what was made is opened; without it `prepare` is. `back` is the page
    that it was asked from. What takes a file in is given it as a third argument: a Sent.
    """

    label: str | Promise
    prepare: Callable[..., Work]
    back: Callable[[Arguments], str]
    sees: Callable[[Any, Arguments], object] | None = None

    at_once: ClassVar[int]  # of `total`: what is made while one waits, about a second
    most: ClassVar[int]  # of `total`: in one piece
    begin: ClassVar[str | Promise] = ""  # on the button that asks for it
    opens: ClassVar[str | Promise] = ""  # on the button that opens what was made; empty: its page shows it
    icon: ClassVar[str] = "download"
    erase: ClassVar[str | Promise] = _("Erase it")  # on the button that erases what was made
    is_all_or_nothing: ClassVar[bool] = False  # what it writes and that it is done are one transaction

    def check(self, user: Any, about: Arguments) -> None:
        """Raise NotYours where `user` may not, or no longer, open what was made."""
        (self.sees or self.prepare)(user, about)

    def keeps_file(self, content: bytes) -> bool:
        """Whether the file that came in is needed once more, now that `content` was made of it."""
        return False

    @abstractmethod
    def too_long(self, total: int) -> str:
        """Why it is not begun where it has more than `most`."""

    @abstractmethod
    def progress(self, done: int, total: int) -> str:
        """How far it is."""

    def what_stays(self, job: "Job") -> str:
        """What is not taken back where `job` is stopped or erased, as a sentence; empty: there is no such thing."""
        return ""


class Leaving(JobKind):
    """Work that makes a file to take along. What is long is offered before it is begun."""

    @abstractmethod
    def offer(self, total: int) -> str:
        """How long it is, and that one need not wait: said before what was not sent with a form is begun."""

    def back_to(self, about: Arguments, asked: QueryDict) -> str:
        """The page that it was asked from; `asked` is what the address that asked for it said besides."""
        return self.back(about)

    @abstractmethod
    def answer(self, job: "Job", content: bytes) -> HttpResponse:
        """What was made, as a file."""


class InRows(JobKind):
    """Work that is counted in rows."""

    def progress(self, done: int, total: int) -> str:
        said = ngettext("%(done)s of %(number)s row", "%(done)s of %(number)s rows", total)
        return said % {"done": grouped(done), "number": grouped(total)}


kinds: dict[str, JobKind] = {}
