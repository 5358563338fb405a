"""A person who has a keyboard and no mouse: she presses keys, and reads where the focus is.

Nothing here clicks, fills or moves the focus by script. Each press of Tab asks for what such a person needs: that the
focus is drawn, that nothing hides it, and that it goes on. Words are those of the code, looked up in French.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time

from django.utils import translation
from playwright.sync_api import Page, expect

from tests.browser.steps import in_french

PATIENCE = 15_000  # milliseconds: a slow machine is no failure
FARTHEST = 120  # presses of Tab: more than any page of a test has to reach
WRITINGS_OF_A_DAY = ("%d%m%Y", "%m%d%Y", "%Y%m%d")  # a browser writes it as its own language does
LOOK = """() => {
  const it = document.activeElement;
  if (!it || it === document.body) return null;
  const label = it.closest("label");
  const isDrawn = (each) => {
    const {outlineStyle, outlineWidth} = getComputedStyle(each);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  };
  const box = (it.type === "radio" && label || it).getBoundingClientRect();
  const isHere = ([x, y]) => {
    const top = document.elementFromPoint(box.left + x * box.width, box.top + y * box.height);
    return top && (it.contains(top) || top.contains(it));
  };
  return {
    isDrawn: [it, label, ...(it.labels ?? [])].filter(Boolean).some(isDrawn),
    isSeen: [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]].some(isHere),
    html: it.outerHTML.slice(0, 120),
  };
}"""


@dataclass(frozen=True)
class Focus:
    """What has the focus, as a screen reader says it."""

    role: str
    name: str


NOWHERE = Focus("", "")


def words(label: object) -> str:
    """What is read aloud in French of a text of the code, of what somebody typed, or of a row."""
    with translation.override("fr"):
        return " ".join((in_french(label) if isinstance(label, str) else str(label)).split())


class Keyboard:
    def __init__(self, page: Page) -> None:
        self.page = page
        self._chromium = page.context.new_cdp_session(page)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    @property
    def focus(self) -> Focus:
        it = self._chromium.send("Runtime.evaluate", {"expression": "document.activeElement"})["result"]
        if it.get("className") == "HTMLBodyElement" or "objectId" not in it:
            return NOWHERE
        asked = {"objectId": it["objectId"], "fetchRelatives": False}
        node = self._chromium.send("Accessibility.getPartialAXTree", asked)["nodes"][0]
        name = " ".join(node.get("name", {}).get("value", "").split())
        return Focus(node.get("role", {}).get("value", ""), name.removesuffix("*"))  # the star of what is required

    def tab(self, key: str = "Tab") -> Focus:
        """Go one further; outside the page (at its end) there is nothing to look at."""
        self.press(key)
        seen = self.page.evaluate(LOOK)
        if seen is None:
            return NOWHERE
        assert seen["isDrawn"], f"the focus cannot be seen on {seen['html']}"
        assert seen["isSeen"], f"something hides {seen['html']}"
        return self.focus

    def tab_to(self, label: object, *, role: str = "", key: str = "Tab") -> Focus:
        """Go on until what is called `label`, a text of the code or what a person typed; at most once around."""
        wanted, passed = words(label), []
        for _press in range(FARTHEST):
            here = self.tab(key)
            if here.name.casefold() == wanted.casefold() and here.role.startswith(role):
                return here
            passed.append(here)
            assert passed.count(NOWHERE) < 2, f"{wanted!r} cannot be reached; these can: {set(passed)}"
        raise AssertionError(f"{wanted!r} is too far, or the focus is caught: {set(passed)}")

    @contextmanager
    def leaving(self) -> Iterator[None]:
        """What is pressed in here leads to another page."""
        with self.page.expect_navigation(timeout=PATIENCE):
            yield

    def go(self, label: object, *, role: str = "") -> None:
        """Tab to a link or a button and press it; another page comes."""
        self.tab_to(label, role=role)
        with self.leaving():
            self.press("Enter")

    def open(self, label: str) -> None:
        """Tab to a menu, or to what is folded away, and unfold it."""
        self.tab_to(label, role="DisclosureTriangle")
        self.press("Enter")

    def write(self, label: str, text: str) -> None:
        """Tab to a field and write it anew."""
        self.tab_to(label)
        self.press("Control+a")
        self.type(text)

    def write_day(self, label: str, day: date) -> None:
        self._write_in_parts(label, day.isoformat(), [day.strftime(writing) for writing in WRITINGS_OF_A_DAY])

    def write_hour(self, label: str, hour: time) -> None:
        self._write_in_parts(label, f"{hour:%H:%M}", [f"{hour:%H%M}", f"{hour:%I%M%p}"])

    def _write_in_parts(self, label: str, wanted: str, writings: list[str]) -> None:
        """Tab to a day or an hour and type its parts in the order in which this browser shows them."""
        self.tab_to(label)
        for writing in writings:
            self.press("ArrowLeft", "ArrowLeft", "ArrowLeft")
            self.type(writing)
            if self.page.evaluate("document.activeElement.value") == wanted:
                return
        raise AssertionError(f"{wanted} cannot be typed into {label!r}")

    def choose(self, label: str, beginning: str) -> None:
        """Tab to a list and type how the choice begins."""
        self.tab_to(label)
        self.type(beginning)
        chosen = self.page.evaluate("document.activeElement.selectedOptions[0].text")
        assert chosen.casefold().startswith(beginning.casefold()), f"{chosen!r} is chosen, not {beginning!r}"

    def begins_in_a_field(self) -> None:
        """Wait until the page has put the focus where one begins to type, which it may do once it is drawn."""
        expect(self.page.locator("input:focus")).to_have_count(1)

    def skip(self, label: str = "Skip to the content", to: str = "main") -> None:
        """From the top of a page over its frame, by the first link of every page."""
        first = self.tab()
        assert first.name == words(label), first
        self.press("Enter")
        self.page.wait_for_url(re.compile(f"#{to}$"))
