// What the page says. The sentences stand in the page itself, in its language.
self.collect = self.collect || {};
(() => {
  const { language } = document.body.dataset;
  const sentences = document.getElementById("texts").content;
  const number = new Intl.NumberFormat(language);
  const plural = new Intl.PluralRules(language);
  const time = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const day = new Intl.DateTimeFormat(language, { day: "numeric", month: "long" });
  const today = () => new Date().toDateString();

  const find = (name) => sentences.querySelector(`[data-text="${name}"]`);

  // The sentence of that name with its values; of two forms the one for `count`.
  function say(name, values = {}) {
    const form = plural.select(values.count || 0) === "one" ? "one" : "other";
    const found = find(name) || find(`${name}-${form}`);
    return found.textContent.trim().replace(/\{(\w+)\}/g, (_whole, key) =>
      typeof values[key] === "number" ? number.format(values[key]) : values[key] ?? "");
  }

  const spoken = (code) => `${code.slice(0, 4)} ${code.slice(4)}`;
  const reason = (value) => document.querySelector(`[data-reason="${value}"]`)?.dataset.label || value;

  function what(entry) {
    if (entry.kind === "drop_off") return say(entry.what, { count: entry.quantity });
    if (entry.kind === "refusal") return say("refused-for", { reason: reason(entry.reason), count: entry.quantity });
    if (entry.kind === "container") return say(`leaves-${entry.what}`, { code: spoken(entry.code) });
    if (entry.kind === "undo") return say("undo");
    return say("goods", { count: entry.lines.reduce((sum, line) => sum + line.quantity, 0) });
  }

  // An entry in words: what, how heavy, from whom.
  function describe(entry, partners = []) {
    const partner = entry.partner && partners.find((each) => each.id === entry.partner);
    return [what(entry), entry.grams && say("grams", { count: entry.grams }), partner && partner.name]
      .filter(Boolean).join(" · ");
  }

  function when(at) {
    const moment = new Date(at);
    return moment.toDateString() === today() ? time.format(moment) : `${day.format(moment)}, ${time.format(moment)}`;
  }

  collect.texts = { describe, number: (value) => number.format(value), say, spoken, when };
})();
