// What each press does, and what is drawn when something changed.
(() => {
  const { enrolment, entering, exporting, outbox, sender, store, texts, views } = collect;
  const { language, version } = document.body.dataset;
  const ROOM = 20 * 1024 * 1024, LOOK_EVERY = 60000;
  const BESIDE_WORK = ["keypad", "partner", "refuse", "goods", "leave"], ALWAYS = ["outbox", "more"];
  let state = "", point = null, isAsking = false, isNewer = false, drawing = null;

  function drawPoint(identity) {
    const site = identity?.site || point?.site;
    views.fill("site", site || texts.say("collection-point"));
    views.fill("drive", entering.isPractice() ? texts.say("practice") : point?.drive || "");
    views.fill("check-number", identity?.check_number || "");
    views.fill("tablet-name", identity?.name || "");
    collect.goods.offer(point?.goods || []);
    collect.partners.offer(point?.partners || []);
  }

  // Show the part that the state leads to, unless somebody is in the middle of something else.
  function lead(counts) {
    const { dataset } = document.body;
    dataset.home = entering.isPractice() ? "work" : isAsking ? "code" : enrolment.viewOf(state, counts);
    dataset.state = state || "none";
    document.body.toggleAttribute("data-practice", entering.isPractice());
    document.body.toggleAttribute("data-asking", isAsking);
    const mayStay = ALWAYS.includes(views.shown()) || dataset.home === "work" && BESIDE_WORK.includes(views.shown());
    if (!mayStay) views.show(dataset.home);
  }

  // A new version is taken up when nobody is in the middle of something. What is noted is not the page's to lose.
  function renew() {
    if (isNewer && views.shown() === document.body.dataset.home && entering.isUntouched() && !isAsking) location.reload();
  }

  async function draw() {
    state = await store.recall("state");
    point = await store.recall("point") || null;
    entering.of(point);
    drawPoint(await store.recall("identity"));
    const counts = await outbox.draw(point);
    lead(counts);
    enrolment.drawClosed(state, counts);
    if (views.shown() === "closed") await outbox.draw(point);
    views.banner("practice", entering.isPractice() ? texts.say("practice-text") : "");
    renew();
  }

  // One drawing at a time, and one more where something changed meanwhile.
  function changed() {
    if (drawing) {
      drawing.isStale = true;
      return drawing.work;
    }
    const own = { isStale: false };
    drawing = own;
    own.work = draw().catch(() => views.banner("trouble", texts.say("no-storage"))).finally(() => {
      drawing = null;
      if (own.isStale) changed();
    });
    return own.work;
  }

  async function lookAtRoom() {
    const { quota = 0, usage = 0 } = await navigator.storage?.estimate?.() || {};
    views.banner("storage", quota && quota - usage < ROOM ? texts.say("nearly-full") : "");
  }

  async function exportAll() {
    const written = await exporting.write().catch(() => null);
    const name = written === null ? "not-exported" : written ? "exported" : "nothing-kept";
    views.fill("exported", texts.say(name, { count: written || 0 }));
    changed();
  }

  async function leave(what) {
    const saved = await entering.leave(what);
    if (!saved) return views.show("work");
    views.fill("leaving", texts.say(`write-${what}`));
    views.fill("leaving-code", texts.spoken(saved.code));
    document.querySelector("[data-leaving]").hidden = false;
    document.querySelector("[data-choose-leaving]").hidden = true;
    return document.querySelector("[data-leaving]").focus();
  }

  function askWhatLeaves() {
    document.querySelector("[data-leaving]").hidden = true;
    document.querySelector("[data-choose-leaving]").hidden = false;
    views.show("leave");
  }

  function practise(yes) {
    entering.practise(yes);
    views.show("work");
    changed();
  }

  const home = () => views.show(document.body.dataset.home || "code");
  const acts = {
    home, practise: () => practise(true), stop: () => practise(false),
    outbox: () => { views.show("outbox"); changed(); },
    more: () => views.show("more"), refuse: () => views.show("refuse"), goods: () => views.show("goods"),
    partner: () => views.show("partner"), grams: () => entering.openKeypad("grams"),
    quantity: () => entering.openKeypad("quantity"), use: entering.useTyped, none: entering.useNone,
    leave: askWhatLeaves, send: sender.turn, export: exportAll,
    ask: () => { isAsking = true; views.show("code"); changed(); }, keep: () => { isAsking = false; changed(); },
    give: async () => { if (await entering.give()) home(); },
    seen: async () => { await store.remember({ aside: [] }); changed(); },
    former: async () => { await store.letGoFormer(point?.tablet ?? -1); changed(); },
  };

  async function press({ target }) {
    const button = target.closest("button");
    if (!button) return;
    const { act, add, leaves, key, reason, partner, item, by, undo, letGo } = button.dataset;
    if (act) await acts[act]();
    else if (add) await entering.add(add);
    else if (leaves) await leave(leaves);
    else if (key) entering.press(key);
    else if (reason) await entering.refuse(reason).then((saved) => saved && home());
    else if (partner !== undefined) entering.choosePartner(partner ? Number(partner) : null);
    else if (item) collect.goods.count(Number(item), Number(by));
    else if (undo) await entering.undo(undo);
    else if (letGo) await store.letGo(Number(letGo)).then(changed);
  }

  function keepItself() {
    const workers = navigator.serviceWorker;
    if (!workers) return views.banner("trouble", texts.say("no-worker"));
    let wasKept = Boolean(workers.controller);
    workers.addEventListener("controllerchange", () => {
      isNewer = wasKept;
      wasKept = true;
      changed();
    });
    workers.register("/collect/worker.js", { scope: "/collect/", updateViaCache: "none" }).then((kept) => {
      setInterval(() => kept.update().catch(() => {}), 3600000);
    }).catch(() => {});
  }

  collect.changed = changed;
  document.addEventListener("click", press);
  document.addEventListener("keydown", ({ key }) => {
    if (views.shown() !== "keypad") return;
    if (/^\d$/.test(key)) entering.press(key);
    if (key === "Backspace") entering.press("back");
  });
  document.querySelector("[data-open]").addEventListener("submit", async (event) => {
    event.preventDefault();
    await enrolment.open(document.getElementById("code").value);
    if (["opened", "active"].includes(await store.recall("state"))) isAsking = false;
    changed();
  });
  entering.openNext();
  keepItself();
  lookAtRoom();
  setInterval(() => { lookAtRoom(); changed(); }, LOOK_EVERY);
  changed().then(async () => {
    const code = enrolment.codeOfTheAddress();
    await sender.start({ language, version, changed });
    if (!code) return;
    document.getElementById("code").value = code;
    isAsking = true;
    await changed();
    document.querySelector("[data-open]").requestSubmit();
  });
})();
