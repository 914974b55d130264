/** The steps of a spoken yes as a pure table: what is said and shown, and what comes next. */

/**
 * @typedef {object} Step
 * @property {ReadonlyArray<string>} says keys of the sentences that open this step
 * @property {ReadonlyArray<string>} shows names of the controls; the first gets the focus
 * @property {Readonly<Record<string, string>>} on the step after each event that means something here
 */

const NO = { no: "refusing" };

/** @type {Readonly<Record<string, Step>>} */
export const STEPS = Object.freeze({
  hear: { says: [], shows: ["hear", "no"], on: { ...NO, heard: "speak" } },
  speak: {
    says: ["share.say-yes", "share.kept"], shows: ["speak", "hear", "touch", "no"],
    on: { ...NO, kept: "spoken", chosen: "touched", unable: "unable" },
  },
  spoken: { says: ["share.green"], shows: ["yes", "hear-me", "again", "no"], on: { ...NO, again: "speak", yes: "sending" } },
  touched: { says: ["share.green"], shows: ["yes", "hear", "again", "no"], on: { ...NO, again: "speak", yes: "sending" } },
  unable: { says: ["share.touch-instead"], shows: ["yes", "hear", "again", "no"], on: { ...NO, again: "speak", yes: "sending" } },
  sending: { says: [], shows: [], on: { lost: "lost", refused: "unable", safe: "done" } },
  refusing: { says: [], shows: [], on: { lost: "lost", safe: "done" } },
  lost: { says: ["share.no-network"], shows: ["yes", "no"], on: { ...NO, yes: "sending" } },
  done: { says: [], shows: [], on: {} },
});

export const EVENTS = Object.freeze([
  "heard", "kept", "chosen", "unable", "again", "yes", "no", "lost", "refused", "safe",
]);

/**
 * The step after `event`; an event that means nothing in a step leaves it as it is.
 * @param {string} step
 * @param {string} event
 * @returns {string}
 * @throws {RangeError} when the step or the event is unknown
 */
export function next(step, event) {
  if (!STEPS[step]) throw new RangeError(`unknown step ${step}`);
  if (!EVENTS.includes(event)) throw new RangeError(`unknown event ${event}`);
  return STEPS[step].on[event] ?? step;
}

/** States of the recorder after which the touch alone is enough. */
const UNABLE = new Set(["blocked", "unsupported", "insecure", "no-microphone", "busy", "failed"]);

/**
 * What a state of the recorder means for the yes; null when it means nothing.
 * @param {string} state
 * @returns {"kept"|"unable"|null}
 */
export function meaning(state) {
  if (state === "reviewing") return "kept";
  return UNABLE.has(state) ? "unable" : null;
}

/**
 * The fields by which the server is told how the yes was given. Nothing is told that did not happen.
 * @param {{wasPlayed: boolean, take: {id: string, sha256: string, mime: string}|null, untold: string}} facts
 *   `untold`: why there is no take
 * @returns {Record<string, string>}
 */
export function fields({ wasPlayed, take, untold }) {
  const played = wasPlayed ? "yes" : "no";
  return take ? { played, recording: take.id, sha256: take.sha256, type: take.mime } : { played, untold };
}
