/** What a question offers: always a way to answer, never two at odds, nothing while it is sent. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { controls, following, isSpeakSmall, isThanked } from "../../web/static/answering.js";
import { MOST_TAKES } from "../../web/static/formats.js";
import { SAD, STATES } from "../../web/static/recorder-states.js";

const NAMES = Object.keys(STATES);
const facts = (more = {}) => ({ isShown: true, isSending: false, isChosen: false, takes: 0, ...more });
const shown = (state, more) => Object.entries(controls(state, facts(more))).filter(([, is]) => is).map(([name]) => name);

test("a fresh question offers to speak; a touched picture offers to answer too", () => {
  assert.deepEqual(shown("idle"), ["speak"]);
  assert.deepEqual(shown("idle", { isChosen: true }), ["answer", "speak"]);
});

test("while the employer speaks nothing is asked for", () => {
  assert.deepEqual(shown("idle", { isShown: false }), []);
});

test("a take can be heard, said again and sent; the last one only heard and sent", () => {
  assert.deepEqual(shown("reviewing", { takes: 1 }), ["hear-me", "again", "answer"]);
  assert.deepEqual(shown("reviewing", { takes: MOST_TAKES }), ["hear-me", "answer"]);
});

test("nothing can be done twice while an answer is sent", () => {
  for (const state of NAMES) assert.deepEqual(shown(state, { isSending: true, isChosen: true, takes: 1 }), [], state);
});

test("a running take cannot be sent", () => {
  for (const state of ["asking", "ready", "recording", "stopping"]) assert.deepEqual(shown(state), ["speak"], state);
});

test("where speaking is impossible, and after the last take, only the pictures are left", () => {
  for (const state of ["unsupported", "insecure"]) assert.deepEqual(shown(state), []);
  assert.deepEqual(shown("idle", { takes: MOST_TAKES, isChosen: true }), ["answer"]);
});

test("the microphone steps back for a touched picture, for touch only, and when it is refused", () => {
  const calm = { isChosen: false, isTouchOnly: false };
  assert.equal(isSpeakSmall("idle", calm), false);
  assert.ok(isSpeakSmall("idle", { ...calm, isChosen: true }));
  assert.ok(isSpeakSmall("idle", { ...calm, isTouchOnly: true }));
  const large = SAD.filter((state) => !isSpeakSmall(state, calm));
  assert.deepEqual(large, ["silent", "failed"]);
});

test("what the server took goes on; the rehearsal says how it was", () => {
  assert.deepEqual(following({ state: "stored", phrase: null }, null), { phrase: null, isAgain: false });
  assert.deepEqual(following({ state: "stored", phrase: "rehearsal.right" }, null), { phrase: "rehearsal.right", isAgain: false });
});

test("an answer that waits on the phone goes on in silence", () => {
  assert.deepEqual(following({ state: "waiting", phrase: "trouble.network" }, null), { phrase: null, isAgain: false });
});

test("an echo is asked again at once, a heard answer is not", () => {
  const stored = { state: "stored", phrase: null };
  assert.deepEqual(following(stored, { state: "repeat", phrase: "ask-again.echo" }), { phrase: "ask-again.echo", isAgain: true });
  assert.deepEqual(following(stored, { state: "heard" }), { phrase: null, isAgain: false });
});

test("a refused take is asked again, a closed question is left", () => {
  assert.equal(following({ state: "refused", phrase: "trouble.too-long" }, null).isAgain, true);
  for (const phrase of ["trouble.closed", "trouble.not-found", null]) {
    assert.equal(following({ state: "refused", phrase }, null).isAgain, false);
  }
});

test("every third answer is thanked for", () => {
  assert.deepEqual([1, 2, 3, 4, 5, 6].filter(isThanked), [3, 6]);
});

test("where the page may not record, only touch is offered", () => {
  assert.ok(shown("idle").includes("speak"));
  assert.deepEqual(shown("idle", { canRecord: false }), []);
  assert.deepEqual(shown("idle", { canRecord: false, isChosen: true }), ["answer"]);
});
