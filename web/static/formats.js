/** How this browser records: the type of the file, the microphone's settings, the names of refusals. */

export const CONSTRAINTS = Object.freeze({ echoCancellation: false, noiseSuppression: true, autoGainControl: false });
export const BITS_PER_SECOND = 24000;
export const TIMESLICE_MS = 1000;
/** A take is never longer; what was said until then is kept. */
export const LONGEST_MS = 30000;
export const MOST_TAKES = 3;

/** @param {{vendor?: string}} navigator @returns {boolean} whether the engine is Apple's */
export const isApple = (navigator) => (navigator.vendor ?? "").startsWith("Apple");

/**
 * The first type this browser can record; "" leaves the choice to the browser.
 * @param {(type: string) => boolean} isSupported
 * @param {{apple?: boolean}} engine Apple's claims about webm are not to be trusted
 * @returns {string}
 */
export function recordingType(isSupported, { apple = false } = {}) {
  const others = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];
  return (apple ? ["audio/mp4"] : others).find(isSupported) ?? "";
}

/**
 * The recorder's event for a refusal of the microphone.
 * @param {{name?: string}} error
 * @returns {"refused"|"no-device"|"taken"|"broke"}
 */
export function refusal(error) {
  const known = {
    NotAllowedError: "refused", SecurityError: "refused",
    NotFoundError: "no-device", OverconstrainedError: "no-device",
    NotReadableError: "taken", AbortError: "taken",
  };
  return known[error?.name ?? ""] ?? "broke";
}

/**
 * What keeps this page from recording before anyone is asked; null when nothing does.
 * @param {{isSecureContext?: boolean, MediaRecorder?: unknown, navigator: {mediaDevices?: {getUserMedia?: unknown}}}} window
 * @returns {"not-secure"|"not-supported"|null}
 */
export function obstacle(window) {
  if (!window.isSecureContext) return "not-secure";
  if (!window.MediaRecorder || !window.navigator.mediaDevices?.getUserMedia) return "not-supported";
  return null;
}
