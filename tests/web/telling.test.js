/** What is said about a question: the employer first, every picture by name, more in the first questions. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { LADDER } from "../../web/static/patience.js";
import { SAD } from "../../web/static/recorder-states.js";
import { Telling, answeredOf } from "../../web/static/screens/telling.js";

const OPTIONS = ["sweeping", "mopping", "dusting", "ironing"];
const ITEM = {
  id: "broom",
  prompt: { normal: ["/audio/take.mp3"], slow: ["/audio/take-slow.mp3"] },
  question: { text: "What do you do?", audio: "/audio/what-do.mp3" },
  options: OPTIONS.map((id) => ({ id, name: { text: id, audio: `/audio/${id}.mp3` } })),
};

/** A page whose sentences are their keys and whose controls are their names. */
function page({ answered = 9, ...turn } = {}) {
  return {
    memory: { attempt: "a1" },
    phrases: { step: (key, how) => (key ? { key, ...how } : null), text: (key) => key },
    stage: { control: (name) => ({ name, hidden: false }), status: () => {} },
    state: { sections: [{ answered }, { answered: 0 }], turn: { kind: "ask", phrase: null, item: ITEM, ...turn } },
  };
}

const telling = (app) => new Telling(app, { tiles: OPTIONS.map((id) => `tile ${id}`), options: "options" });
const keys = (steps) => steps.map((step) => step?.key).filter(Boolean);
const sounds = (steps) => steps.map((step) => step?.audio).filter(Boolean);
const opening = (app) => telling(app).opening({ employer: "employer", reveal: () => {} });

test("the employer is heard, then the question, then every picture by its name", () => {
  assert.deepEqual(sounds(opening(page())), [
    "/audio/take.mp3", "/audio/what-do.mp3", ...OPTIONS.map((id) => `/audio/${id}.mp3`),
  ]);
});

test("the pictures come after the employer has spoken, each lit by its own name", () => {
  let isRevealed = false;
  const steps = telling(page()).opening({ employer: "employer", reveal: () => { isRevealed = true; } }).filter(Boolean);
  steps[0].begin();
  assert.equal(isRevealed, false);
  steps[1].begin();
  assert.equal(isRevealed, true);
  assert.deepEqual(steps.filter(({ on }) => String(on).startsWith("tile")).map(({ on }) => on), OPTIONS.map((id) => `tile ${id}`));
});

test("the gestures are told in the rehearsal and in the first two questions", () => {
  assert.deepEqual(keys(opening(page({ answered: 0 }))), ["answer.hear", "answer.how"]);
  assert.deepEqual(keys(opening(page({ answered: 1 }))), ["answer.hear", "answer.how"]);
  assert.deepEqual(keys(opening(page({ answered: 2 }))), []);
  assert.ok(keys(opening(page({ kind: "rehearse" }))).includes("rehearsal.speak"));
});

test("the rehearsal is introduced once and counts the places aloud", () => {
  const app = page({ kind: "rehearse", answered: 0 });
  const first = keys(opening(app));
  assert.deepEqual(first.slice(0, 3), ["rehearsal.start", "answer.hear", "place.1"]);
  assert.equal(keys(opening(app))[0], "answer.hear");
});

test("a question met again says why", () => {
  assert.deepEqual(keys(opening(page({ kind: "ask_again", reason: "echo" }))), ["ask-again.echo"]);
  assert.deepEqual(keys(opening(page({ kind: "ask_again", reason: "echo", phrase: "ask-again.unsure" }))), ["ask-again.unsure"]);
});

test("each time the employer speaks is counted at its pace", () => {
  const told = telling(page());
  for (const pace of ["normal", "slow", "slow"]) for (const step of told.again(pace)) step?.begin?.();
  assert.deepEqual(told.counts, { plays_normal: 1, plays_slow: 2 });
});

test("every offer to a quiet person is something to say", () => {
  for (const { offer } of LADDER) assert.ok(telling(page()).offer(offer).length, offer);
});

test("a touched picture says its name; how to confirm it is told at first", () => {
  assert.equal(telling(page()).touched("dusting")[0].text, "dusting");
  assert.deepEqual(keys(telling(page()).touched("dusting")), []);
  assert.deepEqual(keys(telling(page({ answered: 0 })).touched("dusting")), ["answer.confirm"]);
});

test("one's own voice is played; the last take says that it is the last", () => {
  const [voice] = telling(page()).ownVoice("blob:take", { isLast: false });
  assert.deepEqual([voice.audio, voice.text], ["blob:take", "recorder.reviewing"]);
  assert.deepEqual(keys(telling(page()).ownVoice("blob:take", { isLast: true })), ["answer.last-take"]);
});

test("every sad state of the recorder is told, and a refusal says what to do", () => {
  for (const state of SAD) assert.equal(keys(telling(page()).trouble(state)).length, state === "blocked" ? 2 : 1, state);
});

test("answers are counted over all rooms", () => {
  assert.equal(answeredOf([{ answered: 6 }, { answered: 2 }, { answered: 0 }]), 8);
});
