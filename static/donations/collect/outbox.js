// What is seen of the outbox: the strip, the last ten with Undo, and what waits or was refused, one by one.
self.collect = self.collect || {};
(() => {
  const { entering, store, texts, views } = collect;
  const MOST_SHOWN = 50;

  function drawStrip({ waiting, refused, aside }) {
    const strip = document.querySelector("[data-strip]");
    const said = [waiting && texts.say("waiting", { count: waiting }), refused && texts.say("refused", { count: refused })];
    const text = said.filter(Boolean).join(", ") || texts.say("all-sent");
    Object.assign(strip.dataset, { waiting, refused, aside, is: refused ? "refused" : waiting ? "waiting" : "sent" });
    if (views.said !== text) views.fill("strip", views.said = text);
    strip.hidden = false; // until here nobody knows what the outbox holds
  }

  const canUndo = (line, seconds) =>
    !line.undone && line.state !== "refused" && Date.now() - new Date(line.entry.at) < seconds * 1000;

  function recentRow(line, point) {
    const { row, what, at, state, undo } = views.copy("recent-row");
    what.textContent = texts.describe(line.entry, point?.partners);
    at.textContent = texts.when(line.entry.at);
    state.textContent = texts.say(line.undone ? "state-undone" : `state-${line.state}`);
    row.dataset.is = line.undone ? "undone" : line.state;
    row.dataset.entry = line.id;
    undo.hidden = !canUndo(line, point?.undo_seconds || 3600);
    undo.dataset.undo = line.id;
    undo.setAttribute("aria-label", texts.say("undo-what", { what: what.textContent }));
    return row;
  }

  function drawRecent(lines, point) {
    const list = document.querySelector("[data-recent]");
    list.replaceChildren(...lines.map((line) => recentRow(line, point)));
    document.querySelector("[data-no-recent]").hidden = lines.length > 0;
  }

  function keptRow(kept, point, button) {
    const { row, what, at, reason, letGo } = views.copy("kept-row");
    what.textContent = texts.describe(kept.entry, point?.partners);
    at.textContent = texts.when(kept.entry.at);
    reason.textContent = kept.reason || "";
    reason.hidden = !kept.reason;
    letGo.hidden = !button;
    if (button) Object.assign(letGo.dataset, button);
    letGo.setAttribute("aria-label", texts.say("let-go-what", { what: what.textContent }));
    return row;
  }

  function drawKept(name, found, all, point, button) {
    const section = document.querySelector(`[data-kept="${name}"]`);
    section.hidden = !found.length;
    section.querySelector("ul").replaceChildren(...found.map((kept) => keptRow(kept, point, button(kept))));
    const more = section.querySelector("[data-more]");
    more.hidden = all <= found.length;
    more.textContent = texts.say("and-more", { count: all - found.length });
  }

  async function drawPanel(point, counts) {
    const tablet = point?.tablet ?? -1;
    const waiting = await store.some(tablet, "waiting", MOST_SHOWN);
    const refused = await store.some(tablet, "refused", MOST_SHOWN);
    const aside = (await store.recall("aside") || []).slice(-MOST_SHOWN);
    const letGo = (kept) => ({ letGo: kept.number });
    drawKept("waiting", waiting, counts.waiting, point, () => null);
    drawKept("refused", refused, counts.refused, point, letGo);
    drawKept("aside", aside, counts.aside, point, () => null);
    document.querySelector("[data-nothing-kept]").hidden = waiting.length + refused.length + aside.length > 0;
    views.fill("former", texts.say("former", { count: counts.all - counts.waiting - counts.refused }));
    document.querySelector("[data-former]").hidden = counts.all === counts.waiting + counts.refused;
  }

  async function draw(point) {
    const counts = await store.counts(point?.tablet ?? -1);
    if (entering.isPractice()) drawRecent(entering.practised(), point);
    else drawRecent(point ? await store.recent() : [], point);
    drawStrip(counts);
    if (["outbox", "closed"].includes(views.shown())) await drawPanel(point, counts);
    return counts;
  }

  collect.outbox = { draw };
})();
