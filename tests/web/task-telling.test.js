/** What is said about a task: the employer first, then what to do, then the pictures; gestures in rehearsals. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { LADDER } from "../../web/static/patience.js";
import { TaskTelling } from "../../web/static/screens/task-telling.js";

const sentence = (name) => ({ normal: [`/audio/${name}.mp3`], slow: [`/audio/${name}-slow.mp3`], text: null });
const TASK = {
  id: "time.order", kind: "arranging", is_rehearsal: false, again: null,
  says: [sentence("hello"), sentence("wishes")],
  help: { text: "Put them in order.", audio: "/audio/help.mp3" },
};
const NAMED = [{ text: "the dishes", audio: "/audio/dishes.mp3" }];

/** A page whose sentences are their keys and whose controls are their names. */
function page(more = {}) {
  return {
    memory: { attempt: "a1" },
    phrases: { step: (key, how) => (key ? { key, ...how } : null), text: (key) => key },
    stage: { control: (name) => ({ name }), status: () => {} },
    ...more,
  };
}

const telling = (task = {}, app = page()) => new TaskTelling(app, { task: { ...TASK, ...task } });
const opening = (one) => one.opening({ on: "employer", reveal: () => {} }, NAMED);
const keys = (steps) => steps.map((step) => step?.key).filter(Boolean);
const sounds = (steps) => steps.map((step) => step?.audio).filter(Boolean);

test("the employer says every sentence, then what to do is told, then every picture", () => {
  assert.deepEqual(sounds(opening(telling())), [
    "/audio/hello.mp3", "/audio/wishes.mp3", "/audio/help.mp3", "/audio/dishes.mp3",
  ]);
});

test("the task shows itself after the employer has spoken, before what to do is told", () => {
  const happened = [];
  const steps = telling().opening({ on: "employer", reveal: () => happened.push("shown") }, NAMED);
  for (const step of steps.filter(Boolean)) {
    if (step.on === "employer") happened.push("employer");
    step.begin?.();
    if (step.text === TASK.help.text) happened.push("help");
  }
  assert.deepEqual(happened, ["employer", "employer", "shown", "help"]);
});

test("the employer is heard again at both paces, and each hearing counts once", () => {
  const one = telling();
  const say = (steps) => steps.forEach((step) => step?.begin?.());
  say(opening(one));
  say(one.again("slow", NAMED));
  say(one.again("slow", NAMED));
  assert.deepEqual(one.counts, { plays_normal: 1, plays_slow: 2 });
  assert.deepEqual(sounds(one.again("slow", [])), ["/audio/hello-slow.mp3", "/audio/wishes-slow.mp3", "/audio/help.mp3"]);
});

test("gestures are told in rehearsals and on request, not in the test", () => {
  assert.deepEqual(keys(opening(telling())), []);
  const hands = ["gesture.arranging", "gesture.arranged", "gesture.order-aloud"];
  assert.deepEqual(keys(opening(telling({ is_rehearsal: true }))), ["rehearsal.start", ...hands]);
  assert.deepEqual(keys(telling().helping(NAMED)), [...hands, "answer.again"]);
});

test("that an order can be said is told to who speaks, and to nobody else", () => {
  const silent = page({ memory: { attempt: "a1", isTouchOnly: true } });
  assert.ok(!keys(telling({}, silent).gestures()).includes("gesture.order-aloud"));
  assert.ok(!keys(telling({ kind: "picking" }).gestures()).includes("gesture.order-aloud"));
  const aloud = telling().gestures().find((step) => step?.key === "gesture.order-aloud");
  assert.equal(aloud.on.name, "speak");
});

test("a rehearsal is announced once", () => {
  const app = page();
  opening(telling({ is_rehearsal: true }, app));
  assert.ok(!keys(opening(telling({ is_rehearsal: true }, app))).includes("rehearsal.start"));
});

test("a task met again says why first", () => {
  assert.deepEqual(keys(opening(telling({ again: "task.ask-again" }))).slice(0, 1), ["task.ask-again"]);
});

test("where the employer says nothing, what to do is told all the same", () => {
  const one = telling({ says: [] });
  assert.equal(one.isSpoken, false);
  assert.deepEqual(sounds(opening(one)), ["/audio/help.mp3", "/audio/dishes.mp3"]);
});

test("every offer to a quiet person says something", () => {
  for (const { offer } of LADDER) assert.ok(telling().offer(offer, NAMED).length > 0, offer);
});

test("a sentence without a slow sound is said at the pace there is", () => {
  const one = telling({ says: [{ normal: ["/audio/hello.mp3"], slow: [], text: null }] });
  assert.deepEqual(sounds(one.says("slow")), ["/audio/hello.mp3"]);
});
