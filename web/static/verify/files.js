/** What a dropped file holds: a credential, a token or a statement, out of JSON, PNG, SVG or PDF. */

import { joined, toText } from "./bytes.js";

export const MOST_BYTES = 2_000_000;
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const KEYWORD = "openbadgecredential";
const STATEMENT = /[#](v1\.[\w-]{100,400})/;

/**
 * Give the text that a file carries; null when there is none.
 *
 * @param {Uint8Array} bytes
 */
export async function carried(bytes) {
  if (bytes.length > MOST_BYTES) return null;
  if (PNG.every((byte, at) => bytes[at] === byte)) return bakedInPng(bytes);
  if (latin(bytes.subarray(0, 5)) === "%PDF-") return carriedInPdf(bytes);
  try {
    const text = toText(bytes).trim();
    return text.startsWith("<") ? bakedInSvg(text) : text;
  } catch {
    return null;
  }
}

/** Walk the chunks of a PNG; no picture is ever decoded. */
function bakedInPng(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = PNG.length; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (latin(bytes.subarray(at + 4, at + 8)) === "iTXt") {
      const text = internationalText(data);
      if (text !== null) return text;
    }
    at += 12 + length;
  }
  return null;
}

/** keyword 0, compression flag, compression method, language 0, translated keyword 0, text */
function internationalText(data) {
  const [keyword, isCompressed] = [latin(data.subarray(0, KEYWORD.length)), data[KEYWORD.length + 1]];
  if (keyword !== KEYWORD || data[KEYWORD.length] !== 0 || isCompressed !== 0) return null;
  const languageEnd = data.indexOf(0, KEYWORD.length + 3);
  const textStart = data.indexOf(0, languageEnd + 1) + 1;
  return languageEnd < 0 || textStart < 1 ? null : toText(data.subarray(textStart));
}

function bakedInSvg(text) {
  const [, attributes, inside] =
    /<openbadges:credential\b([^>]*?)(?:\/>|>([\s\S]*?)<\/openbadges:credential>)/.exec(text) ?? [];
  const [, token] = /\bverify="([^"]+)"/.exec(attributes ?? "") ?? [];
  const parts = [...(inside ?? "").matchAll(/<!\[CDATA\[([\s\S]*?)\]\]>/g)].map(([, part]) => part);
  return token ?? (parts.length ? parts.join("") : null);
}

/** Our papers carry the credential along, and link their QR to its address: plain or deflated. */
async function carriedInPdf(bytes) {
  const text = latin(bytes);
  for (const start of text.matchAll(/stream\r?\n/g)) {
    const from = start.index + start[0].length;
    const inflated = await inflatedStart(bytes.subarray(from, text.indexOf("endstream", from)));
    if (/^\s*\{\s*"@context"/.test(inflated)) return inflated;
    const [, found] = STATEMENT.exec(inflated) ?? [];
    if (found) return found;
  }
  return STATEMENT.exec(text)?.[1] ?? null;
}

async function inflatedStart(packed) {
  const parts = [];
  let size = 0;
  try {
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
    for (const reader = stream.getReader(); size < MOST_BYTES; ) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      size += value.length;
    }
  } catch {
    // Not deflated, or cut: what was read counts.
  }
  return readable(joined(parts));
}

function readable(bytes) {
  try {
    return toText(bytes);
  } catch {
    return latin(bytes);
  }
}

function latin(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return text;
}
