/** The steps of a spoken yes: complete, without dead ends, honest about what happened. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { phrases } from "./phrases.js";
import { EVENTS, STEPS, fields, meaning, next } from "../../web/static/consent-steps.js";
import { STATES } from "../../web/static/recorder-states.js";

const NAMES = Object.keys(STEPS);
const walk = (...events) => events.reduce((step, event) => next(step, event), "hear");

test("a yes is heard, spoken and touched", () => {
  assert.equal(walk("heard", "kept", "yes", "safe"), "done");
});

test("nothing is shown to others before the sentence was heard and the button touched", () => {
  for (const event of EVENTS.filter((one) => !["heard", "no"].includes(one))) assert.equal(next("hear", event), "hear");
  for (const event of EVENTS) assert.notEqual(next("speak", event), "sending");
});

test("whoever cannot or will not speak touches", () => {
  assert.equal(walk("heard", "unable", "yes"), "sending");
  assert.equal(walk("heard", "chosen", "yes"), "sending");
  for (const step of ["touched", "unable", "spoken"]) assert.equal(next(step, "again"), "speak");
});

test("a no is one touch, at every step at which something can be touched, and never a yes", () => {
  for (const [step, { shows }] of Object.entries(STEPS)) {
    if (shows.length) assert.ok(shows.includes("no") && next(step, "no") === "refusing", step);
  }
  assert.equal(next("refusing", "safe"), "done");
  for (const event of EVENTS) assert.notEqual(next("refusing", event), "sending");
});

test("without a network the yes waits for another touch", () => {
  assert.equal(walk("heard", "kept", "yes", "lost"), "lost");
  assert.equal(next("lost", "yes"), "sending");
});

test("the table names only steps that exist, every step is reached and only the last ends", () => {
  const seen = new Set(["hear"]);
  for (const step of seen) for (const event of EVENTS) seen.add(next(step, event));
  assert.deepEqual([...seen].sort(), NAMES.sort());
  for (const [step, { on }] of Object.entries(STEPS)) {
    for (const [event, following] of Object.entries(on)) assert.ok(EVENTS.includes(event) && STEPS[following], step);
    if (step !== "done") assert.ok(Object.keys(on).length, step);
  }
});

test("at most four things to touch, and every sentence exists in every language", async () => {
  for (const language of ["fr", "es", "en"]) {
    const known = await phrases(language);
    for (const { says, shows } of Object.values(STEPS)) {
      assert.ok(shows.length <= 4);
      for (const key of says) assert.ok(known[key], `${language} ${key}`);
    }
  }
});

test("every trouble of the microphone but a quiet take leads to the touch alone", () => {
  const troubles = ["blocked", "unsupported", "insecure", "no-microphone", "busy", "failed"];
  for (const state of Object.keys(STATES)) {
    const wanted = state === "reviewing" ? "kept" : troubles.includes(state) ? "unable" : null;
    assert.equal(meaning(state), wanted, state);
  }
});

test("the server is told what happened and nothing more", () => {
  const take = { id: "a", sha256: "b", mime: "audio/mp4", state: "stored" };
  assert.deepEqual(fields({ wasPlayed: true, take, untold: "chosen" }), {
    played: "yes", recording: "a", sha256: "b", type: "audio/mp4",
  });
  assert.deepEqual(fields({ wasPlayed: false, take: null, untold: "blocked" }), { played: "no", untold: "blocked" });
});

test("an unknown step or event is a bug", () => {
  assert.throws(() => next("dream", "yes"), RangeError);
  assert.throws(() => next("hear", "sneeze"), RangeError);
});
