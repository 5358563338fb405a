// A search above a long list of choices: it keeps the choices that hold every word. Without it the whole list is there.
(() => {
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  for (const field of document.querySelectorAll("[data-search-in]")) {
    const select = document.getElementById(field.dataset.searchIn);
    const search = field.querySelector("input[type=search]");
    const all = [...select.options];
    if (all.length < 8) continue;
    search.hidden = false;
    search.addEventListener("input", () => {
      const words = plain(search.value).split(/\s+/).filter(Boolean);
      const kept = all.filter((option) => !option.value || words.every((word) => plain(option.text).includes(word)));
      const chosen = select.value;
      select.replaceChildren(...kept);
      const found = kept.filter((option) => option.value);
      select.value = words.length && found.length ? found[0].value : words.length ? "" : chosen;
    });
    search.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  }
})();
