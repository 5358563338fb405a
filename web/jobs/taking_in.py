"""Files that come in: a short one is taken in while one waits, a long one by the worker, and shows what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from web.jobs.enums import JobState
from web.jobs.kinds import Arguments, InRows
from web.jobs.models import Job
from web.numbers import grouped


@dataclass(frozen=True)
class TakingIn(InRows):
    """A kind of file that comes in; its work is counted in rows. The file waits with it, and goes once it is done.

    `shows` makes of what was kept what `template` takes, with the rights that the person has then: it raises NotYours.
    """

    template: str = ""
    shows: Callable[[Any, Arguments, bytes], dict[str, Any]] = lambda user, about, content: {}

    at_once = 200  # rows that are taken in while one waits: 0.3 to 0.8 s of work
    most = 100_000
    erase = gettext_lazy("Erase this report")
    writes: ClassVar[bool] = True  # a look does not

    def too_long(self, total: int) -> str:
        said = _("This file has %(rows)s rows, more than %(most)s. Split it.")
        return said % {"rows": grouped(total), "most": grouped(self.most)}

    def what_stays(self, job: Job) -> str:
        """What was written, unless nothing was: by a look, or by what is written all at once and is not yet."""
        if not self.writes or (job.state == JobState.WAITING and not job.run):
            return ""
        if job.state == JobState.DONE:
            return _("What was written stays.")
        return "" if self.is_all_or_nothing else _("What was already taken in stays.")

    def shown(self, job: Job, content: bytes) -> tuple[str, dict[str, Any]]:
        """The fragment that shows what was made on the page of the work, and what it takes."""
        return self.template, self.shows(job.owner, job.arguments, content)
