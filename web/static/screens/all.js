/** Every screen of the journey by its name. */

import { ask } from "./ask.js";
import { explain, resume, start } from "./welcome.js";
import { employer, language } from "./languages.js";
import { microphone } from "./microphone.js";
import { badge, outcome, practice } from "./outcome.js";
import { section } from "./section.js";
import { begin, turn, wait } from "./turn.js";

/** @type {Record<string, (app: any) => Promise<{event: string}>>} */
export const SCREENS = {
  start, resume, language, employer, explain, microphone, begin, turn, section, ask, wait, outcome, practice, badge,
};
