"""What is asked of a page as it is drawn, in the browser's own words."""

# Words in a box too narrow or too low for them. Left out: what is for ears alone, and lines that slide of purpose.
CUT = """() => {
    const unseen = (box) => box && (getComputedStyle(box).clipPath !== "none" || unseen(box.parentElement));
    return [...document.querySelectorAll("body *")].filter((box) => {
        const { display, overflowX, overflowY } = getComputedStyle(box);
        const speaks = [...box.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
        if (!speaks || display === "inline" || box.clientWidth < 2 || overflowX === "auto" || unseen(box)) return false;
        const isLow = overflowY === "hidden" && box.scrollHeight > box.clientHeight + 1;
        return isLow || box.scrollWidth > box.clientWidth + 1;
    }).map((box) => `${box.scrollWidth} in ${box.clientWidth} ${box.outerHTML.slice(0, 120)}`);
}"""

# What one presses and that is lower or narrower than `least` pixels; links inside a sentence are as high as its line.
SMALL = """([pressed, least]) => [...document.querySelectorAll(pressed)].filter((one) => {
    const { width, height } = one.getBoundingClientRect();
    const inside = one.matches(".form-check-input") ? one.parentElement.getBoundingClientRect().height : 0;
    return one.checkVisibility() && width > 1 && getComputedStyle(one).display !== "inline"
        && (Math.max(height, inside) < least || width < Math.min(least, 24));
}).map((one) => `${Math.round(one.getBoundingClientRect().height)} ${one.outerHTML.slice(0, 120)}`)"""
EVERYTHING = "a[href], button, summary, select, textarea, input:not([type=hidden])"
BUTTONS = ".btn, .kd-switch a, .kd-switch button, .kd-tabs a, .kd-bar summary, .form-control, .form-select"
