/** What this phone remembers of an attempt, so that a reload goes on exactly there. */

const KEY = "voice.attempt";

/** @returns {{attempt: string, help: string, room: string|null, isTouchOnly: boolean}|null} */
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
