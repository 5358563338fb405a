// Leave at once: blank first, then a neutral site that replaces this page in the history of the tab.
(() => {
  const NEUTRAL = "https://www.wikipedia.org/";
  const WITHIN = 5000; // milliseconds for three presses of Shift
  let presses = [];

  function leave() {
    document.title = "";
    document.body.replaceChildren();
    window.location.replace(NEUTRAL);
  }

  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-quick-exit]")) {
      event.preventDefault();
      leave();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift" || event.repeat) return;
    const now = Date.now();
    presses = presses.filter((at) => now - at <= WITHIN).concat(now);
    if (presses.length >= 3) leave();
  });
})();
