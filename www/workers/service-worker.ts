// Keeps the page for when there is no network. The build says which files there are, and names the
// cache by their content, so that a new build takes the place of the old one.

export {};

declare const self: ServiceWorkerGlobalScope;
declare const FILES: string[];
declare const BUILD: string;

const NAME = `prewash-${BUILD}`;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(NAME).then(async (cache) => {
      await cache.addAll(FILES);
      await self.skipWaiting();
    }),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys().then(async (names) => {
      await Promise.all(names.filter((name) => name.startsWith("prewash-") && name !== NAME).map((name) => caches.delete(name)));
      await self.clients.claim();
    }),
  );
});

self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET" || new URL(event.request.url).origin !== location.origin) return;
  event.respondWith(
    caches.open(NAME).then(async (cache) => (await cache.match(event.request, { ignoreSearch: true })) ?? (await fetch(event.request))),
  );
});
