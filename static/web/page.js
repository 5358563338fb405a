// Small comforts; every page works without them.
(() => {
  const drops = () => document.querySelectorAll("details[data-drop][open]");

  // A menu closes by Escape, and when one presses elsewhere or goes on by Tab.
  document.addEventListener("click", (event) => {
    for (const drop of drops()) if (!drop.contains(event.target)) drop.open = false;
  });
  document.addEventListener("focusin", (event) => {
    for (const drop of drops()) if (!drop.contains(event.target)) drop.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const drop of drops()) {
      drop.open = false;
      drop.querySelector("summary").focus();
    }
  });

  // A second press on a button that is already sending does nothing.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    form.dataset.sending = "yes";
    window.setTimeout(() => delete form.dataset.sending, 8000);
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sending]")) delete form.dataset.sending;
  });

  // After a refused form, the summary of what is wrong is read first.
  document.querySelector("[data-error-summary]")?.focus();

  // A select or a box that says so sends its form as soon as it changes, once nothing is left to choose.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-send-on-change]");
    if (form?.checkValidity()) form.requestSubmit();
  });

  // In a line that slides, where one is stands in view.
  document.querySelector("[data-keep-current-in-view] [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

  // The sign that folds the filters away says how many are in use, after htmx has narrowed the list too.
  document.addEventListener("htmx:afterRequest", ({ target }) => {
    const count = target.matches?.(".kd-filters") && document.querySelector("[data-filters-set]");
    if (!count) return;
    const used = [...target.elements].filter((field) => field.name && field.type !== "hidden" && field.value);
    count.textContent = used.length;
    count.parentElement.hidden = used.length === 0;
  });
})();
