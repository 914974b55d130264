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

/**
 * What was chosen before the page of what is good to know, which comes back with it in the address.
 * @param {{search: string}} location
 * @param {{help_languages: Array<{code: string}>, assessments: Array<{code: string, has_doors: boolean, employer_languages: string[]}>}} page
 * @returns {{help: string, employer: string, assessment: string}|null} null where nothing fits
 */
export function returned({ search }, page) {
  const asked = new URLSearchParams(search);
  const [help, employer, assessment] = ["help", "employer", "assessment"].map((name) => asked.get(name) ?? "");
  const found = page.assessments.find(({ code, has_doors: hasDoors }) => code === assessment && hasDoors);
  const isKnown = found?.employer_languages.includes(employer) && page.help_languages.some(({ code }) => code === help);
  return isKnown ? { help, employer, assessment } : null;
}
