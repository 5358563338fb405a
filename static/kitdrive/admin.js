// Choices that are found by typing: Select2 draws them without the name of their field, which stands on its label.
(() => {
  const { jQuery } = window.django ?? {};
  if (!jQuery) return;
  const label = (list) => list.labels[0];
  const name = (list) => {
    const drawn = list.nextElementSibling?.querySelector(".select2-selection");
    if (!drawn || !label(list)) return;
    const chosen = drawn.querySelector(".select2-selection__rendered");
    label(list).id ||= `${list.id}-label`;
    drawn.setAttribute("aria-labelledby", `${label(list).id} ${chosen.id}`);
    chosen.setAttribute("aria-labelledby", label(list).id);
  };
  const nameAll = () => document.querySelectorAll("select.admin-autocomplete").forEach(name);
  jQuery(nameAll); // after Django's own, which draws them
  document.addEventListener("formset:added", nameAll);
  jQuery(document).on("select2:open", ({ target }) => {
    document.querySelector(".select2-search__field")?.setAttribute("aria-label", label(target)?.innerText ?? "");
  });
})();
