/** Keeping a kit for no network: every file of it in the browser's cache, and a worker that serves them. */

const cacheOf = (jury) => `jury-${jury}`;

/**
 * @param {any} kit
 * @param {{base: string, worker: string, onProgress: (words: string) => void}} parts
 * @returns {Promise<boolean>} whether everything is here and works without a network
 */
export async function keptOffline(kit, { base, worker, onProgress }) {
  if (!("caches" in globalThis) || !navigator.serviceWorker) return false;
  navigator.storage?.persist?.().catch(() => {});
  const scope = worker.replace(/[^/]+$/, "");
  const registration = navigator.serviceWorker.register(worker, { scope }).catch(() => null);
  const cache = await caches.open(cacheOf(kit.id));
  const files = [`${base}/kit`, `${base}/kit.json`, ...kit.files];
  let kept = 0;
  for (const file of files) {
    if (await isKept(cache, file)) kept += 1;
    onProgress(`Kept for no network: ${kept} of ${files.length} files.`);
  }
  return kept === files.length && Boolean(await registration) && Boolean(await navigator.serviceWorker.ready);
}

/** Forget the files of a kit. @param {string} jury */
export async function forget(jury) {
  if ("caches" in globalThis) await caches.delete(cacheOf(jury));
}

async function isKept(cache, file) {
  if (await cache.match(file, { ignoreVary: true })) return true;
  const answer = await fetch(file).catch(() => null);
  if (!answer?.ok || answer.redirected) return false;
  await cache.put(file, answer);
  return true;
}
