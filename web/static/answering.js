/** What a question offers to the hands at each moment, and what follows an answer; nothing else. */

import { MOST_TAKES } from "./formats.js";
import { SAD } from "./recorder-states.js";

const THANKS_EVERY = 3;
/** After these refusals the server is asked whose turn it is; after others the same question is asked again. */
const MOVES_ON = new Set(["trouble.closed", "trouble.not-found", null]);

/**
 * The controls on the screen.
 * @param {string} state of the recorder
 * @param {{isShown: boolean, isSending: boolean, isChosen: boolean, takes: number, canRecord?: boolean}} facts
 *   `isShown`: the pictures are on the screen; `isChosen`: one of them is touched; `canRecord`: the page may
 * @returns {Record<"hear-me"|"again"|"answer"|"speak", boolean>}
 */
export function controls(state, { isShown, isSending, isChosen, takes, canRecord = true }) {
  const isReviewing = state === "reviewing" && !isSending;
  const canSpeak = canRecord && !["unsupported", "insecure"].includes(state) && takes < MOST_TAKES;
  return {
    "hear-me": isReviewing,
    again: isReviewing && takes < MOST_TAKES,
    answer: isShown && !isSending && (isReviewing || isChosen),
    speak: isShown && !isSending && !isReviewing && canSpeak,
  };
}

/**
 * Whether speaking is the smaller of the two ways to answer now.
 * @param {string} state of the recorder
 * @param {{isChosen: boolean, isTouchOnly: boolean}} facts
 */
export function isSpeakSmall(state, { isChosen, isTouchOnly }) {
  return isChosen || isTouchOnly || (SAD.includes(state) && !["silent", "failed"].includes(state));
}

/**
 * What follows a delivery; `heard` is the server's news of a stored take, null without any.
 * @param {import("./takes.js").Delivery} delivery
 * @param {{state: string, phrase?: string|null}|null} heard
 * @returns {{phrase: string|null, isAgain: boolean}} what to say, and whether the same question is asked again
 */
export function following({ state, phrase }, heard) {
  if (state === "refused") return { phrase, isAgain: !MOVES_ON.has(phrase) };
  if (heard) return { phrase: heard.phrase ?? null, isAgain: heard.state === "repeat" };
  return { phrase: state === "stored" ? phrase : null, isAgain: false };
}

/** @param {number} answered questions that count, this one too @returns {boolean} */
export const isThanked = (answered) => answered % THANKS_EVERY === 0;
