/** One button for speaking: tap to start, tap to stop; holding it while speaking works too. */

/** A finger that stays longer than this after the recording began was holding. */
export const HOLD_MS = 400;

/**
 * Whether lifting the finger ends the take.
 * @param {{isSpeaking: boolean, now: number, since: number|null, startedHere: boolean}} facts
 *   `since`: when the recording began (same clock as `now`, milliseconds)
 */
export function endsByLift({ isSpeaking, now, since, startedHere }) {
  return isSpeaking && startedHere && since !== null && now - since > HOLD_MS;
}

/**
 * @param {HTMLElement} button
 * @param {{isSpeaking: boolean, speakingSince: number|null, tap: () => void, lift: () => void}} recorder
 */
export function attachSpeakButton(button, recorder) {
  let startedHere = false;
  let isByPointer = false;
  button.addEventListener("pointerdown", (event) => {
    isByPointer = true;
    startedHere = !recorder.isSpeaking;
    button.setPointerCapture?.(event.pointerId);
    recorder.tap();
  });
  const up = () => {
    const facts = { isSpeaking: recorder.isSpeaking, now: performance.now(), since: recorder.speakingSince, startedHere };
    if (endsByLift(facts)) recorder.lift();
  };
  button.addEventListener("pointerup", up);
  button.addEventListener("pointercancel", () => {
    isByPointer = false;
    if (recorder.isSpeaking && startedHere) recorder.lift();
  });
  button.addEventListener("contextmenu", (event) => event.preventDefault());
  button.addEventListener("keydown", (event) => event.repeat && event.preventDefault());
  button.addEventListener("click", () => {
    if (!isByPointer) recorder.tap();
    isByPointer = false;
  });
}
