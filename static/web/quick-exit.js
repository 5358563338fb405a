// Leave at once: blank first, then a neutral site that replaces this page in the history of the tab.
(() => {
  const NEUTRAL = "https://www.wikipedia.org/";
  const WITHIN = 5000; // milliseconds for three presses of Shift
  let presses = [];
  let isAlone = false; // nothing else was pressed with it

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

  // Shift alone counts: who goes back by Shift and Tab, or writes a capital letter, stays.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") presses = [];
    isAlone = event.key === "Shift";
  });
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !isAlone) return;
    const now = Date.now();
    presses = presses.filter((at) => now - at <= WITHIN).concat(now);
    if (presses.length >= 3) leave();
  });
})();
