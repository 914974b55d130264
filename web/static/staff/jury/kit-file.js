/** The last resort: what waits on a phone as a file, read again by another phone of the same jury. */

import { waiting } from "./kit-facts.js";

const FORMAT = "mycred4home-jury-1";
const PIECE = 0x8000;

function letters(bytes) {
  const all = new Uint8Array(bytes);
  let text = "";
  for (let at = 0; at < all.length; at += PIECE) text += String.fromCharCode(...all.subarray(at, at + PIECE));
  return btoa(text);
}

const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer;

/** @param {any} store @param {string} jury @returns {Promise<string>} all that waits, recordings too */
export async function written(store, jury) {
  const rows = await store.rows(jury);
  const open = waiting(rows);
  const sounds = {};
  for (const take of open.takes) sounds[take.id] = letters(await (await store.sound(take.id, take.mime)).arrayBuffer());
  const sealed = rows.filter((row) => row.kind === "sealed");
  return JSON.stringify({ format: FORMAT, jury, rows: [...Object.values(open).flat(), ...sealed], sounds });
}

/**
 * Keep what a file holds, where this phone does not have it.
 * @param {any} store
 * @param {string} jury
 * @param {string} text
 * @returns {Promise<boolean>} false where it is no file of this jury
 */
export async function read(store, jury, text) {
  const told = parsed(text);
  if (told?.format !== FORMAT || told.jury !== jury || !Array.isArray(told.rows)) return false;
  for (const row of told.rows) {
    if (row.jury !== jury || (await store.row(row.id))) continue;
    if (told.sounds[row.id]) await store.putChunk({ take: row.id, n: 0, bytes: bytesOf(told.sounds[row.id]) });
    await store.put(row);
  }
  return true;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
