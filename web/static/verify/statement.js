/** The signed statement of a paper's QR, read as docs/badge-statement.md lays it out. */

import { fromBase64url, joined, toHex, toText, utf8 } from "./bytes.js";
import { signedEd25519 } from "./signatures.js";

const SIGNED_FOR = "MyCred4Home badge statement v1\n";
const LONGEST = 400;
const SIGNATURE = 64;
const HEAD = 24;
const NO_DAY = 0xffff;
const NO_INDEX = 0xffffffff;
const FIRST_DAY = Date.UTC(2020, 0, 1);
const DAY = 86_400_000;

/** Tell whether a text has the look of a statement, alone or in its address. */
export function isStatement(text) {
  return /(^|#)v1\.[\w-]*$/.test(text.trim());
}

/**
 * Read a statement that one of `keys` signed; null for anything else.
 *
 * @param {string} text the statement, or the address that ends with it
 * @param {Map<string, Uint8Array>} keys public keys by id
 */
export async function opened(text, keys) {
  const whole = text.trim();
  const sealed = whole.slice(whole.lastIndexOf("#") + 1);
  const place = whole.slice(0, Math.max(0, whole.lastIndexOf("#")));
  const data = bytesOf(sealed);
  const said = data && read(data.subarray(0, -SIGNATURE));
  const key = said && keys.get(said.keyId);
  if (!key) return null;
  const signed = joined([utf8(SIGNED_FOR), data.subarray(0, -SIGNATURE)]);
  if (!(await signedEd25519(data.subarray(-SIGNATURE), signed, key))) return null;
  if (place && place.slice(place.lastIndexOf("/") + 1) !== said.code) return null;
  return said;
}

function bytesOf(sealed) {
  if (!sealed.startsWith("v1.") || sealed.length > LONGEST) return null;
  try {
    const data = fromBase64url(sealed.slice(3));
    return data.length < HEAD + SIGNATURE ? null : data;
  } catch {
    return null;
  }
}

/** Take the fields out of a body; null when it is not laid out as it must be. */
function read(body) {
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  const names = namesOf(body.subarray(HEAD));
  const code = String.fromCharCode(...body.subarray(8, 16));
  const issued = view.getUint16(16);
  if (!names || !/^[2-9A-Z]{8}$/.test(code) || issued === NO_DAY) return null;
  const expires = view.getUint16(18);
  const index = view.getUint32(20);
  return {
    keyId: `key-${toHex(body.subarray(0, 8))}`,
    code,
    issuedOn: day(issued),
    expiresOn: expires === NO_DAY ? null : day(expires),
    index: index === NO_INDEX ? null : index,
    competence: names[0],
    language: names[1],
    holder: names[2] || null,
  };
}

function namesOf(rest) {
  const names = [];
  for (let at = 0; names.length < 3; at += 1 + rest[at]) {
    if (at >= rest.length || at + 1 + rest[at] > rest.length) return null;
    try {
      names.push(toText(rest.subarray(at + 1, at + 1 + rest[at])));
    } catch {
      return null;
    }
    if (names.length === 3 && at + 1 + rest[at] !== rest.length) return null;
  }
  return names;
}

function day(number) {
  return new Date(FIRST_DAY + number * DAY).toISOString().slice(0, 10);
}
