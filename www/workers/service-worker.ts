// Keeps the page for when there is no network. The build says which files there are, and names the
// cache by their content: a page and its parts are always of one build.

export {};

declare const self: ServiceWorkerGlobalScope;
declare const FILES: string[];
declare const BUILD: string;

/** Caches belong to the host: another copy of the page, in another folder of it, has its own. */
const OWN = `prewash ${self.registration.scope} `;
const NAME = OWN + BUILD;

self.addEventListener("install", (event) => {
  // What has its content's hash in its name may come from the browser's cache; the others must be those of this build.
  const requests = FILES.map((file) => new Request(file, { cache: file.startsWith("parts/") ? "default" : "no-cache" }));
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(requests)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys().then(async (names) => {
      await Promise.all(names.filter((name) => name.startsWith(OWN) && name !== NAME).map((name) => caches.delete(name)));
      // The page that is open is served from here on: parts that it did not load yet are there too.
      await self.clients.claim();
    }),
  );
});

// A newer worker waits until the page that is open asks for it: its parts must not change under it.
self.addEventListener("message", ({ data }) => {
  if (data === "take over") void self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET" || new URL(event.request.url).origin !== location.origin) return;
  event.respondWith(
    caches.open(NAME).then(async (cache) => (await cache.match(event.request, { ignoreSearch: true })) ?? (await fetch(event.request))),
  );
});
