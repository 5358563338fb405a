// The sorting table: + and − beside each article write its line, a scanned code does, and the grams are added up.
// Without this script the lines are written by hand, and the server adds up what was saved.
(() => {
  const form = document.querySelector("[data-sorting]");
  if (!form) return;
  const panel = form.querySelector("[data-panel]");
  const list = () => form.querySelector("[data-lines]"); // a scanned code brings it anew
  const foot = form.querySelector("[data-balance]");
  const find = panel.querySelector("input[type=search]");
  const most = 100;
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const whole = (field) => Math.max(Number.parseInt(field?.value.replace(/\s/g, ""), 10) || 0, 0);
  const count = new Intl.NumberFormat(document.documentElement.lang);
  const tiles = [...panel.querySelectorAll("[data-article]")];
  const dated = new Set(tiles.filter((tile) => "dated" in tile.dataset).map((tile) => tile.dataset.article));
  const rows = () => [...list().querySelectorAll("[data-line]")];
  const field = (row, name) => row.querySelector(`[name$="-${name}"]`);
  const name = (row) => field(row, "item").value.trim();
  const filled = () => rows().filter((row) => name(row));

  const clear = (row) => {
    for (const input of row.querySelectorAll("input")) input.value = "";
    for (const select of row.querySelectorAll("select")) select.selectedIndex = 0;
  };
  const freeRow = () => {
    const empty = rows().find((row) => !name(row) && !row.querySelector(".kd-error"));
    const total = list().querySelector("[name$=-TOTAL_FORMS]");
    const number = Number(total.value);
    if (empty || number >= most) return empty;
    const holder = document.createElement("template");
    const blank = list().querySelector("[data-blank]");
    holder.innerHTML = blank.innerHTML.replaceAll("__prefix__", number);
    holder.content.querySelector("[data-line]").id = `lines-${number + 1}`;
    blank.before(holder.content);
    total.value = number + 1;
    return rows().at(-1);
  };
  const begin = (article) => {
    const row = freeRow();
    if (!row) return null;
    clear(row);
    field(row, "item").value = article;
    field(row, "quantity").value = 0;
    list().insertBefore(row, list().querySelector("[data-blank]")); // the latest last
    return row;
  };
  // While a scanned code is on its way the lines are the server's: what is pressed meanwhile is done once they are back.
  let isScanning = false;
  const pressed = [];
  const step = (article, by) => {
    if (isScanning) {
      pressed.push([article, by]);
      return;
    }
    const mine = filled().filter((row) => name(row) === article);
    const row = mine.at(-1) ?? (by > 0 ? begin(article) : null);
    if (!row) return;
    const quantity = whole(field(row, "quantity")) + by;
    if (quantity > 0) field(row, "quantity").value = quantity;
    else clear(row);
    show();
  };

  const show = () => {
    const counts = new Map();
    for (const row of rows()) {
      const article = name(row);
      const isKept = article || row.querySelector(".kd-error");
      row.hidden = !isKept;
      row.classList.toggle("kd-sort-undated", !dated.has(article) && !row.querySelector(".kd-error"));
      row.querySelector("[data-other]").hidden = !article;
      if (article) row.setAttribute("aria-label", article);
      if (article) counts.set(article, (counts.get(article) ?? 0) + whole(field(row, "quantity")));
    }
    list().querySelector("[data-empty]").hidden = filled().length > 0;
    list().querySelector("[data-add]").hidden = true;
    for (const tile of tiles) {
      const held = counts.get(tile.dataset.article) ?? 0;
      tile.querySelector("[data-count]").value = count.format(held);
      tile.classList.toggle("kd-sort-taken", held > 0);
    }
    balance();
  };

  const balance = () => {
    const said = foot.dataset;
    const lines = filled().map((row) => [whole(field(row, "quantity")), whole(field(row, "grams"))]);
    const reasons = [...form.querySelectorAll(".kd-sort-reason")].map((reason) => {
      const [units, grams] = [...reason.querySelectorAll("input")].map(whole);
      return [units, grams];
    });
    const sum = (pairs, side, before) => pairs.reduce((all, pair) => all + pair[side], Number(before));
    const put = (what, text) => { foot.querySelector(`[data-show="${what}"]`).textContent = text; };
    const [out, refused] = [sum(lines, 1, said.out), sum(reasons, 1, said.refusedGrams)];
    const isWeighed = said.in && said.weighed && [...lines, ...reasons].every(([units, grams]) => !units || grams);
    const left = Number(said.in) - out - refused;
    put("out", count.format(out));
    put("refused", count.format(refused));
    put("pieces", `× ${count.format(sum(lines, 0, said.pieces))}`);
    put("refused-pieces", `× ${count.format(sum(reasons, 0, said.refusedPieces))}`);
    put("left", isWeighed ? `${count.format(left)} g` : "—");
    foot.classList.toggle("kd-sort-balanced", Boolean(isWeighed) && left === 0);
    const loss = foot.querySelector("[data-loss]");
    loss.hidden = !(isWeighed && left !== 0) && !loss.querySelector(".kd-error");
  };

  const narrow = () => {
    const words = plain(find.value).split(/\s+/).filter(Boolean);
    for (const tile of tiles) tile.hidden = !words.every((word) => plain(tile.dataset.article).includes(word));
    for (const category of panel.querySelectorAll("[data-category]")) {
      category.hidden = !category.querySelector("[data-article]:not([hidden])");
    }
    const found = tiles.filter((tile) => !tile.hidden);
    panel.querySelector("[data-none]").hidden = found.length > 0;
    return found;
  };
  find.addEventListener("input", narrow);
  find.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (/\d{8}/.test(find.value)) { // a scanner typed into this field: its code belongs in the other
      form.querySelector("[data-scan-code]").value = find.value;
      find.value = "";
      narrow();
      form.querySelector("[data-scan-add]").click();
      return;
    }
    const found = narrow();
    if (found.length !== 1 || !find.value.trim()) return;
    step(found[0].dataset.article, 1);
    find.value = "";
    narrow();
  });
  panel.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-step]");
    if (button) step(button.closest("[data-article]").dataset.article, Number(button.dataset.step));
  });
  form.addEventListener("click", ({ target }) => {
    const row = target.closest("[data-other]")?.closest("[data-line]");
    const other = row && begin(name(row));
    if (!other) return;
    field(other, "quantity").value = 1;
    show();
    field(other, dated.has(name(other)) ? "best_before" : "condition").focus();
  });
  form.addEventListener("click", ({ target }) => {
    const button = target.closest(".kd-sort-reason [data-step]");
    if (!button) return;
    const input = button.closest(".kd-sort-reason").querySelector("input");
    const units = Math.max(whole(input) + Number(button.dataset.step), 0);
    input.value = units || "";
    balance();
  });
  form.addEventListener("input", ({ target }) => { if (target !== find) show(); });

  // A scanned code: the lines come back with one more, and the line that it came to is shown.
  form.addEventListener("htmx:beforeRequest", () => { isScanning = true; });
  form.addEventListener("htmx:afterRequest", () => {
    isScanning = false;
    for (const [article, by] of pressed.splice(0)) step(article, by);
  });
  form.addEventListener("htmx:afterSwap", show);
  form.addEventListener("htmx:afterSettle", () => {
    const row = document.getElementById(form.querySelector("[data-scan-row]")?.dataset.scanRow);
    for (const other of rows()) other.classList.toggle("kd-sort-latest", other === row);
    row?.scrollIntoView({ block: "nearest" });
  });
  form.addEventListener("click", (event) => {
    const row = document.getElementById(event.target.closest("[data-scan-row]")?.dataset.scanRow);
    if (!row) return;
    event.preventDefault();
    field(row, "quantity").focus();
  });

  for (const button of form.querySelectorAll(".kd-sort-reason [data-step]")) button.hidden = false;
  panel.hidden = false;
  form.classList.add("kd-sort-live");
  show();
})();
