/** Reads the sentences of a help language; enough YAML for a flat list of quoted lines. */

import { readFile } from "node:fs/promises";

const LINE = /^ {2}([a-z][\w.-]*): "(.*)"$/i;

/** @param {string} language @returns {Promise<Record<string, string>>} sentence by key */
export async function phrases(language) {
  const address = new URL(`../../voice_app/dialogues/languages/${language}/phrases.yaml`, import.meta.url);
  const lines = (await readFile(address, "utf8")).split("\n");
  return Object.fromEntries(lines.map((line) => LINE.exec(line)).filter(Boolean).map(([, key, text]) => [key, text]));
}
