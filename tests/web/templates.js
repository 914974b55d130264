/** Reads a page of screens as a browser gets it: the frame, with what the page puts into it. */

import { readFile } from "node:fs/promises";

const FOLDER = new URL("../../web/templates/", import.meta.url);

/** @param {string} name @returns {Promise<string>} */
export async function template(name) {
  const texts = await Promise.all(["screens.html", name].map((file) => readFile(new URL(file, FOLDER), "utf8")));
  return texts.join("\n");
}
