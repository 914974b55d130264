/** The states of the recorder as a pure table: what happens, what is said, shown and focused. */

/**
 * @typedef {object} RecorderState
 * @property {string} phrase key of the sentence that names this state
 * @property {string} picture name of the picture that shows it
 * @property {string} focus `data-control` that gets the focus
 * @property {Readonly<Record<string, string>>} on the state after each event that means something here
 */

const TROUBLE = {
  refused: "blocked",
  "no-device": "no-microphone",
  taken: "busy",
  "not-supported": "unsupported",
  "not-secure": "insecure",
  broke: "failed",
};
const LEAVE = { touch: "idle", reset: "idle" };

/** @type {Readonly<Record<string, RecorderState>>} */
export const STATES = Object.freeze({
  idle: {
    phrase: "recorder.idle", picture: "ui-microphone", focus: "speak",
    on: { ...LEAVE, ...TROUBLE, tap: "asking" },
  },
  asking: {
    phrase: "microphone.allow", picture: "ui-microphone", focus: "status",
    on: { ...LEAVE, ...TROUBLE, opened: "ready", hidden: "asking" },
  },
  ready: {
    phrase: "recorder.ready", picture: "ui-microphone", focus: "speak",
    on: { ...LEAVE, ...TROUBLE, started: "recording", released: "idle", ended: "idle" },
  },
  recording: {
    phrase: "recorder.recording", picture: "ui-microphone", focus: "speak",
    on: { ...LEAVE, tap: "stopping", lift: "stopping", limit: "stopping", hidden: "stopping", ended: "stopping", broke: "failed" },
  },
  stopping: {
    phrase: "recorder.stopping", picture: "ui-wait", focus: "status",
    on: { ...LEAVE, kept: "reviewing", quiet: "silent", broke: "failed" },
  },
  reviewing: {
    phrase: "recorder.reviewing", picture: "ui-ear", focus: "answer",
    on: { ...LEAVE, again: "asking", send: "sending" },
  },
  sending: {
    phrase: "recorder.sending", picture: "ui-wait", focus: "status",
    on: { ...LEAVE, stored: "sent", waiting: "sent", broke: "failed" },
  },
  sent: {
    phrase: "recorder.sent", picture: "ui-done", focus: "status",
    on: { ...LEAVE },
  },
  blocked: {
    phrase: "recorder.blocked", picture: "ui-microphone-blocked", focus: "touch",
    on: { ...LEAVE, tap: "asking" },
  },
  unsupported: {
    phrase: "recorder.unsupported", picture: "ui-hand-touch", focus: "touch",
    on: { ...LEAVE },
  },
  insecure: {
    phrase: "recorder.insecure", picture: "ui-insecure", focus: "touch",
    on: { ...LEAVE },
  },
  "no-microphone": {
    phrase: "recorder.no-microphone", picture: "ui-microphone-blocked", focus: "touch",
    on: { ...LEAVE, tap: "asking" },
  },
  busy: {
    phrase: "recorder.busy", picture: "ui-microphone-blocked", focus: "touch",
    on: { ...LEAVE, tap: "asking" },
  },
  silent: {
    phrase: "trouble.too-quiet", picture: "ui-warning-speaker", focus: "speak",
    on: { ...LEAVE, tap: "asking" },
  },
  failed: {
    phrase: "trouble.machine", picture: "ui-warning-speaker", focus: "touch",
    on: { ...LEAVE, tap: "asking" },
  },
});

/** Everything that can happen to a recorder. */
export const EVENTS = Object.freeze([
  "tap", "lift", "touch", "reset", "again", "send", "hidden", "released",
  "opened", "started", "ended", "limit", "kept", "quiet", "stored", "waiting",
  ...Object.keys(TROUBLE),
]);

/** The states in which speaking is not possible now; the pictures always are. */
export const SAD = Object.freeze(["blocked", "unsupported", "insecure", "no-microphone", "busy", "silent", "failed"]);

/**
 * The state after `event`; an event that means nothing in a state leaves it as it is.
 * @param {string} state
 * @param {string} event
 * @returns {string}
 * @throws {RangeError} when the state or the event is unknown
 */
export function next(state, event) {
  if (!STATES[state]) throw new RangeError(`unknown state ${state}`);
  if (!EVENTS.includes(event)) throw new RangeError(`unknown event ${event}`);
  return STATES[state].on[event] ?? state;
}
