"""Somebody who notes bags on the page of a tablet, one after the other, each told from all others by its number.

It goes by the page's own form, as presses do: the keypad, then what is counted. The page's clock runs forty times
quicker where it waits between two tries, so that a test sees what takes minutes at a door.
"""

from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

LONG = 600_000  # ms: a slow machine is no failure

QUICKLY = """
const inTime = window.setTimeout;
window.setTimeout = (work, wait, ...more) => inTime(work, wait >= 1000 && wait !== 60000 ? wait / 40 : wait, ...more);
"""

# Each number is said in the console once the page says that its bag is saved, and not before.
NOTE = """([first, count, wait]) => {
  const { entering } = collect;
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const note = async (number) => {
    entering.openNext();
    entering.openKeypad("quantity");
    for (const digit of String(number)) entering.press(digit);
    entering.useTyped();
    const saved = await entering.add(["bag", "carton", "pallet"][number % 3]);
    if (saved) console.info(`saved ${saved.quantity}`);
  };
  window.noting = (async () => {
    for (let number = first; number < first + count; number += 1) {
      await note(number);
      await pause(wait);
    }
  })();
}"""


class Notebook:
    """A page of a tablet, open on `address`, and the numbers of the bags that it said were saved."""

    def __init__(self, context: BrowserContext, address: str, said: set[int]) -> None:
        self.said = said
        context.add_init_script(QUICKLY)
        self.page: Page = context.new_page()
        self.page.on("console", lambda message: self._hear(message.text))
        self.page.goto(f"{address}/collect/fr/", timeout=LONG)
        expect(self.page.locator("body")).to_have_attribute("data-state", "active", timeout=LONG)

    def _hear(self, text: str) -> None:
        word, _space, number = text.partition(" ")
        if word == "saved" and number.isdigit():
            self.said.add(int(number))

    def note(self, first: int, count: int, wait: int) -> None:
        """Begin to note `count` bags, numbered from `first`, with `wait` ms between them; does not wait for it."""
        self.page.evaluate(NOTE, [first, count, wait])

    def has_noted(self) -> None:
        """Wait until the last of them is noted."""
        self.page.evaluate("window.noting")

    def has_sent(self) -> None:
        """Wait until nothing waits, nothing was refused, and nothing was set aside."""
        strip = self.page.locator("[data-strip]")
        for name in ("waiting", "refused", "aside"):
            expect(strip).to_have_attribute(f"data-{name}", "0", timeout=LONG)

    def kept(self) -> list[Any]:
        """What the outbox holds."""
        return self.page.evaluate("collect.store.everything()")
