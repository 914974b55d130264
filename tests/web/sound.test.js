/** Choices about sound: the file type, the level, which take is worth sending, which voice speaks. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { CONSTRAINTS, isApple, obstacle, recordingType, refusal } from "../../web/static/formats.js";
import { hash, sha256, uuid, voiceFor } from "../../web/static/ids.js";
import { gate, loudness, peak, ring } from "../../web/static/level.js";
import { LADDER } from "../../web/static/patience.js";
import { EVENTS } from "../../web/static/recorder-states.js";
import { endsByLift } from "../../web/static/speak-button.js";

const supports = (...types) => (type) => types.includes(type);

test("Apple's engines record mp4, whatever else they claim", () => {
  const all = supports("audio/mp4", "audio/webm;codecs=opus");
  assert.equal(recordingType(all, { apple: true }), "audio/mp4");
  assert.equal(recordingType(all), "audio/webm;codecs=opus");
});

test("the other engines record webm, then ogg, then mp4, then what they like", () => {
  assert.equal(recordingType(supports("audio/ogg;codecs=opus", "audio/mp4")), "audio/ogg;codecs=opus");
  assert.equal(recordingType(supports("audio/mp4")), "audio/mp4");
  assert.equal(recordingType(supports()), "");
  assert.equal(recordingType(supports(), { apple: true }), "");
});

test("Apple is known by its vendor", () => {
  assert.ok(isApple({ vendor: "Apple Computer, Inc." }));
  assert.ok(!isApple({ vendor: "Google Inc." }));
  assert.ok(!isApple({}));
});

test("only noise suppression is asked of the microphone", () => {
  assert.deepEqual({ ...CONSTRAINTS }, { echoCancellation: false, noiseSuppression: true, autoGainControl: false });
});

test("every refusal is an event of the recorder", () => {
  const names = ["NotAllowedError", "SecurityError", "NotFoundError", "OverconstrainedError", "NotReadableError", "AbortError", "TypeError", undefined];
  for (const name of names) assert.ok(EVENTS.includes(refusal({ name })), name);
  assert.equal(refusal({ name: "NotAllowedError" }), "refused");
  assert.equal(refusal({ name: "NotReadableError" }), "taken");
});

test("what keeps a page from recording is known before anyone is asked", () => {
  const navigator = { mediaDevices: { getUserMedia() {} } };
  assert.equal(obstacle({ isSecureContext: true, MediaRecorder: {}, navigator }), null);
  assert.equal(obstacle({ isSecureContext: false, MediaRecorder: {}, navigator: {} }), "not-secure");
  assert.equal(obstacle({ isSecureContext: true, navigator }), "not-supported");
  assert.equal(obstacle({ isSecureContext: true, MediaRecorder: {}, navigator: {} }), "not-supported");
});

test("the level of silence is nothing, of a full swing all", () => {
  assert.equal(peak([]), 0);
  assert.equal(peak([0.1, -0.7]), 0.7);
  assert.equal(loudness([]), 0);
  assert.equal(loudness([0.5, -0.5]), 0.5);
  assert.equal(ring(0), 0);
  assert.equal(ring(1), 1);
  assert.ok(ring(0.01) > 0 && ring(0.01) < ring(0.1));
});

test("a take without a voice is not sent; an unmeasured one is", () => {
  const take = { bytes: 9000, milliseconds: 2000, peak: 0.2 };
  assert.equal(gate(take), "kept");
  assert.equal(gate({ ...take, peak: null }), "kept");
  assert.equal(gate({ ...take, peak: 0.001 }), "quiet");
  assert.equal(gate({ ...take, bytes: 0 }), "quiet");
  assert.equal(gate({ ...take, milliseconds: 80 }), "quiet");
});

test("lifting the finger ends a take only after holding", () => {
  const held = { isSpeaking: true, now: 2000, since: 1000, startedHere: true };
  assert.ok(endsByLift(held));
  assert.ok(!endsByLift({ ...held, now: 1300 }));
  assert.ok(!endsByLift({ ...held, startedHere: false }));
  assert.ok(!endsByLift({ ...held, isSpeaking: false, since: null }));
});

test("ids are UUIDs of version 4, also where the browser makes none", () => {
  const version4 = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
  assert.match(uuid(), version4);
  const plain = { getRandomValues: (bytes) => crypto.getRandomValues(bytes) };
  assert.match(uuid(plain), version4);
  assert.notEqual(uuid(plain), uuid(plain));
});

test("the voice of an item stays the same in an attempt and differs between items", () => {
  const voices = ["a", "b"];
  const said = Array.from({ length: 40 }, (_, n) => voiceFor(voices, { attempt: "x", item: String(n) }));
  assert.deepEqual(said, Array.from({ length: 40 }, (_, n) => voiceFor(voices, { attempt: "x", item: String(n) })));
  assert.equal(new Set(said).size, 2);
  assert.equal(voiceFor([], { attempt: "x", item: "y" }), null);
  assert.equal(hash(""), 0x811c9dc5);
  assert.equal(hash("a"), 0xe40c292c);
});

test("a hash where there is cryptography, nothing where there is none", async () => {
  const bytes = new TextEncoder().encode("abc").buffer;
  assert.equal(await sha256(bytes), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  assert.equal(await sha256(bytes, {}), null);
});

test("a quiet person is offered the prompt slowly, then words, then a person", () => {
  assert.deepEqual(LADDER.map(({ offer }) => offer), ["slow", "how", "person"]);
  assert.ok(LADDER.every(({ after }) => after >= 8000));
});
