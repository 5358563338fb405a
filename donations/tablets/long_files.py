"""The file of a tablet that holds more than one waits for: taken in by the worker, entry by entry, each once.

A worker that is killed has taken in what it had; the next one finds that here, and goes on with the rest.
"""

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from donations.enums import Fate
from donations.models import Tablet
from donations.tablets.files import BadFile, Line, Outcome, open_file, take_in_file
from donations.tablets.held import shown
from network.papers import acting_now, theirs
from network.perms import COORDINATES
from web.jobs.kinds import Arguments, NotYours, Sent, Work
from web.jobs.taking_in import TakingIn
from web.numbers import grouped

TABLET_FILE = "file of a tablet"
LONGEST = 10_000  # characters: an entry of a hundred articles has half of them


@dataclass(frozen=True)
class TabletFileKind(TakingIn):
    """It is counted in entries."""

    at_once = 200  # entries: 0.1 s of work, a second on a machine that has much else to do

    def progress(self, done: int, total: int) -> str:
        said = ngettext("%(done)s of %(number)s entry", "%(done)s of %(number)s entries", total)
        return said % {"done": grouped(done), "number": grouped(total)}


def _prepare(user: User, about: Arguments, sent: Sent) -> Work:
    try:
        file = open_file(sent.content, acting_now(user, about["house"], *COORDINATES))
    except BadFile as gone:
        raise NotYours from gone
    return Work(len(file.entries), lambda told: _kept(take_in_file(file, told)))


def _sees(user: User, about: Arguments) -> None:
    acting_now(user, about["house"], *COORDINATES)


def _kept(outcome: Outcome) -> bytes:
    lines = [
        [line.at.isoformat() if line.at else "", line.fate, str(line.reason), _short(line.entry)]
        for line in outcome.lines
    ]
    return json.dumps({"tablet": outcome.tablet.pk, "counts": outcome.counts, "lines": lines}).encode()


def _shows(user: User, about: Arguments, content: bytes) -> dict[str, Any]:
    kept = json.loads(content)
    tablets = Tablet.objects.visible_to(acting_now(user, about["house"], *COORDINATES))
    tablet = theirs(tablets.select_related("device__site", "device__house"), kept["tablet"])
    counts = Counter({Fate(fate): number for fate, number in kept["counts"].items()})
    lines = [
        Line(parse_datetime(at) if at else None, Fate(fate), reason, entry) for at, fate, reason, entry in kept["lines"]
    ]
    return shown(Outcome(tablet, counts, lines))


def _short(entry: Any) -> Any:
    """The entry as it came; nothing of one that is longer than any that a page makes."""
    return entry if len(json.dumps(entry)) <= LONGEST else None


def _back(_about: Arguments) -> str:
    return reverse("donations:tablet_import")


FILES = {
    TABLET_FILE: TabletFileKind(
        _("File of a tablet"), _prepare, _back, _sees, "donations/tablets/_tablet_outcome.html", _shows
    )
}
