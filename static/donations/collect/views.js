// One thing at a time: which part of the page is shown, and what is said in the banners above it.
self.collect = self.collect || {};
(() => {
  const views = [...document.querySelectorAll("[data-view]")];
  let shown = "";

  // Show one part. Its heading gets the focus, so that it is read out and the keyboard goes on from there.
  function show(name) {
    if (name === shown) return;
    const hadOne = shown !== "";
    shown = name;
    for (const view of views) view.hidden = view.dataset.view !== name;
    document.body.dataset.shown = name;
    const heading = document.querySelector(`[data-view="${name}"] [tabindex="-1"]`);
    if (hadOne && heading) heading.focus();
    window.scrollTo(0, 0);
  }

  function banner(name, text) {
    const box = document.querySelector(`[data-banner="${name}"]`);
    if (text && box.textContent !== text) box.textContent = text;
    box.hidden = !text;
  }

  const fill = (name, text) => {
    for (const each of document.querySelectorAll(`[data-fill="${name}"]`)) each.textContent = text;
  };

  // A copy of what stands in a <template>, with its parts by name.
  function copy(name) {
    const row = document.getElementById(name).content.firstElementChild.cloneNode(true);
    const parts = Object.fromEntries([...row.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]));
    return { row, ...parts };
  }

  collect.views = { banner, copy, fill, show, shown: () => shown };
})();
