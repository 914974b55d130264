/** What each kind of task offers to the hands at each moment; nothing else. */

import { MOST_TAKES } from "./formats.js";
import { SAD } from "./recorder-states.js";

/** While the microphone is at work, nothing but the microphone is touched. */
const AT_WORK = ["asking", "ready", "recording", "stopping", "sending", "sent"];
/** The microphone said no; a silent or broken take is no reason to stop speaking. */
const CLOSED = SAD.filter((state) => !["silent", "failed"].includes(state));
const NEVER = ["unsupported", "insecure"];
/** After so many questions that were not understood, the pictures are offered. */
export const MOST_MISSES = 2;

const canSpeak = (state, { canRecord }) => canRecord && !NEVER.includes(state) && !["asking", "stopping"].includes(state);

/** Whether the voice is no road now, or not the one this person takes. */
export const isVoiceless = (state, { canRecord, isTouchOnly }) => !canRecord || isTouchOnly || CLOSED.includes(state);

/** @type {Record<string, (state: string, facts: any) => Record<string, boolean>>} */
const OFFERS = {
  listen: () => ({ continue: true }),
  choosing: (_, { chosen }) => ({ answer: chosen > 0 }),
  picking: (_, { chosen }) => ({ answer: chosen > 0 }),
  arranging: (state, facts) => ({
    answer: facts.chosen > 0 && !AT_WORK.includes(state),
    speak: canSpeak(state, facts),
  }),
  saying: (state, facts) => ({
    "hear-me": state === "reviewing",
    again: state === "reviewing" && facts.takes < MOST_TAKES,
    answer: state === "reviewing",
    speak: state !== "reviewing" && facts.takes < MOST_TAKES && canSpeak(state, facts),
    "without-voice": isVoiceless(state, facts) && ![...AT_WORK, "reviewing"].includes(state),
  }),
  asking: (state, facts) => {
    const isFree = !AT_WORK.includes(state) && state !== "reviewing";
    return {
      speak: state !== "reviewing" && !facts.chosen && canSpeak(state, facts),
      answer: isFree && facts.chosen > 0,
      done: isFree && !facts.chosen,
      touch: isFree && !facts.isPictured && (facts.misses >= MOST_MISSES || isVoiceless(state, facts)),
    };
  },
};

const NAMES = ["continue", "answer", "speak", "hear-me", "again", "done", "touch", "without-voice"];

/**
 * The controls on the screen.
 * @param {string} kind of the task
 * @param {string} state of the recorder
 * @param {{isShown: boolean, isSending: boolean, chosen?: number, takes?: number, misses?: number,
 *   canRecord?: boolean, isTouchOnly?: boolean, isPictured?: boolean}} facts
 *   `chosen`: pictures touched or placed; `misses`: questions not understood; `isPictured`: they can be touched
 * @returns {Record<string, boolean>}
 */
export function offers(kind, state, facts) {
  const isQuiet = !facts.isShown || facts.isSending;
  const shown = isQuiet ? {} : OFFERS[kind](state, { chosen: 0, takes: 0, misses: 0, canRecord: true, ...facts });
  return Object.fromEntries(NAMES.map((name) => [name, Boolean(shown[name])]));
}

/**
 * What is answered by touching: one picture, several, all in the order of touching.
 * @param {ReadonlyArray<string>} chosen
 * @param {string} option that was touched
 * @param {{most: number}} facts `most`: how many may be chosen
 * @returns {Array<string>}
 */
export function toggled(chosen, option, { most }) {
  if (chosen.includes(option)) return most === 1 ? [...chosen] : chosen.filter((one) => one !== option);
  return most === 1 ? [option] : [...chosen, option];
}
