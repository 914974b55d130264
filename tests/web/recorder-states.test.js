/** The recorder's table: complete, without dead ends, kind in its sad states. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { phrases } from "./phrases.js";
import { EVENTS, SAD, STATES, next } from "../../web/static/recorder-states.js";

const NAMES = Object.keys(STATES);

test("the states are the ones agreed on", () => {
  assert.deepEqual(NAMES.sort(), [
    "asking", "blocked", "busy", "failed", "idle", "insecure", "no-microphone", "ready", "recording",
    "reviewing", "sending", "sent", "silent", "stopping", "unsupported",
  ]);
});

test("every state answers every event with a state", () => {
  for (const state of NAMES) for (const event of EVENTS) assert.ok(STATES[next(state, event)], `${state} ${event}`);
});

test("the table names only events and states that exist", () => {
  for (const [state, { on }] of Object.entries(STATES)) {
    for (const [event, following] of Object.entries(on)) {
      assert.ok(EVENTS.includes(event), `${state}: ${event}`);
      assert.ok(STATES[following], `${state}: ${event} to ${following}`);
    }
  }
});

test("every event means something somewhere", () => {
  for (const event of EVENTS) assert.ok(NAMES.some((state) => STATES[state].on[event]), event);
});

test("from every state one touch of a picture leads to answering by touch", () => {
  for (const state of NAMES) assert.equal(next(state, "touch"), "idle", state);
});

test("every state can be reached by what happens", () => {
  const seen = new Set(["idle"]);
  for (const state of seen) for (const event of EVENTS) seen.add(next(state, event));
  assert.deepEqual([...seen].sort(), NAMES.sort());
});

test("an unknown state or event is a bug", () => {
  assert.throws(() => next("dreaming", "tap"), RangeError);
  assert.throws(() => next("idle", "sneeze"), RangeError);
});

test("a spoken answer goes from tap to sent", () => {
  const way = ["tap", "opened", "started", "tap", "kept", "send", "stored"];
  const states = way.reduce((all, event) => [...all, next(all.at(-1), event)], ["idle"]);
  assert.deepEqual(states, ["idle", "asking", "ready", "recording", "stopping", "reviewing", "sending", "sent"]);
});

test("without a network the answer is safe on the phone and the way goes on", () => {
  assert.equal(next("sending", "waiting"), "sent");
});

test("a phone call, a locked screen and the longest take keep what was said", () => {
  for (const event of ["ended", "hidden", "limit", "lift"]) assert.equal(next("recording", event), "stopping");
});

test("nothing can be sent while it is recorded", () => {
  for (const state of ["asking", "ready", "recording", "stopping"]) assert.equal(next(state, "send"), state);
});

test("each state says a sentence that exists in every help language", async () => {
  for (const language of ["fr", "es", "en"]) {
    const known = await phrases(language);
    for (const [state, { phrase }] of Object.entries(STATES)) assert.ok(known[phrase], `${language} ${state}`);
  }
});

test("each state shows a picture and names where the focus goes", () => {
  for (const [state, { picture, focus }] of Object.entries(STATES)) {
    assert.match(picture, /^ui-[a-z-]+$/, state);
    assert.ok(["speak", "answer", "touch", "status"].includes(focus), state);
  }
});

test("a sad state leads to the pictures or to another try", () => {
  for (const state of SAD) {
    assert.ok(["touch", "speak"].includes(STATES[state].focus), state);
    const isFinal = ["unsupported", "insecure"].includes(state);
    assert.equal(next(state, "tap"), isFinal ? state : "asking");
  }
});
