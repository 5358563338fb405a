"""A tablet without its screen: it keeps to docs/tablets.md, with an outbox, a back-off and receipts.

Its clock runs a thousand times quicker than a tablet's where it waits, and not otherwise.
"""

import json
import random
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.utils import timezone

AT_ONCE = 50  # entries of one request, as the server takes them
PATIENCE = 30  # seconds for an answer
FIRST_WAIT, LONGEST_WAIT = 0.005, 0.3  # seconds; of a tablet 5 and 300
FORGET = {"recorded", "set_aside"}
Entry = dict[str, Any]


class GaveUp(Exception):
    """The outbox did not empty within the tries that a test allows."""


@dataclass
class Device:
    """Notes entries and sends them until each has its receipt. `seed` draws the ids and the waits."""

    url: str
    secret: str
    seed: int
    codes: list[str] = field(default_factory=list)
    goods: list[int] = field(default_factory=list)
    outbox: dict[str, Entry] = field(default_factory=dict)
    noted: dict[str, Entry] = field(default_factory=dict)
    receipts: dict[str, dict[str, Any]] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    calls: int = 0

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)

    def note(self, kind: str, **fields: Any) -> Entry:
        """Make an entry: its id is made once, here, and goes with it for ever."""
        entry = {
            "id": str(UUID(int=self.dice.getrandbits(128), version=4)),
            "kind": kind,
            "at": timezone.now().isoformat(timespec="milliseconds"),
            **fields,
        }
        self.outbox[entry["id"]] = self.noted[entry["id"]] = entry
        return entry

    def anything(self) -> Entry:
        """Note something, as it comes at a door: mostly a bag."""
        kind = self.dice.choices(
            ["drop_off", "refusal", "goods", "container", "undo"],
            [86, 6, 3 if self.goods else 0, 3 if self.codes else 0, 2 if self._still_standing else 0],
        )[0]
        return self.note(kind, **getattr(self, f"_{kind}")())

    def _drop_off(self) -> Entry:
        what = self.dice.choice(["bag", "bag", "bag", "carton", "pallet"])
        return {"what": what, "quantity": self.dice.randint(1, 3), "grams": None, "partner": None}

    def _refusal(self) -> Entry:
        return {"reason": self.dice.choice(["dirty", "worn", "medicine"]), "quantity": 1, "grams": None}

    def _goods(self) -> Entry:
        items = self.dice.sample(self.goods, 2)
        return {"lines": [{"item": item, "quantity": self.dice.randint(1, 5)} for item in items]}

    def _container(self) -> Entry:
        return {"what": "carton", "code": self.codes.pop(), "grams": None, "partner": None}

    def _undo(self) -> Entry:
        return {"of": self.dice.choice(self._still_standing)}

    @property
    def _still_standing(self) -> list[str]:
        """What was noted as left at the door and not taken back since."""
        taken_back = {entry["of"] for entry in self.noted.values() if entry["kind"] == "undo"}
        left = (entry["id"] for entry in self.noted.values() if entry["kind"] == "drop_off")
        return [entry for entry in left if entry not in taken_back]

    def work(self, entries: int, most_calls: int = 5000) -> "Device":
        """Note `entries` while sending, then send until nothing waits. Raises GaveUp after `most_calls`."""
        wait, left = FIRST_WAIT, entries
        while left or self.outbox:
            for _entry in range(min(left, self.dice.randint(1, 6))):
                self.anything()
                left -= 1
            if self.calls >= most_calls:
                raise GaveUp(f"{len(self.outbox)} entries still wait after {self.calls} calls")
            if self.send():
                wait = FIRST_WAIT
            else:
                time.sleep(self.dice.uniform(0.5, 1) * wait)
                wait = min(2 * wait, LONGEST_WAIT)
        return self

    def send(self) -> bool:
        """Send what waits longest, and forget what a receipt lets one forget; whether there were receipts."""
        self.calls += 1
        entries = list(self.outbox.values())[:AT_ONCE]
        told = self._ask({"sent_at": timezone.now().isoformat(), "language": "en", "entries": entries})
        if told is None or len(told.get("results", [])) != len(entries):
            return False
        for entry, receipt in zip(entries, told["results"], strict=True):
            if receipt["id"] != entry["id"]:
                raise AssertionError(f"The receipt of {receipt['id']} came for {entry['id']}.")
            if receipt["result"] in FORGET:
                self.receipts[entry["id"]] = receipt
                del self.outbox[entry["id"]]
            elif receipt["result"] == "refused":
                self.refused[entry["id"]] = receipt["reason"]
                del self.outbox[entry["id"]]
        return True

    def _ask(self, content: Entry) -> dict[str, Any] | None:
        """The server's own answer, or None: no network, half an answer, an error, somebody else's page."""
        to = urlsplit(self.url)
        connection = HTTPConnection(str(to.hostname), to.port, timeout=PATIENCE)
        headers = {
            "Content-Type": "application/json",
            "X-Kitdrive": "1",
            "Cookie": f"{settings.TABLET_COOKIE_NAME}={self.secret}",
        }
        body = json.dumps({"waiting": len(self.outbox), "refused": len(self.refused), "version": "test", **content})
        try:
            connection.request("POST", "/collect/entries/", body, headers)
            response = connection.getresponse()
            answer = response.read()
            if response.status != 200 or response.headers.get("X-Kitdrive") != "1":
                return None
            told = json.loads(answer)
        except (OSError, HTTPException, ValueError):
            return None
        finally:
            connection.close()
        return told if told.get("kitdrive") == 1 else None
