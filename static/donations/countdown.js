// What is left of some minutes, beside the hour at which they end. Without this the hour is there.
(() => {
  const ends = new WeakMap();
  const count = () => {
    for (const element of document.querySelectorAll("[data-seconds-left]")) {
      if (!ends.has(element)) ends.set(element, Date.now() + 1000 * element.dataset.secondsLeft);
      const left = Math.max(0, Math.round((ends.get(element) - Date.now()) / 1000));
      element.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    }
  };
  count();
  window.setInterval(count, 1000);
})();
