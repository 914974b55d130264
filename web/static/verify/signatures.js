/** Who signed: Ed25519 by the browser or by the library inside, RS256 by the browser. */

import { fromBase64url } from "./bytes.js";
import * as noble from "./vendor/noble-ed25519.js";

/** Tell whether the 32 bytes of `key` signed `data`. */
export async function signedEd25519(signature, data, key) {
  const own = await ownEd25519(key);
  if (own) return crypto.subtle.verify({ name: "Ed25519" }, own, signature, data);
  return noble.verifyAsync(signature, data, key, { zip215: false }).catch(() => false);
}

/** Tell whether the RSA key of a JWK signed `data` with RS256. */
export async function signedRs256(signature, data, jwk) {
  const how = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  const { kty, n, e } = jwk;
  const key = await crypto.subtle.importKey("jwk", { kty, n, e }, how, false, ["verify"]);
  return crypto.subtle.verify(how, key, signature, data);
}

/** Tell whether this browser can check anything: it cannot where it hides its cryptography. */
export function canCheck() {
  return typeof crypto === "object" && typeof crypto.subtle === "object";
}

/** The public keys of the page, by id, as bytes. */
export function keysOf(known) {
  return new Map(Object.entries(known.keys).map(([id, key]) => [id, fromBase64url(key)]));
}

async function ownEd25519(key) {
  try {
    return await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
  } catch {
    return null; // an old browser
  }
}
