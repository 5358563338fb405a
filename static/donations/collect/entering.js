// The form: one entry at a time, with an id that is made when it opens. A second press on what was just saved belongs to
// the same form, and changes nothing.
self.collect = self.collect || {};
(() => {
  const { store, texts, views } = collect;
  const OPENS_AFTER = 250; // milliseconds: a press that trembles is no second bag, three quick ones are three
  const PRACTICE_CODE = "X".repeat(8); // shown where a real one would be; no container bears it
  const MOST = 9999, MOST_GRAMS = 20000000;
  const practised = [];
  let form = open(), point = null, isPractice = false, keypad = "grams", typed = "", loose = new Map();

  function newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  function open() {
    return { id: newId(), quantity: 1, grams: null, partner: null };
  }

  function draw() {
    views.fill("plus", `+${texts.number(form.quantity)}`);
    document.body.toggleAttribute("data-many", form.quantity > 99);
    for (const name of ["bag", "carton", "pallet"]) views.fill(name, texts.say(`word-${name}`, { count: form.quantity }));
    const partner = point?.partners.find((each) => each.id === form.partner);
    views.fill("grams", form.grams ? texts.say("grams", { count: form.grams }) : texts.say("not-weighed"));
    views.fill("quantity", form.quantity > 1 ? texts.number(form.quantity) : texts.say("one-by-one"));
    views.fill("partner", partner ? partner.name : texts.say("no-partner"));
    for (const [name, isSet] of [["grams", form.grams], ["quantity", form.quantity > 1], ["partner", partner]]) {
      document.querySelector(`[data-set="${name}"]`).toggleAttribute("data-is-set", Boolean(isSet));
    }
  }

  function openNext() {
    form = open();
    loose.clear();
    draw();
    collect.goods?.draw();
  }

  // Say what was saved, or why nothing was.
  function told(name, values, isBad) {
    const box = document.querySelector("[data-said]");
    box.textContent = texts.say(name, values);
    box.toggleAttribute("data-is-bad", Boolean(isBad));
  }

  function why(error) {
    if (error.name === "QuotaExceededError") return "not-saved-full";
    return error.name === "NoCodeError" ? "no-code" : "not-saved";
  }

  async function keep(entry) {
    if (!isPractice) return store.save(entry, point.tablet);
    if (entry.kind === "undo") {
      practised.find((line) => line.id === entry.of).undone = true;
      return entry;
    }
    const made = entry.kind === "container" ? { ...entry, code: PRACTICE_CODE } : entry;
    practised.unshift({ id: made.id, entry: made, state: "practice", reason: "", undone: false });
    practised.splice(10);
    return made;
  }

  async function saveForm(opened, fields) {
    let saved = null;
    try {
      saved = await keep({ id: opened.id, at: new Date().toISOString(), ...fields });
    } catch (error) {
      opened.holds = "";
      told(why(error), {}, true);
      return null;
    }
    setTimeout(() => { if (form === opened) openNext(); }, OPENS_AFTER);
    told(isPractice ? "practised" : "saved", { what: texts.describe(saved, point?.partners), at: texts.when(saved.at) });
    collect.changed();
    if (!isPractice) collect.sender.nudge();
    return saved;
  }

  // Save what the form holds: it is shown as saved once it is on the disk. Answers it, or null where it could not be.
  function save(fields) {
    const holds = JSON.stringify(fields);
    if (form.holds && form.holds !== holds) openNext();
    if (!form.holds) Object.assign(form, { holds, saving: saveForm(form, fields) });
    return form.saving;
  }

  const weighed = () => ({ grams: form.grams, partner: form.partner });
  const add = (what) => save({ kind: "drop_off", what, quantity: form.quantity, ...weighed() });
  const refuse = (reason) => save({ kind: "refusal", reason, quantity: form.quantity, grams: form.grams });
  const leave = (what) => save({ kind: "container", what, ...weighed() });
  const lines = () => [...loose].map(([item, quantity]) => ({ item, quantity }));
  const give = () => loose.size ? save({ kind: "goods", lines: lines() }) : null;

  async function undo(id) {
    const entry = { id: newId(), at: new Date().toISOString(), kind: "undo", of: id };
    try {
      await keep(entry);
    } catch (error) {
      told(why(error), {}, true);
      return;
    }
    told("taken-back", {});
    collect.changed();
    if (!isPractice) collect.sender.nudge();
  }

  function count(item, by) {
    const quantity = Math.min(Math.max((loose.get(item) || 0) + by, 0), MOST);
    if (quantity) loose.set(item, quantity);
    else loose.delete(item);
    return quantity;
  }

  // The keypad, for grams and for several at once.
  function drawKeypad() {
    const value = Number(typed);
    views.fill("typed", typed ? texts.say(keypad === "grams" ? "grams" : "pieces", { count: value }) : "–");
  }

  function openKeypad(name) {
    keypad = name;
    typed = "";
    for (const each of document.querySelectorAll("[data-of]")) each.hidden = each.dataset.of !== name;
    drawKeypad();
    views.show("keypad");
  }

  function press(key) {
    if (key === "back") typed = typed.slice(0, -1);
    else if (Number(typed + key) <= (keypad === "grams" ? MOST_GRAMS : MOST)) typed = String(Number(typed + key) || "");
    drawKeypad();
  }

  function use(value) {
    if (keypad === "grams") form.grams = value || null;
    else form.quantity = value || 1;
    draw();
    views.show("work");
  }

  function choosePartner(partner) {
    form.partner = partner;
    draw();
    views.show("work");
  }

  const entering = {
    add, choosePartner, count, give, leave, openKeypad, openNext, press, refuse, undo,
    useTyped: () => use(Number(typed)), useNone: () => use(0),
    of: (told) => { point = told; draw(); },
    practise: (yes) => {
      isPractice = yes;
      practised.length = 0;
      document.querySelector("[data-said]").textContent = "";
      openNext();
    },
    isPractice: () => isPractice, practised: () => practised,
    isUntouched: () => !form.holds && !form.grams && !form.partner && form.quantity === 1 && !loose.size && !isPractice,
  };
  collect.entering = entering;
})();
