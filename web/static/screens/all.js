/** Every screen of the journey by its name: the first ones at once, the others when they have come. */

import { employer, language } from "./languages.js";
import { holdPictures, untilAnswered } from "./trouble.js";
import { explain, resume, start } from "./welcome.js";

/** @typedef {(app: any) => Promise<{event: string}>} Screen */

/** @type {Record<string, Screen>} */
const FIRST = { start, resume, language, employer, explain };

const later = () => import("./later.js").catch(() => null);

/** @param {any} app @param {string} name @returns {Promise<Screen>} */
export async function screenOf(app, name) {
  if (name !== "start") {
    later();
    holdPictures();
  }
  return FIRST[name] ?? (await untilAnswered(app, later))[name];
}
