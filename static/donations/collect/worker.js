// Keeps the page on the tablet, so that it opens without a network, and sends what waits when the browser says that
// there is one again, with the page closed too. What it keeps is in self.KEPT, which the server writes.
(() => {
  const { version, pages, manifests, assets } = self.KEPT;
  const CACHE = `kitdrive-collect-${version}`;
  const KINDS = { css: "text/css", js: "javascript", svg: "image/svg", png: "image/png", webmanifest: "manifest" };

  // A captive portal's answer is none: ours bear our mark, and files are of the kind that their name says.
  function isOurs(path, answer) {
    if (!answer.ok || answer.redirected) return false;
    const kind = KINDS[path.split(".").pop()];
    if (path.startsWith("/collect/")) return answer.headers.get("X-Kitdrive") === "1";
    return !kind || (answer.headers.get("Content-Type") || "").includes(kind);
  }

  async function keep(cache, path) {
    const answer = await fetch(path, { cache: path.startsWith("/collect/") ? "reload" : "default" });
    if (!isOurs(path, answer)) throw new Error(`Not ours: ${path}`);
    await cache.put(path, answer);
  }

  // All of it or nothing: until a new version is whole, the former one goes on.
  async function install() {
    const cache = await caches.open(CACHE);
    await Promise.all([...pages, ...manifests, ...assets].map((path) => keep(cache, path)));
    await self.skipWaiting();
  }

  async function takeOver() {
    for (const name of await caches.keys()) {
      if (name.startsWith("kitdrive-collect-") && name !== CACHE) await caches.delete(name);
    }
    await self.clients.claim();
  }

  async function fromCache(request) {
    const cache = await caches.open(CACHE);
    return await cache.match(request, { ignoreSearch: request.mode === "navigate", ignoreVary: true }) || fetch(request);
  }

  // The address without a language: the server knows which one, and without it the browser does.
  function inSomeLanguage(request) {
    const guess = navigator.language.startsWith("en") ? "/collect/en/" : "/collect/fr/";
    return fetch(request).catch(() => Response.redirect(guess, 302));
  }

  self.addEventListener("install", (event) => event.waitUntil(install()));
  self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (request.method !== "GET" || origin !== self.location.origin) return;
    if (request.mode === "navigate" && pathname === "/collect/") event.respondWith(inSomeLanguage(request));
    else if ([...pages, ...manifests, ...assets].includes(pathname)) event.respondWith(fromCache(request));
  });
  self.addEventListener("sync", (event) => {
    if (event.tag === "kitdrive-collect") event.waitUntil(collect.sender.drain());
  });

  collect.sender.speak({ version, language: navigator.language.startsWith("en") ? "en" : "fr" });
})();
