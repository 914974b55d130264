/** The way of a candidate: every screen has a way on, and the outcome can be reached from everywhere. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { JOURNEY, next, rooms, turnEvent } from "../../web/static/journey.js";

const reachable = (from) => {
  const seen = new Set([from]);
  for (const screen of seen) for (const following of Object.values(JOURNEY[screen])) seen.add(following);
  return seen;
};

test("every event leads to a screen that exists", () => {
  for (const [screen, events] of Object.entries(JOURNEY)) {
    for (const event of Object.keys(events)) assert.ok(JOURNEY[next(screen, event)], `${screen} ${event}`);
  }
});

test("from every screen the outcome can be reached", () => {
  for (const screen of Object.keys(JOURNEY)) assert.ok(reachable(screen).has("outcome"), screen);
});

test("every screen is on the way from the start", () => {
  assert.deepEqual([...reachable("start")].sort(), Object.keys(JOURNEY).sort());
});

test("an unknown event is a bug, not a silence", () => {
  assert.throws(() => next("start", "dance"), RangeError);
  assert.throws(() => next("nowhere", "fresh"), RangeError);
});

test("a new room is shown before its first question, and only then", () => {
  const turn = { kind: "ask", item: { category: "product" } };
  assert.equal(turnEvent(turn, null), "section");
  assert.equal(turnEvent(turn, "material"), "section");
  assert.equal(turnEvent(turn, "product"), "ask");
});

test("a question met again needs no room", () => {
  assert.equal(turnEvent({ kind: "ask_again", item: { category: "product" } }, "material"), "ask");
});

test("a scenario is shown before its first task; a rehearsal needs no room", () => {
  const turn = { kind: "task", task: { scenario: "time-guests", is_rehearsal: false } };
  assert.equal(turnEvent(turn, null), "section");
  assert.equal(turnEvent(turn, "time-family"), "section");
  assert.equal(turnEvent(turn, "time-guests"), "task");
  assert.equal(turnEvent({ kind: "task", task: { scenario: "try", is_rehearsal: true } }, null), "task");
  assert.ok(next("turn", "task") && next("section", "entered"));
});

test("from the employer's language to a test there is the choice of it and its doors, no more", () => {
  assert.equal(next("employer", "chosen"), "assessment");
  assert.equal(next("assessment", "chosen"), "explain");
  assert.equal(next("assessment", "doors"), "doors");
  assert.equal(next("doors", "begin"), "explain");
});

test("every kind of turn has a way on", () => {
  for (const kind of ["rehearse", "ask", "ask_again", "wait", "finish"]) {
    const item = ["wait", "finish"].includes(kind) ? null : { category: "need" };
    assert.ok(next("turn", turnEvent({ kind, item }, "need")));
  }
});

test("the rooms are full behind, bright here, empty ahead", () => {
  const sections = [
    { category: "product", items: 6, answered: 6 },
    { category: "material", items: 6, answered: 2 },
    { category: "need", items: 5, answered: 0 },
  ];
  assert.deepEqual(rooms(sections, "material").map(({ state }) => state), ["done", "here", "ahead"]);
  assert.deepEqual(rooms(sections, null).map(({ state }) => state), ["done", "ahead", "ahead"]);
});
