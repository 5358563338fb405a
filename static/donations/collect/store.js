// The outbox: what is noted stays here until the server's own receipt says that it has it. Each write is on the disk
// before it is shown as saved. The page and its worker share it, and so do two tabs.
self.collect = self.collect || {};
(() => {
  const NAME = "kitdrive-collect";
  const STORES = ["entries", "recent", "facts"];
  const MOST_RECENT = 10;
  const PIECES = 250, PIECE = 20000;
  let opening = null;

  const ask = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

  function build(db) {
    if (!db.objectStoreNames.contains("ballast")) db.createObjectStore("ballast");
    if (db.objectStoreNames.contains("entries")) return;
    const entries = db.createObjectStore("entries", { keyPath: "number", autoIncrement: true });
    entries.createIndex("id", "entry.id", { unique: true });
    entries.createIndex("state", ["tablet", "state", "number"]);
    db.createObjectStore("recent", { keyPath: "id" }).createIndex("number", "number");
    db.createObjectStore("facts");
  }

  // Chromium goes on writing the log of its last session, and a log that a dead battery cut short is thrown away whole at
  // the opening after the next. Five megabytes in small pieces make it begin another, with all that was noted so far.
  function beginAnew(db) {
    if (!self.document || !navigator.userAgent.includes("Chrome")) return;
    const ballast = db.transaction(["ballast"], "readwrite", { durability: "strict" }).objectStore("ballast");
    for (let piece = 0; piece < PIECES; piece += 1) ballast.put("x".repeat(PIECE), piece);
  }

  function connect() {
    opening = opening || new Promise((resolve, reject) => {
      const request = indexedDB.open(NAME, 2);
      const forget = () => { opening = null; };
      request.onupgradeneeded = () => build(request.result);
      request.onerror = () => { forget(); reject(request.error); };
      request.onsuccess = () => {
        const db = request.result;
        db.onversionchange = () => { forget(); db.close(); };
        db.onclose = forget;
        beginAnew(db);
        resolve(db);
      };
    });
    return opening;
  }

  // Run `work` in one transaction: all of it or nothing, and only then answer.
  async function run(mode, work) {
    const db = await connect();
    return new Promise((resolve, reject) => {
      const tx = db.transaction(STORES, mode, { durability: "strict" });
      let answer, refused;
      tx.oncomplete = () => resolve(answer);
      tx.onabort = () => reject(refused || tx.error || new DOMException("", "AbortError"));
      const [entries, recent, facts] = STORES.map((name) => tx.objectStore(name));
      work({ entries, recent, facts }).then((value) => { answer = value; }, (error) => {
        refused = error;
        try { tx.abort(); } catch { /* it is over already */ }
      });
    });
  }

  const read = (work) => run("readonly", work);
  const write = (work) => run("readwrite", work);
  const range = (tablet, state, after = 0) =>
    IDBKeyRange.bound([tablet, state, after], [tablet, state, Infinity], true);

  const recall = (name) => read(({ facts }) => ask(facts.get(name)));
  const remember = (told) => write(async ({ facts }) => {
    for (const [name, value] of Object.entries(told)) await ask(facts.put(value, name));
  });

  // A carton's code: one of those that the server gave to this tablet, never the same again.
  async function takeCode(facts) {
    const codes = await ask(facts.get("codes")) || { free: [], given: [] };
    const code = codes.free.shift();
    if (!code) throw new DOMException("", "NoCodeError");
    await ask(facts.put({ free: codes.free, given: [...codes.given, code].slice(-500) }, "codes"));
    return code;
  }

  const keepCodes = (told) => write(async ({ facts }) => {
    const { given } = await ask(facts.get("codes")) || { given: [] };
    await ask(facts.put({ free: told.filter((code) => !given.includes(code)), given }, "codes"));
  });

  async function mark(recent, id, changes) {
    const line = await ask(recent.get(id));
    if (line) await ask(recent.put({ ...line, ...changes }));
  }

  async function keepRecent(recent, line) {
    await ask(recent.put(line));
    const ids = await ask(recent.index("number").getAllKeys());
    for (const id of ids.slice(0, -MOST_RECENT)) await ask(recent.delete(id));
  }

  // Save one entry. The same id again changes nothing, whichever tab it comes from.
  const save = (made, tablet) => write(async ({ entries, recent, facts }) => {
    if (await ask(recent.count(made.id)) || await ask(entries.index("id").count(made.id))) return made;
    const entry = made.kind === "container" ? { ...made, code: await takeCode(facts) } : made;
    const number = await ask(entries.add({ tablet, state: "waiting", reason: "", entry }));
    if (entry.kind === "undo") await mark(recent, entry.of, { undone: true });
    else await keepRecent(recent, { id: entry.id, number, entry, state: "waiting", reason: "", undone: false });
    return entry;
  });

  async function forget({ entries, recent, facts }, found, { result, reason }) {
    const { entry } = found;
    await ask(entries.delete(found.number));
    await mark(recent, entry.id, { state: result, reason });
    if (result !== "set_aside") return;
    const aside = await ask(facts.get("aside")) || [];
    await ask(facts.put([...aside, { entry, reason }].slice(-50), "aside"));
  }

  async function refuse({ entries, recent }, found, { reason }) {
    const { entry } = found;
    const takenBack = entry.kind === "undo" && await ask(entries.index("id").get(entry.of));
    if (takenBack && takenBack.state === "waiting") return; // it has not been sent yet
    await ask(entries.put({ ...found, state: "refused", reason }));
    await mark(recent, entry.id, { state: "refused", reason });
    if (entry.kind === "undo") await mark(recent, entry.of, { undone: false });
  }

  // What the server said became of entries, once it said so. Answers how many are settled.
  const settle = (receipts) => write(async (stores) => {
    let settled = 0;
    for (const receipt of receipts) {
      const found = await ask(stores.entries.index("id").get(receipt.id));
      if (!found) continue;
      if (receipt.result === "refused") await refuse(stores, found, receipt);
      else if (["recorded", "set_aside"].includes(receipt.result)) await forget(stores, found, receipt);
      else continue;
      settled += 1;
    }
    return settled;
  });

  const some = (tablet, state, most, after) => read(({ entries }) =>
    ask(entries.index("state").getAll(range(tablet, state, after), most)));

  const counts = (tablet) => read(async ({ entries, facts }) => {
    const upTo = await ask(facts.get("exported")) || 0;
    return {
      waiting: await ask(entries.index("state").count(range(tablet, "waiting"))),
      refused: await ask(entries.index("state").count(range(tablet, "refused"))),
      aside: (await ask(facts.get("aside")) || []).length,
      all: await ask(entries.count()),
      unexported: await ask(entries.count(IDBKeyRange.lowerBound(upTo, true))),
    };
  });

  const recent = () => read(async (stores) => (await ask(stores.recent.index("number").getAll())).reverse());
  const everything = () => read(({ entries }) => ask(entries.getAll()));
  const letGo = (number) => write(({ entries }) => ask(entries.delete(number)));

  // Another point's last ten are not this one's to take back.
  const forgetRecent = () => write((stores) => ask(stores.recent.clear()));

  // What was noted under a former invitation and is in a file: nobody sends it from here any more.
  const letGoFormer = (tablet) => write(async ({ entries, facts }) => {
    const upTo = await ask(facts.get("exported")) || 0;
    for (const kept of await ask(entries.getAll(IDBKeyRange.upperBound(upTo)))) {
      if (kept.tablet !== tablet) await ask(entries.delete(kept.number));
    }
  });

  collect.store = {
    counts, everything, forgetRecent, keepCodes, letGo, letGoFormer, recall, recent, remember, save, settle, some,
  };
})();
