/** What this phone remembers of an attempt, so that a reload goes on exactly there. */

const KEY = "voice.attempt";

/** @returns {{attempt: string, assessment?: string, help: string, room: string|null, isTouchOnly: boolean}|null} */
export function recall() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "null") ?? history.state;
    return typeof kept?.attempt === "string" && typeof kept?.help === "string" ? kept : null;
  } catch {
    return history.state?.attempt ? history.state : null;
  }
}

/** @param {object|null} facts null forgets */
export function remember(facts) {
  history.replaceState(facts, "");
  try {
    if (facts) localStorage.setItem(KEY, JSON.stringify(facts));
    else localStorage.removeItem(KEY);
  } catch {
    // A private window keeps nothing; history remembers until the tab is closed.
  }
}

const WAITING = "voice.waiting";
const MOST_WAITING = 4;

/** @returns {Array<{attempt: string, help: string}>} attempts of which people still mark something, the newest first */
export function waiting() {
  try {
    const kept = JSON.parse(localStorage.getItem(WAITING) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one?.attempt === "string") : [];
  } catch {
    return [];
  }
}

const keepWaiting = (all) => {
  try {
    localStorage.setItem(WAITING, JSON.stringify(all.slice(0, MOST_WAITING)));
  } catch {
    // A private window keeps nothing: the support person tells the end.
  }
};

/** Remember that the end of an attempt is told another day. @param {{attempt: string, help: string}} memory */
export function awaitMarks(memory) {
  keepWaiting([memory, ...waiting().filter(({ attempt }) => attempt !== memory.attempt)]);
}

/** Its end was told. @param {string} attempt */
export function forgetWaiting(attempt) {
  keepWaiting(waiting().filter((one) => one.attempt !== attempt));
}

/**
 * What was chosen before the page of what is good to know, which comes back with it in the address.
 * @param {{search: string}} location
 * @param {{help_languages: Array<{code: string}>, assessments: Array<{code: string, kind: string, employer_languages: string[]}>}} page
 * @returns {{help: string, employer: string, assessment: string}|null} null where nothing fits
 */
export function returned({ search }, page) {
  const asked = new URLSearchParams(search);
  const [help, employer, assessment] = ["help", "employer", "assessment"].map((name) => asked.get(name) ?? "");
  const found = page.assessments.find(({ code, kind }) => code === assessment && kind === "scenario");
  const isKnown = found?.employer_languages.includes(employer) && page.help_languages.some(({ code }) => code === help);
  return isKnown ? { help, employer, assessment } : null;
}
