// A code that is typed or scanned ticks its container in the list. Without this script the codes go as they are typed.
(() => {
  const form = document.querySelector("[data-collect]");
  const codes = form?.querySelector("[name=codes]");
  if (!codes) return;
  const said = form.querySelector("[data-collect-said]");
  const plain = (text) => text.toUpperCase().replace(/[^0-9A-Z]/g, "");
  const boxes = new Map([...form.querySelectorAll("[data-code]")].map((box) => [box.dataset.code, box]));
  const tick = () => {
    const lines = codes.value.split("\n");
    const left = lines.filter((line) => {
      const box = boxes.get(plain(line));
      if (!box) return true;
      box.checked = true;
      said.textContent = box.closest("label").querySelector(".kd-container-code").textContent + " ✓";
      return false;
    });
    if (left.length < lines.length) codes.value = left.length ? left.join("\n") : "";
  };
  codes.addEventListener("input", tick);
})();
