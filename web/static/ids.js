/** Names made on the phone, and choices that come out the same each time. */

/** @param {Crypto} source @returns {string} a random UUID, also where the page is not secure */
export function uuid(source = globalThis.crypto) {
  if (source.randomUUID) return source.randomUUID();
  const bytes = source.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** @param {string} text @returns {number} FNV-1a, 32 bits, unsigned */
export function hash(text) {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value;
}

/**
 * The one voice that says this item in this attempt, the same after a reload.
 * @template T
 * @param {ReadonlyArray<T>} voices
 * @param {{attempt: string, item: string}} where
 * @returns {T|null}
 */
export function voiceFor(voices, { attempt, item }) {
  return voices.length ? voices[hash(`${attempt}/${item}`) % voices.length] : null;
}

/**
 * @param {ArrayBuffer} bytes
 * @param {Crypto} source
 * @returns {Promise<string|null>} SHA-256 in hex, null where the browser does not offer it
 */
export async function sha256(bytes, source = globalThis.crypto) {
  if (!source.subtle) return null;
  const digest = await source.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
