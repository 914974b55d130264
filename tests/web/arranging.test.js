/** Cards in order: the next place, back again, what stays; time as squares and as sentences. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { amount, piece, proposed, squares, touched } from "../../web/static/arranging.js";
import { phrases } from "./phrases.js";

const free = { kept: [] };

test("the first touch places first, the next after it, a second touch takes back", () => {
  const first = touched([], "dishes", free);
  assert.deepEqual(first, { order: ["dishes"], does: "first" });
  const then = touched(first.order, "floor", free);
  assert.deepEqual(then, { order: ["dishes", "floor"], does: "then" });
  assert.deepEqual(touched(then.order, "dishes", free), { order: ["floor"], does: "back" });
});

test("what is done already stays first, however often it is touched", () => {
  const kept = ["dishes"];
  assert.deepEqual(touched(kept, "dishes", { kept }), { order: ["dishes"], does: "stays" });
  assert.deepEqual(touched(kept, "floor", { kept }).order, ["dishes", "floor"]);
});

test("touching never changes the order it was given", () => {
  const order = Object.freeze(["dishes"]);
  touched(order, "floor", free);
  assert.deepEqual(order, ["dishes"]);
});

test("a heard order comes after what stays, without strangers and without repeats", () => {
  const facts = { cards: ["dishes", "floor", "beds"], kept: ["dishes"] };
  assert.deepEqual(proposed(["beds", "moon", "dishes", "beds", "floor"], facts), ["dishes", "beds", "floor"]);
  assert.deepEqual(proposed(null, facts), ["dishes"]);
});

test("a square is the largest piece of time that divides everything", () => {
  assert.equal(piece([20, 30, 120]), 10);
  assert.equal(piece([15, 45, 90]), 15);
  assert.equal(piece([20, 25, null]), 5);
  assert.equal(piece([null, undefined]), 5);
});

test("time is drawn card by card, what is left is free, what is too much is marked", () => {
  const states = (taken, limit) => squares(taken, { limit, size: 10 }).map(({ state }) => state);
  assert.deepEqual(states([20], 40), ["taken", "taken", "free", "free"]);
  assert.deepEqual(states([20, 30], 40), ["taken", "taken", "taken", "taken", "over"]);
  assert.deepEqual(states([20], null), ["taken", "taken"]);
  assert.deepEqual(squares([10, 20], { limit: 30, size: 10 }).map(({ card }) => card), [0, 1, 1]);
});

test("an amount of time has a sentence for every piece up to four hours and a half, in every language", async () => {
  for (const language of ["fr", "es", "en"]) {
    const known = await phrases(language);
    for (let minutes = 5; minutes < 300; minutes += 5) {
      const keys = amount(minutes);
      assert.ok(keys.length > 0 && keys.every((key) => known[key]), `${language} ${minutes} ${keys}`);
    }
  }
  assert.deepEqual(amount(90), ["hours.1", "minutes.30"]);
  assert.deepEqual(amount(60), ["hours.1"]);
  assert.deepEqual(amount(20), ["minutes.20"]);
});
