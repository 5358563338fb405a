"""The file that a tablet gives out when it cannot send: opened with the tablet's own key, taken in like what it sends.

Its first line is JSON: {"kitdrive": 1, "tablet": number, "iv": base64}. The rest is base64 of what AES-256-GCM made of
{"sent_at": …, "entries": […]}; nobody but this server and the tablet itself can open it or change it unnoticed.
"""

import base64
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext_lazy as _

from donations.drop_offs.moments import read_moment
from donations.enums import Entered, Fate, TabletState
from donations.models import Tablet
from donations.tablets.receiving import LATER, MOST_ENTRIES, RECORDED, Receipt, take_in
from network.acting import Acting
from stock.models import Operation
from web.errors import Refused

MOST_BYTES = 10_000_000  # forty thousand entries
MOST_HEADER = 500  # bytes
NONCE = 12  # bytes
SHOWN = 200  # entries that the page names one by one


class BadFile(Refused):
    """The file is not one that a tablet of this house gave out, or it did not come whole."""


@dataclass(frozen=True, slots=True)
class TabletFile:
    tablet: Tablet
    sent_at: datetime
    entries: list[Any]


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one entry that somebody has to look at."""

    at: datetime | None
    fate: Fate
    reason: str
    entry: Any  # as it came


@dataclass
class Outcome:
    """What became of a file: how many entries of each fate, and those to look at."""

    tablet: Tablet
    counts: Counter[Fate] = field(default_factory=Counter)
    lines: list[Line] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def left(self) -> int:
        return self.counts[Fate.LEFT]

    @property
    def set_aside(self) -> int:
        return self.counts[Fate.SET_ASIDE]

    @property
    def sums(self) -> list[tuple[str, int]]:
        """How many of each fate, in their order; what nothing befell is left out."""
        return [(str(fate.label), self.counts[fate]) for fate in Fate if self.counts[fate]]


def open_file(content: bytes, acting: Acting) -> TabletFile:
    """Open the file of a tablet of the house that `acting` acts for. Raises BadFile, which says what is wrong."""
    head, _newline, body = content.removeprefix(b"\xef\xbb\xbf").partition(b"\n")
    header = _json(head[:MOST_HEADER])
    number, iv = header.get("tablet"), _bytes(str(header.get("iv", "")).encode())
    if header.get("kitdrive") != 1 or not isinstance(number, int) or iv is None or len(iv) != NONCE:
        raise BadFile(
            _("This is not a file that a tablet gave out. Choose the one that was saved on it."), field="file"
        )
    related = ("device__house", "device__site__house", "drive__house", "place__house")
    tablets = Tablet.objects.visible_to(acting).select_related(*related)
    tablet = tablets.filter(pk=number).first() if 0 < number < 2**62 else None
    if tablet is None:
        raise BadFile(_("This file is of no tablet of your association."), field="file")
    said = _json(_decrypted(tablet, iv, body))
    entries, sent_at = said.get("entries"), read_moment(said.get("sent_at"))
    if not isinstance(entries, list) or sent_at is None:
        raise BadFile(_("What this file holds cannot be read. Save it anew on the tablet."), field="file")
    return TabletFile(tablet, sent_at, entries)


def take_in_file(file: TabletFile, told: Callable[[int], None] = lambda _done: None) -> Outcome:
    """Take the entries of `file` in, those that are not here yet before the others; again changes nothing.

    `told` hears how many are through. What could not be written is left, and counted as such: the same file brought in
    again goes on. A tablet that was revoked tells nothing more itself: what waits on it is then what the file says.
    """
    outcome = Outcome(file.tablet)
    here = _keys_here(file)
    ordered = sorted(file.entries, key=lambda entry: _key(entry) in here)
    for chunk in _chunks(ordered, MOST_ENTRIES):
        receipts = take_in(chunk, tablet=file.tablet, sent_at=file.sent_at, entered=Entered.FILE)
        for entry, receipt in zip(chunk, receipts, strict=True):
            _count(outcome, entry, receipt, is_here=_key(entry) in here)
        told(outcome.total)
    if file.tablet.state == TabletState.REVOKED:
        Tablet.objects.filter(pk=file.tablet.pk).update(
            waiting=outcome.counts[Fate.LEFT], refused=outcome.counts[Fate.REFUSED]
        )
    return outcome


def _count(outcome: Outcome, entry: Any, receipt: Receipt, *, is_here: bool) -> None:
    fate = Fate.LEFT if receipt.result == LATER else Fate(receipt.result)
    if receipt.result == RECORDED and is_here:
        fate = Fate.HERE
    outcome.counts[fate] += 1
    if fate in (Fate.SET_ASIDE, Fate.REFUSED) and len(outcome.lines) < SHOWN:
        at = read_moment(entry.get("at")) if isinstance(entry, dict) else None
        outcome.lines.append(Line(at, fate, receipt.reason, entry))


def _keys_here(file: TabletFile) -> set[str]:
    """The ids of the file's entries that were recorded before."""
    recorded: set[str] = set()
    for chunk in _chunks(file.entries, 500):
        keys = [key for key in map(_key, chunk) if key]
        recorded.update(Operation.objects.filter(key__in=keys).values_list("key", flat=True))
    return recorded


def _chunks(entries: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    return (entries[start : start + size] for start in range(0, len(entries), size))


def _key(entry: Any) -> str:
    try:
        return str(UUID(str(entry["id"])))
    except (TypeError, KeyError, ValueError):
        return ""


def _decrypted(tablet: Tablet, iv: bytes, body: bytes) -> bytes:
    secret = _bytes(b"".join(body.split()))
    try:
        return AESGCM(bytes(tablet.export_key)).decrypt(iv, secret or b"", None)
    except InvalidTag:
        raise BadFile(
            _("This file did not come whole, or it was changed. Save it anew on the tablet and bring that one in."),
            field="file",
        ) from None


def _json(text: bytes) -> dict[str, Any]:
    """The JSON object of `text`, or an empty one."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _bytes(text: bytes) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return None
