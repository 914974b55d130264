/** Keeps the kit of a jury: what was once kept for it is there without a network. */

const LASTING = /^\/(static|audio|pictures)\//;
const ALWAYS_ASKED = /\/(sending|merge|recordings\/[^/]+)$/;
const PATIENCE_MS = 4000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || ALWAYS_ASKED.test(pathname)) return;
  event.respondWith(LASTING.test(pathname) ? lasting(request) : fresh(request));
});

const kept = (request) => caches.match(request, { ignoreVary: true, ignoreSearch: true });

/** A file that never changes under a kit. @param {Request} request @returns {Promise<Response>} */
async function lasting(request) {
  return (await kept(request)) ?? fetch(request);
}

/** A page: as it is now, or as it was kept where the network is gone, or is as good as gone. */
async function fresh(request) {
  const before = await kept(request);
  if (!before) return fetch(request);
  const late = new Promise((resolve) => { setTimeout(() => resolve(before), PATIENCE_MS); });
  return Promise.race([fetch(request).catch(() => before), late]);
}
