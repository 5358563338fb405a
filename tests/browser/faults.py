"""What can be said against a page as it stands in a browser: by axe, and by what axe does not look at."""

from hashlib import sha256
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, ViewportSize

WIDE: ViewportSize = {"width": 1280, "height": 800}
TELEPHONE: ViewportSize = {"width": 390, "height": 844}
NARROWEST: ViewportSize = {"width": 320, "height": 640}  # what is left of 1280 px enlarged four times
NOT_WHERE = {"selectors": False}  # axe else works out an address of each node that it looks at; we show its source
BY_DAY = {"rules": {"target-size": {"enabled": True}}}
NO_STYLES = {"preload": {"assets": ["media"]}}  # no rule of ours reads style sheets, which axe else fetches again
BY_NIGHT = {"runOnly": ["color-contrast", "target-size"]}
FRAME = """() => {
  const found = [];
  const isOpenToAll = document.querySelector(".kd-giving"); // a drive's public page bears the house's name, not ours
  const [all, title] = [[...document.querySelectorAll("body *")], document.title];
  const shown = location.pathname.startsWith("/gallery/") ? ".kd-card" : ".kd-preview"; // of another page
  const tops = all.filter((each) => each.matches("h1") && !each.closest(shown));
  if (tops.length !== 1) found.push(`it has ${tops.length} headings of the first level`);
  const isWhole = isOpenToAll ? title : title.split("kitdrive").length === 2 && /^[^· ].* · kitdrive$/.test(title);
  if (!isWhole) found.push(`its title is "${title}"`);
  found.push(...all.filter((each) => each.matches("a[href='']")).map((each) => `no address: ${each.innerText}`));
  const moves = (each) => {
    const {transitionDuration, animationName, animationDuration} = getComputedStyle(each);
    return parseFloat(transitionDuration) > 0.01 || animationName !== "none" && parseFloat(animationDuration) > 0.01;
  };
  found.push(...all.filter(moves).map((each) => `it moves: ${each.outerHTML.slice(0, 90)}`));
  return found;
}"""
ORDER = """() => {
  const elsewhere = "[data-quick-exit], [data-keep-current-in-view] *"; // always at hand; in a line that slides
  const isFoot = ({position, bottom}) => position === "sticky" && bottom !== "auto"; // drawn over what stands before it
  const staysInSight = (each) => each && (isFoot(getComputedStyle(each)) || staysInSight(each.parentElement));
  const able = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter((each) => each.tabIndex >= 0 && !each.disabled && !each.matches(elsewhere) && !staysInSight(each))
    .filter((each) => each.checkVisibility({visibilityProperty: true}))
    .map((each) => [each, each.getBoundingClientRect()]).filter(([, box]) => box.width > 2 && box.bottom > 0);
  const isBackwards = (one, next) => next.right <= one.left + 2 && next.top < one.bottom - 2
    || next.bottom <= one.top + 2 && next.left <= one.left + 2;
  return able.slice(1).filter(([, box], at) => isBackwards(able[at][1], box))
    .map(([each]) => `the focus goes backwards to ${each.outerHTML.slice(0, 90)}`);
}"""
STICKS_OUT = """([factor]) => {
  document.documentElement.style.fontSize = `${factor * 100}%`;
  const wide = document.documentElement.scrollWidth, room = window.innerWidth;
  if (wide <= room) return [];
  const worst = [...document.querySelectorAll("body *")].filter((each) => each.getBoundingClientRect().right > room + 1)
    .slice(-2).map((each) => each.outerHTML.slice(0, 90));
  return [`${wide} px wide on ${room} with letters of ${factor}: ${worst.join(" | ")}`];
}"""

# What a page holds and what is around it, without what differs between two pages that are drawn alike: numbers,
# addresses, values, and the codes of kits.
PIECES = """() => {
  const around = document.body.cloneNode(true), inside = around.querySelector("main");
  inside?.remove();
  const alike = (piece) => (piece?.outerHTML ?? "").replace(/ (href|src|action|value|hx-[a-z]+)="[^"]*"/g, "")
    .replace(/\\b[0-9A-Z]{4} ?[0-9A-Z]{4}\\b/g, "").replace(/[0-9]+/g, "");
  return [alike(inside), alike(around)];
}"""


def is_drawn_anew(page: Page, drawn: set[str]) -> bool:
    """Whether something of this page, what it holds or what is around it, is not among what was `drawn` before."""
    pieces = {sha256(piece.encode()).hexdigest() for piece in page.evaluate(PIECES)}
    is_new = not pieces <= drawn
    drawn |= pieces
    return is_new


def with_axe(page: Page) -> Page:
    """Have axe stand in each page that is opened here: that takes a tenth of the time of bringing it into each."""
    page.add_init_script(AXE_SCRIPT)
    return page


def what_axe_says(page: Page, options: dict[str, Any]) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {"resultTypes": ["violations"], **NO_STYLES, **NOT_WHERE, **options}
    found = page.evaluate("options => axe.run(document, options)", options)
    return [f"{each['id']}: {node['html'][:200]}" for each in found["violations"] for node in each["nodes"]]


def what_its_frame_lacks(page: Page) -> list[str]:
    """Its title, its heading, its order for the keyboard, and whether it keeps still where that is asked for."""
    return [*page.evaluate(FRAME), *page.evaluate(ORDER)]


def what_sticks_out(page: Page) -> list[str]:
    """What asks for scrolling sideways where a page is narrow, and where letters are twice as large; it ends wide."""
    page.set_viewport_size(NARROWEST)
    narrow = page.evaluate(STICKS_OUT, [1])
    page.set_viewport_size(WIDE)
    return [*narrow, *page.evaluate(STICKS_OUT, [2])]
