// Sends what waits, fifty at a time, and waits longer after each failure. Only an answer that bears our mark is one: a
// captive portal answers 200 with a page of its own.
self.collect = self.collect || {};
(() => {
  const { store } = collect;
  const MOST = 50;
  const FIRST_PAUSE = 2000, LONGEST_PAUSE = 300000; // milliseconds
  const AGAIN = 1000, HEARTBEAT = 300000, POINT_EVERY = 3600000, CHECK_EVERY = 3000, PATIENCE = 60000;
  const IDENTITY = ["tablet", "name", "site", "check_number"];
  const channel = "BroadcastChannel" in self ? new BroadcastChannel("kitdrive-collect") : null;
  let language = "fr", version = "", pause = 0, timer = null, again = null, toldAt = 0, isSending = false, changed = () => {};

  class NotOurs extends Error {}

  // Ask the server. Raises where nobody, or somebody else, answers.
  async function ask(path, content) {
    const patience = new AbortController();
    const waiting = setTimeout(() => patience.abort(), PATIENCE);
    const headers = { "X-Kitdrive": "1", ...(content && { "Content-Type": "application/json" }) };
    const body = content && JSON.stringify({ language, ...content });
    try {
      const answer = await fetch(`/collect/${path}`, {
        method: content ? "POST" : "GET", headers, body, cache: "no-store", redirect: "error", signal: patience.signal,
      });
      if (answer.headers.get("X-Kitdrive") !== "1") throw new NotOurs();
      const said = await answer.json();
      if (said.kitdrive !== 1) throw new NotOurs();
      return { status: answer.status, said };
    } finally {
      clearTimeout(waiting);
    }
  }

  // Two tabs, or a tab and the worker, do not send at once: whoever comes second is answered false. What is sent twice
  // all the same is recorded once.
  async function alone(work) {
    if (isSending) return false;
    isSending = true;
    try {
      if (!navigator.locks) return await work();
      return await navigator.locks.request("kitdrive-collect", { ifAvailable: true }, (lock) => lock ? work() : false);
    } finally {
      isSending = false;
    }
  }

  function tell() {
    if (channel) channel.postMessage("changed");
    changed();
  }

  const keyOf = (text) => crypto.subtle.importKey(
    "raw", Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)), "AES-GCM", false, ["encrypt"],
  );

  // Keep what the server told of this tablet. The key of its files is kept so that no script can read it again.
  async function learn(said) {
    const { export_key: key, codes, kitdrive, now, ...point } = said;
    const told = { state: point.state };
    if (point.tablet) told.identity = Object.fromEntries(IDENTITY.map((name) => [name, point[name]]));
    if (key) {
      const former = await store.recall("point");
      if (former && former.tablet !== point.tablet) await store.forgetRecent();
      told.point = point;
      told[`key of ${point.tablet}`] = await keyOf(key);
    }
    await store.remember(told);
    if (codes) await store.keepCodes(codes);
  }

  async function askState() {
    const { status, said } = await ask(`state/?language=${language}`);
    if (status !== 200 || !said.state) throw new NotOurs();
    await learn(said);
    toldAt = said.state === "opened" ? 0 : Date.now();
    return said.state;
  }

  async function send(tablet, batch) {
    const { waiting, refused } = await store.counts(tablet);
    const entries = batch.map((kept) => kept.entry);
    const left = Math.max(waiting - batch.length, 0);
    const sentAt = new Date().toISOString();
    const { status, said } = await ask("entries/", { sent_at: sentAt, waiting: left, refused, version, entries });
    if (said.state) await store.remember({ state: said.state });
    if (status === 403) return false;
    if (status !== 200 || !Array.isArray(said.results)) throw new NotOurs();
    const ids = new Set(entries.map((entry) => entry.id));
    await store.settle(said.results.filter((receipt) => ids.has(receipt.id)));
    if (said.codes) await store.keepCodes(said.codes);
    return true;
  }

  // Go through what waits once, from the first to the last: what the server puts off stops nothing behind it.
  async function sendAll(tablet, isSignOfLife) {
    let batch = await store.some(tablet, "waiting", MOST), mayGoOn = true;
    if (!batch.length && isSignOfLife) await send(tablet, []);
    while (batch.length && mayGoOn) {
      mayGoOn = await send(tablet, batch);
      tell();
      batch = await store.some(tablet, "waiting", MOST, batch[batch.length - 1].number);
    }
    if (mayGoOn && (await store.counts(tablet)).waiting) throw new Error("Some were put off.");
    return true;
  }

  // Send all that waits. Answers false where another tab is doing it; raises where something is left.
  async function drain(isSignOfLife = false) {
    const point = await store.recall("point");
    if (!point || !["active", "ended"].includes(await store.recall("state"))) return true;
    return alone(() => sendAll(point.tablet, isSignOfLife));
  }

  async function cycle() {
    const state = await store.recall("state");
    const wasTold = toldAt && Date.now() - toldAt < POINT_EVERY;
    if (!wasTold || !["active", "ended"].includes(state)) await askState();
    await drain(true);
    return store.recall("state");
  }

  function schedule(delay) {
    clearTimeout(timer);
    timer = setTimeout(turn, delay);
  }

  // Nobody answered, or not the server: wait, each time twice as long.
  function rest() {
    pause = Math.min(pause ? pause * 2 : FIRST_PAUSE, LONGEST_PAUSE);
    toldAt = 0;
    schedule(pause * (0.8 + Math.random() / 5)); // so that not all tablets of a hall ask at once
  }

  // Ask for the state, send what waits, and come back: soon after a failure or while one waits to be let in, else in
  // five minutes with a sign of life.
  async function turn() {
    try {
      const state = await cycle();
      pause = 0;
      schedule(state === "opened" ? CHECK_EVERY : HEARTBEAT);
    } catch {
      rest();
    }
    tell();
  }

  // Something was saved: send it at once, unless the server did not answer just now and its pause is not over.
  async function nudge() {
    const workers = navigator.serviceWorker;
    if (workers) workers.ready.then((ready) => ready.sync && ready.sync.register("kitdrive-collect")).catch(() => {});
    if (pause) return;
    try {
      const isDone = await drain();
      clearTimeout(again);
      if (!isDone) again = setTimeout(nudge, AGAIN);
    } catch {
      rest();
    }
    tell();
  }

  function start(options) {
    ({ language, version } = options);
    changed = options.changed;
    if (channel) channel.onmessage = () => changed();
    self.addEventListener("online", turn);
    document.addEventListener("visibilitychange", () => { if (!document.hidden) turn(); });
    return turn();
  }

  // What the server is told of who asks.
  const speak = (told) => { ({ language, version } = told); };

  collect.sender = { ask, drain, learn, nudge, speak, start, turn };
})();
