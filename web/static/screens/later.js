/** The screens after the first choices: fetched while the person chooses a language. */

export { ask } from "./ask.js";
export { assessment, doors } from "./assessment.js";
export { example } from "./example.js";
export { extras } from "./extras.js";
export { microphone } from "./microphone.js";
export { notice } from "./notice.js";
export { badge, outcome, practice } from "./outcome.js";
export { parts } from "./parts.js";
export { section } from "./section.js";
export { task } from "./task.js";
export { begin, turn, wait } from "./turn.js";
