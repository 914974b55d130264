/** The assessor's page: nothing opens unheard, every key has one meaning, time is counted once. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { ENOUGH, open } from "../../web/static/staff/marking/gate.js";
import { action } from "../../web/static/staff/marking/keys.js";
import { JUMP_SECONDS, Player, SPEEDS } from "../../web/static/staff/marking/player.js";
import { length, merged, part, shared, speechAfter } from "../../web/static/staff/marking/ranges.js";

const heard = (changes) => open({
  hasSound: true, part: 0, seconds: 0, wasTouched: false, isProposalFirst: false, ...changes,
});

/** Some stretches, the same for the same seed. */
function some(seed) {
  let state = seed;
  const next = () => { state = (state * 48271) % 2147483647; return (state % 1000) / 100; };
  return Array.from({ length: seed % 7 }, () => [next(), next()].sort((one, other) => one - other));
}

test("what is heard twice counts once, in whatever order it was heard", () => {
  assert.deepEqual(merged([[3, 4], [0, 1], [0.5, 2], [2, 2.5]]), [[0, 2.5], [3, 4]]);
  for (let seed = 1; seed < 200; seed += 1) {
    const ranges = some(seed);
    assert.equal(length(ranges), length([...ranges].reverse()));
    assert.equal(length([...ranges, ...ranges]), length(ranges));
    assert.ok(Math.abs(length(shared(ranges, [[0, 5]])) + length(shared(ranges, [[5, 20]])) - length(ranges)) < 1e-9);
  }
});

test("the part heard is of what is spoken, so leaving silence out is no less", () => {
  const spoken = [[1, 3], [10, 12]];
  assert.equal(part([[1, 3], [10, 12]], spoken), 1);
  assert.equal(part([[0, 10]], spoken), 0.5);
  assert.equal(part([], spoken), 0);
  assert.equal(part([], []), 1);
});

test("from a silence it goes on at the next speech, and nowhere where there is none", () => {
  const spoken = [[1, 3], [10, 12]];
  assert.deepEqual([0, 1, 2.9, 3, 9.9, 12, 99].map((at) => speechAfter(spoken, at)), [1, null, null, 10, 10, null, null]);
});

test("marking opens at four fifths, reasons after a moment, the proposal last", () => {
  assert.deepEqual(heard({}), { marks: false, reasons: false, proposal: false });
  assert.deepEqual(heard({ seconds: 3, part: 0.1 }), { marks: false, reasons: true, proposal: false });
  assert.deepEqual(heard({ part: ENOUGH - 0.01, seconds: 2.9, wasTouched: true }), { marks: false, reasons: false, proposal: false });
  assert.deepEqual(heard({ part: ENOUGH, seconds: 2 }), { marks: true, reasons: true, proposal: false });
  assert.deepEqual(heard({ part: 1, wasTouched: true }), { marks: true, reasons: true, proposal: true });
  assert.equal(heard({ isProposalFirst: true }).proposal, true);
  assert.equal(heard({ isProposalFirst: true }).marks, false);
  assert.equal(heard({ hasSound: false }).marks, true);
});

test("every key of the list does one thing", () => {
  const keys = { " ": "toggle", k: "toggle", J: "back", l: "on", ",": "slower", ".": "faster", b: "loop", s: "silence", c: "comment", n: "cannot", U: "undo", Enter: "send", "?": "keys" };
  for (const [key, act] of Object.entries(keys)) assert.equal(action({ key })?.act, act, key);
  assert.deepEqual(action({ key: "4" }), { act: "level", number: 4 });
  assert.equal(action({ key: "0" }), null);
  assert.equal(action({ key: "x" }), null);
});

test("a key stays with what is written, pressed or combined", () => {
  assert.equal(action({ key: "n" }, { kind: "textarea", isTyping: true }), null);
  assert.equal(action({ key: "c", ctrlKey: true }), null);
  assert.equal(action({ key: " " }, { kind: "button" }), null);
  assert.equal(action({ key: "Enter" }, { kind: "a" }), null);
  assert.equal(action({ key: " " }, { kind: "checkbox" }), null);
  assert.equal(action({ key: "Enter" }, { kind: "radio" })?.act, "send");
  assert.equal(action({ key: "Enter", ctrlKey: true }, { kind: "textarea", isTyping: true })?.act, "send");
});

/** A sound without a loudspeaker: what a player asks of it is kept. */
class Silent extends EventTarget {
  paused = true;
  currentTime = 0;
  duration = 10;
  playbackRate = 1;
  defaultPlaybackRate = 1;
  preservesPitch = false;
  ranges = [];
  get played() { return { length: this.ranges.length, start: (n) => this.ranges[n][0], end: (n) => this.ranges[n][1] }; }
  play() { this.paused = false; return Promise.resolve(); }
  pause() { this.paused = true; }
}

globalThis.requestAnimationFrame ??= () => 0;
globalThis.cancelAnimationFrame ??= () => {};

test("speeds go step by step and stay in their bounds, with the pitch kept", () => {
  const sound = new Silent();
  const player = new Player(sound);
  const speeds = Array.from({ length: 6 }, () => { player.shift(1); return player.speed; });
  assert.deepEqual(speeds, [1.25, 1.5, 1.75, 2, 2, 2]);
  for (let n = 0; n < 9; n += 1) player.shift(-1);
  assert.equal(player.speed, SPEEDS[0]);
  assert.equal(sound.preservesPitch, true);
});

test("a jump never leaves the sound", () => {
  const player = new Player(new Silent());
  player.jump(-JUMP_SECONDS);
  assert.equal(player.at, 0);
  player.seek(99);
  assert.ok(player.at < 10 && player.at > 9);
});

test("a loop is begun, closed and ended with the same touch, backwards too", () => {
  const player = new Player(new Silent());
  player.seek(5);
  player.markLoop();
  assert.equal(player.loopState, "begun");
  player.seek(2);
  player.markLoop();
  assert.deepEqual([player.loopState, player.loop], ["on", [2, 5]]);
  player.markLoop();
  assert.equal(player.loopState, "none");
});

test("what was heard is told of the spoken parts, and of all where none is known", () => {
  const sound = new Silent();
  const player = new Player(sound);
  sound.ranges = [[0, 5]];
  assert.equal(player.heardPart, 0.5);
  player.outline = { seconds: 10, peaks: [], takes: [], spoken: [[0, 4]] };
  assert.equal(player.heardPart, 1);
  assert.equal(player.heardSeconds, 5);
});
