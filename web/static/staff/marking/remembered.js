/** What an assessor likes, kept in this browser: speed, silence, keys, whether it plays at once. */

const NAME = "marking";
const PLAIN = Object.freeze({ speed: 1, silence: false, keys: true, atOnce: true });

/** @returns {{speed: number, silence: boolean, keys: boolean, atOnce: boolean}} */
export function liked() {
  try {
    return { ...PLAIN, ...JSON.parse(localStorage.getItem(NAME) ?? "{}") };
  } catch {
    return { ...PLAIN };
  }
}

/** @param {Partial<ReturnType<typeof liked>>} changes */
export function like(changes) {
  try {
    localStorage.setItem(NAME, JSON.stringify({ ...liked(), ...changes }));
  } catch {
    // A browser that keeps nothing forgets what somebody likes, and nothing else.
  }
}
