/** What a task offers: always a way on, nothing while it is sent, the voice never the only road. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { MOST_TAKES } from "../../web/static/formats.js";
import { STATES } from "../../web/static/recorder-states.js";
import { MOST_MISSES, offers, toggled } from "../../web/static/tasking.js";

const KINDS = ["listen", "choosing", "picking", "arranging", "asking", "saying"];
const NAMES = Object.keys(STATES);
const PASSING = ["asking", "stopping", "sending", "sent"];
const facts = (more = {}) => ({ isShown: true, isSending: false, ...more });
const shown = (kind, state, more) => (
  Object.entries(offers(kind, state, facts(more))).filter(([, is]) => is).map(([name]) => name)
);

test("nothing is offered while the employer speaks or an answer is sent", () => {
  for (const kind of KINDS) {
    for (const state of NAMES) {
      assert.deepEqual(shown(kind, state, { isShown: false }), [], `${kind} ${state}`);
      assert.deepEqual(shown(kind, state, { isSending: true, chosen: 2 }), [], `${kind} ${state}`);
    }
  }
});

test("pictures are answered once one is touched; the voice is no part of them", () => {
  for (const kind of ["choosing", "picking"]) {
    assert.deepEqual(shown(kind, "idle"), []);
    assert.deepEqual(shown(kind, "idle", { chosen: 1 }), ["answer"]);
  }
});

test("an order is said or touched, and sent once something is placed", () => {
  assert.deepEqual(shown("arranging", "idle"), ["speak"]);
  assert.deepEqual(shown("arranging", "idle", { chosen: 3 }), ["answer", "speak"]);
  assert.deepEqual(shown("arranging", "recording", { chosen: 3 }), ["speak"]);
});

test("what is said can be heard, said again and sent; the last take only heard and sent", () => {
  assert.deepEqual(shown("saying", "idle"), ["speak"]);
  assert.deepEqual(shown("saying", "reviewing", { takes: 1 }), ["answer", "hear-me", "again"]);
  assert.deepEqual(shown("saying", "reviewing", { takes: MOST_TAKES }), ["answer", "hear-me"]);
});

test("without a voice there is another road at every spoken task, in every state that stays", () => {
  for (const state of NAMES.filter((name) => ![...PASSING, "ready", "recording", "reviewing"].includes(name))) {
    for (const more of [{ canRecord: false }, { isTouchOnly: true }]) {
      assert.ok(shown("saying", state, more).includes("without-voice"), state);
      assert.ok(shown("asking", state, more).includes("touch"), state);
      assert.ok(!shown("asking", state, { ...more, isPictured: true }).includes("touch"), state);
    }
  }
});

test("a closed microphone offers the other road by itself", () => {
  for (const state of ["blocked", "unsupported", "insecure", "no-microphone", "busy"]) {
    assert.ok(shown("saying", state).includes("without-voice"), state);
    assert.ok(shown("asking", state).includes("touch"), state);
  }
});

test("after some questions that were not understood there are pictures to touch", () => {
  assert.deepEqual(shown("asking", "idle", { misses: MOST_MISSES - 1 }), ["speak", "done"]);
  assert.deepEqual(shown("asking", "idle", { misses: MOST_MISSES }), ["speak", "done", "touch"]);
});

test("a touched question is asked before anything else", () => {
  assert.deepEqual(shown("asking", "idle", { chosen: 1, isPictured: true }), ["answer"]);
});

test("while one speaks, only the end of speaking is offered", () => {
  for (const kind of ["arranging", "asking", "saying"]) assert.deepEqual(shown(kind, "recording"), ["speak"], kind);
});

test("every kind of task has a way on in every state that stays", () => {
  for (const kind of KINDS) {
    for (const state of NAMES.filter((name) => !PASSING.includes(name))) {
      if (kind === "asking" && state === "reviewing") continue;
      if (kind === "arranging" && state === "reviewing") continue;
      const ways = shown(kind, state, { chosen: ["choosing", "picking", "arranging"].includes(kind) ? 1 : 0 });
      assert.ok(ways.length > 0, `${kind} ${state}`);
    }
  }
});

test("choosing keeps one picture, picking as many as are touched", () => {
  assert.deepEqual(toggled(["a"], "b", { most: 1 }), ["b"]);
  assert.deepEqual(toggled(["a"], "a", { most: 1 }), ["a"]);
  assert.deepEqual(toggled(["a"], "b", { most: 4 }), ["a", "b"]);
  assert.deepEqual(toggled(["a", "b"], "a", { most: 4 }), ["b"]);
});
